//! How the township helps somebody who works for it and forgot the PIN of an account.
//!
//! The device keeps a second way to the account's key, which opens with a secret; the secret is sealed
//! to the township and stays on the device. When the PIN is forgotten the device shows it to the
//! township, which gives the secret back if an operator has said so. The township never sees the key,
//! and the secret is worth nothing without the device.

use minicbor::{CborLen, Decode, Encode};

use crate::encoding::encode;
use crate::id::Township;
use crate::key::{KeyId, PublicKey};
use crate::signed::Statement;
use crate::time::DeviceTime;

/// What the key of [`Entrusted::sealed`] is good for: `info` of HPKE.
pub const INFO: &[u8] = b"xst recovery v1";

/// A device's secret that only the township can read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Entrusted {
    /// By which algorithms, as in [`Envelope::suite`](crate::Envelope::suite).
    #[n(0)]
    pub suite: u16,
    /// To which of the township's keys.
    #[n(1)]
    pub recipient: KeyId,
    /// As in [`Envelope::encapsulated`](crate::Envelope::encapsulated).
    #[cbor(n(2), with = "minicbor::bytes")]
    pub encapsulated: Vec<u8>,
    /// The 32 bytes of the secret, sealed.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// What is authenticated with a secret that `device` entrusts to `township`: nobody else's device gets
/// it back, however it came by what is sealed.
pub fn associated_data(township: &Township, device: &PublicKey) -> Vec<u8> {
    encode(&(township, device))
}

/// Asks for the secret, [`Signed`](crate::Signed) by the device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct RecoveryRequest {
    /// To whom.
    #[n(0)]
    pub township: Township,
    /// The device that asks.
    #[n(1)]
    pub device: PublicKey,
    /// By its clock.
    #[n(2)]
    pub sent_at: DeviceTime,
    /// What it entrusted.
    #[n(3)]
    pub entrusted: Entrusted,
}

impl Statement for RecoveryRequest {
    const CONTEXT: &'static [u8] = b"xst recovery v1\0";
}

/// What the township answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum RecoveryAnswer {
    /// Here it is.
    #[n(0)]
    Given(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// Nobody has said yet that it may be given. The township notes that it was asked for.
    #[n(1)]
    Asked,
    /// Not to this device: it is not given to anybody who works for the township any more.
    #[n(2)]
    Denied,
}
