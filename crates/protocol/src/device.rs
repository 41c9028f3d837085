//! What a township says of a device: that it is somebody's, or that it is nobody's any more.
//!
//! Nothing of this is asked before somebody may apply: a device that the township says nothing of
//! is a villager's.

use minicbor::{CborLen, Decode, Encode};

use crate::id::Township;
use crate::key::{DeviceId, KeyId, PublicKey};
use crate::signed::{Signed, Statement};
use crate::time::ServerTime;

/// What a township says of the device that asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum Standing {
    /// It was given to somebody.
    #[n(0)]
    Certified(#[n(0)] Signed<DeviceCertificate>),
    /// It is lost, or was taken back.
    #[n(1)]
    Revoked(#[n(0)] Signed<Revocation>),
}

/// That a device was given to somebody who works for the township. Made anew at each contact.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct DeviceCertificate {
    /// By whom.
    #[n(0)]
    pub township: Township,
    /// The device.
    #[n(1)]
    pub device: PublicKey,
    /// To whom.
    #[n(2)]
    pub holder: Holder,
    /// From when on.
    #[n(3)]
    pub valid_from: ServerTime,
    /// Until when; not any more at that moment.
    #[n(4)]
    pub valid_until: ServerTime,
    /// When the township said this, which is the only proof that the device was in contact with it:
    /// [`PhonePack::offline_days`](crate::pack::PhonePack::offline_days) count from here.
    #[n(5)]
    pub confirmed_at: ServerTime,
    /// The key that signs.
    #[n(6)]
    pub key: KeyId,
}

/// Whom a device was given to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum Holder {
    /// An officer, by the account in the pack.
    #[n(0)]
    Officer(#[n(0)] String),
    /// Somebody without an account, or a place: what the township calls them, such as 一村文书.
    #[n(1)]
    Other(#[n(0)] String),
}

/// That a device is lost or was taken back. For ever: a phone that is found again makes itself a
/// new key, and so is another device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Revocation {
    /// By whom.
    #[n(0)]
    pub township: Township,
    /// The device.
    #[n(1)]
    pub device: DeviceId,
    /// From when on.
    #[n(2)]
    pub revoked_at: ServerTime,
    /// The key that signs.
    #[n(3)]
    pub key: KeyId,
}

impl Statement for DeviceCertificate {
    const CONTEXT: &'static [u8] = b"xst device v1\0";
}

impl Statement for Revocation {
    const CONTEXT: &'static [u8] = b"xst revocation v1\0";
}
