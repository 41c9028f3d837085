//! Files: what the manifest tells of each, and how one is cut into sealed pieces.

use minicbor::{CborLen, Decode, Encode};

use crate::id::{Digest, FileId};

/// Bytes of plaintext in every piece but the last.
pub const PIECE: u64 = 65_536;
/// Bytes that sealing adds to a piece.
pub const TAG: u64 = 16;

/// What an application tells of one of its files.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct ManifestEntry {
    /// The file.
    #[n(0)]
    pub id: FileId,
    /// What the answers call it.
    #[n(1)]
    pub name: String,
    /// Such as `image/jpeg`.
    #[n(2)]
    pub media_type: String,
    /// Bytes before sealing.
    #[n(3)]
    pub length: u64,
    /// SHA-256 before sealing.
    #[n(4)]
    pub digest: Digest,
    /// SHA-256 of the sealed bytes, which are what is delivered.
    #[n(5)]
    pub sealed_digest: Digest,
    /// The AES-256 key that seals this file and no other.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub key: [u8; 32],
}

/// How many bytes a file of `length` bytes has when sealed.
pub fn sealed_length(length: u64) -> u64 {
    length + pieces(length) * TAG
}

/// In how many pieces a file of `length` bytes is cut; an empty file in one.
pub fn pieces(length: u64) -> u64 {
    length.div_ceil(PIECE).max(1)
}

/// The nonce of piece `place`.
pub fn nonce(place: u32, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&place.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}
