//! Commands sealed to a township.

use minicbor::{CborLen, Decode, Encode};

use crate::command::Command;
use crate::encoding::encode;
use crate::id::{EnvelopeId, Township};
use crate::key::{CompactKey, KeyId};
use crate::signed::{Signed, Statement};
use crate::time::DeviceTime;

/// What the key of an envelope is good for: `info` of HPKE.
pub const INFO: &[u8] = b"xst envelope v1";
/// The most bytes that an envelope's plaintext may unfold to.
pub const MOST_PLAINTEXT: usize = 16 * 1024 * 1024;
/// The first byte of a plaintext whose rest is [`Contents`].
pub const PLAIN: u8 = 0;
/// The first byte of a plaintext whose rest is [`Contents`] in zlib's format (RFC 1950).
pub const ZLIB: u8 = 1;

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
    /// By which algorithms: the number of a [`Suite`](crate::Suite), which whoever only carries the
    /// envelope need not know.
    #[n(2)]
    pub suite: u16,
    /// To which of the township's keys.
    #[n(3)]
    pub recipient: KeyId,
    /// What leads the holder of the recipient's key to the key of [`Envelope::sealed`]. In suite 1
    /// HPKE's encapsulated key as a [`CompactKey`]; it is expanded before HPKE is told of it, whose
    /// `enc` is the uncompressed point (RFC 9180 section 7.1.1). In suite 2 the key itself, encrypted
    /// with SM2.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub encapsulated: Vec<u8>,
    /// The sealed plaintext.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl Envelope {
    /// What stands outside on the envelope and is authenticated with what is in it.
    pub fn associated_data(&self) -> Vec<u8> {
        encode(&(self.id, &self.township, self.suite, self.recipient))
    }
}

/// What is in an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Contents {
    /// The device that made the order; of the envelope's suite.
    #[n(0)]
    pub author: CompactKey,
    /// By the author.
    #[n(1)]
    pub order: Signed<Order>,
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

impl Statement for Order {
    const CONTEXT: &'static [u8] = b"xst order v1\0";
}
