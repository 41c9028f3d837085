//! How a clerk's phone gets what is known of its village's people.
//!
//! The request is signed by the device, so that only whom the township gave one to is told anything, and
//! names a moment of the township's own clock, so that one that somebody kept is worth nothing later.

use minicbor::{CborLen, Decode, Encode};

use crate::id::{Digest, Township};
use crate::key::PublicKey;
use crate::signed::Statement;
use crate::time::ServerTime;

/// Asks for the roster, [`Signed`](crate::Signed) by the device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct RosterRequest {
    /// Whom.
    #[n(0)]
    pub township: Township,
    /// The device that asks.
    #[n(1)]
    pub device: PublicKey,
    /// The township's time when it was last told: a few minutes ago at most.
    #[n(2)]
    pub heard_at: ServerTime,
    /// The roster that the phone has.
    #[n(3)]
    pub known: Option<Digest>,
}

impl Statement for RosterRequest {
    const CONTEXT: &'static [u8] = b"xst roster v1\0";
}

/// What the township answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum RosterAnswer {
    /// An encoded [`Roster`](crate::pack::Roster), which takes the place of the one before.
    #[n(0)]
    Given(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// It is the one that the phone has.
    #[n(1)]
    Same,
    /// There is none for this device: what it has is to be forgotten.
    #[n(2)]
    None,
    /// The moment that it names is long ago: it is to be asked again after the next sync.
    #[n(3)]
    Stale,
}
