//! Commands sealed to a township.

use minicbor::{CborLen, Decode, Encode};

use crate::command::Command;
use crate::encoding::encode;
use crate::id::{EnvelopeId, Township};
use crate::key::{CompactKey, KeyId, Signature};
use crate::time::DeviceTime;

/// What the key of an envelope is good for: `info` of HPKE.
pub const INFO: &[u8] = b"xst envelope v1";
/// The most bytes that an order may unfold to: the largest form that the engine takes, filled in, has a
/// tenth of it, and whoever sends many that unfold to more keeps a server busy for nothing.
pub const MOST_ORDER: usize = 2 * 1024 * 1024;
/// Signed before what stands outside and the order, so that neither passes for a statement of another
/// kind ([`Statement`](crate::Statement)).
const CONTEXT: &[u8] = b"xst order v1\0";

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
    /// The sealed [`Contents`].
    #[cbor(n(5), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl Envelope {
    /// What stands outside on it.
    pub fn outside(&self) -> Outside {
        let Self { id, township, suite, recipient, .. } = self;
        Outside { id: *id, township: township.clone(), suite: *suite, recipient: *recipient }
    }
}

/// What stands outside on an envelope. It is authenticated with what is in it, and signed with the
/// order: nobody can address it anew, or put somebody's order into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// See [`Envelope::id`].
    pub id: EnvelopeId,
    /// See [`Envelope::township`].
    pub township: Township,
    /// See [`Envelope::suite`].
    pub suite: u16,
    /// See [`Envelope::recipient`].
    pub recipient: KeyId,
}

impl Outside {
    /// What is authenticated with the sealed bytes.
    pub fn associated_data(&self) -> Vec<u8> {
        encode(&(self.id, &self.township, self.suite, self.recipient))
    }

    /// What its author signs of an `order` (encoded) for this very envelope.
    pub fn message(&self, order: &[u8]) -> Vec<u8> {
        [CONTEXT, &self.associated_data(), order].concat()
    }

    /// The envelope, once it is sealed.
    pub fn around(self, encapsulated: Vec<u8>, sealed: Vec<u8>) -> Envelope {
        let Self { id, township, suite, recipient } = self;
        Envelope { id, township, suite, recipient, encapsulated, sealed }
    }
}

/// What is sealed in an envelope. Its bytes stand one after the other, without CBOR: each is paid for
/// a hundred times a field day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// How the order is packed.
    pub packing: Packing,
    /// The device that made the order; of the envelope's suite.
    pub author: CompactKey,
    /// By the author, of [`Outside::message`].
    pub signature: Signature,
    /// The encoded [`Order`], packed.
    pub order: Vec<u8>,
}

impl Contents {
    /// Its bytes, to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { packing, author, signature, order } = self;
        [&[*packing as u8], &author.0[..], &signature.0, order].concat()
    }

    /// Reads what was sealed; none where it is too short, or packed in a way that is not known.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&packing, rest) = bytes.split_first()?;
        let (author, rest) = rest.split_first_chunk()?;
        let (signature, order) = rest.split_first_chunk()?;
        Some(Self {
            packing: Packing::from_byte(packing)?,
            author: CompactKey(*author),
            signature: Signature(*signature),
            order: order.to_vec(),
        })
    }
}

/// How an order is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Packing {
    /// Not at all.
    Plain = 0,
    /// By DEFLATE (RFC 1951).
    Deflate = 1,
}

impl Packing {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Plain, Self::Deflate].into_iter().find(|packing| *packing as u8 == byte)
    }
}

/// A command and when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Order {
    /// When.
    #[n(0)]
    pub made_at: DeviceTime,
    /// What is asked.
    #[n(1)]
    pub command: Command,
}
