//! What a township states of the documents that it issues.

use minicbor::{CborLen, Decode, Encode};

use crate::id::{CaseNumber, Digest, Township};
use crate::key::KeyId;
use crate::signed::Statement;
use crate::time::ServerTime;

/// That a township issued a document: this very file, under this number.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Issued {
    /// By whom.
    #[n(0)]
    pub township: Township,
    /// 文号.
    #[n(1)]
    pub number: String,
    /// What it is: 准予决定书.
    #[n(2)]
    pub title: String,
    /// In which case.
    #[n(3)]
    pub case: CaseNumber,
    /// SHA-256 of the file.
    #[n(4)]
    pub digest: Digest,
    /// When.
    #[n(5)]
    pub issued_at: ServerTime,
    /// The key that signs.
    #[n(6)]
    pub key: KeyId,
}

impl Statement for Issued {
    const CONTEXT: &'static [u8] = b"xst document v1\0";
}
