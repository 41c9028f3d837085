//! The township's signed proofs.

use minicbor::{CborLen, Decode, Encode};

use crate::id::{CaseNumber, Digest, EnvelopeId, Township};
use crate::key::KeyId;
use crate::signed::Statement;
use crate::time::ServerTime;

/// Proof that an envelope arrived. There is one for each envelope, and it never changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Receipt {
    /// The envelope.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// Of the bytes that arrived, by the envelope's suite.
    #[n(1)]
    pub digest: Digest,
    /// By whom.
    #[n(2)]
    pub township: Township,
    /// The case that it became, or belongs to.
    #[n(3)]
    pub case: CaseNumber,
    /// When (电子签名法 article 11).
    #[n(4)]
    pub received_at: ServerTime,
    /// The key that signs.
    #[n(5)]
    pub key: KeyId,
}

impl Statement for Receipt {
    const CONTEXT: &'static [u8] = b"xst receipt v1\0";
}

/// Proof that all files of an envelope arrived.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Completion {
    /// The envelope whose files they are.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// Over the [`sealed_digests`](crate::file::sealed_digests) of its files, by the envelope's suite.
    #[n(1)]
    pub files: Digest,
    /// By whom.
    #[n(2)]
    pub township: Township,
    /// When the last of them was whole and durable.
    #[n(3)]
    pub completed_at: ServerTime,
    /// The key that signs.
    #[n(4)]
    pub key: KeyId,
}

impl Statement for Completion {
    const CONTEXT: &'static [u8] = b"xst completion v1\0";
}
