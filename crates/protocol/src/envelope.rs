//! Commands sealed to a township.

use minicbor::{CborLen, Decode, Encode};

use crate::command::Command;
use crate::id::{EnvelopeId, Township};
use crate::key::{KeyId, PublicKey, Signature};
use crate::time::DeviceTime;

/// `info` of HPKE for envelopes.
pub const INFO: &[u8] = b"xst envelope v1";

/// A command sealed to a township. Anyone may carry it, nobody on the way can read it, and it
/// never changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Envelope {
    /// The envelope.
    #[n(0)]
    pub id: EnvelopeId,
    /// To whom.
    #[n(1)]
    pub township: Township,
    /// By which algorithms.
    #[n(2)]
    pub suite: u16,
    /// To which of the township's keys.
    #[n(3)]
    pub recipient: KeyId,
    /// HPKE's encapsulated key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub encapsulated: Vec<u8>,
    /// The sealed plaintext.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// What is in an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Contents {
    /// The device that made the order.
    #[n(0)]
    pub author: PublicKey,
    /// The [`Order`], in the bytes that were signed.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub order: Vec<u8>,
    /// By the author.
    #[n(2)]
    pub signature: Signature,
}

/// A command and where and when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Order {
    /// The envelope that this order was made for.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// The township that it was made for.
    #[n(1)]
    pub township: Township,
    /// When.
    #[n(2)]
    pub made_at: DeviceTime,
    /// What is asked.
    #[n(3)]
    pub command: Command,
}
