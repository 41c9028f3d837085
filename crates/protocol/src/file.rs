//! Files: what the manifest tells of each, and how one is cut into sealed pieces.

use core::ops::Range;

use minicbor::{CborLen, Decode, Decoder, Encode, decode};

use crate::id::{Digest, FileId};

/// Bytes of plaintext in every piece but the last.
pub const PIECE: u64 = 65_536;
/// Bytes that sealing adds to a piece.
pub const TAG: u64 = 16;

/// The longest file, in bytes before sealing: more than any form may ask for, and small enough
/// for every sum in this module.
pub const LONGEST: u64 = 4 * 1024 * 1024 * 1024;

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
    /// Bytes before sealing, at most [`LONGEST`].
    #[cbor(n(3), decode_with = "bounded_length")]
    pub length: u64,
    /// SHA-256 before sealing.
    #[n(4)]
    pub digest: Digest,
    /// SHA-256 of the sealed bytes, which are what is delivered.
    #[n(5)]
    pub sealed_digest: Digest,
    /// What seals this file and no other.
    #[n(6)]
    pub key: FileKey,
}

/// The AES-256 key of one file.
#[derive(Clone, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct FileKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl core::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FileKey(..)")
    }
}

fn bounded_length<Ctx>(d: &mut Decoder<'_>, _: &mut Ctx) -> Result<u64, decode::Error> {
    match d.u64()? {
        length if length <= LONGEST => Ok(length),
        _ => Err(decode::Error::message("a file is longer than the longest")),
    }
}

/// What a completion says of files: SHA-256 over their sealed digests, in the manifest's order.
pub fn manifest_digest(files: &[ManifestEntry]) -> Digest {
    let digests: Vec<u8> = files.iter().flat_map(|file| file.sealed_digest.0).collect();
    Digest::of(&digests)
}

/// How many bytes a file of `length` bytes has when sealed.
pub fn sealed_length(length: u64) -> u64 {
    length + pieces(length) * TAG
}

/// In how many pieces a file of `length` bytes is cut; an empty file in one.
pub fn pieces(length: u64) -> u64 {
    length.div_ceil(PIECE).max(1)
}

/// Where piece `place` of a file of `length` bytes stands before sealing.
pub fn plain_range(length: u64, place: u64) -> Range<u64> {
    let start = place * PIECE;
    start..length.min(start + PIECE)
}

/// Where piece `place` of a file of `length` bytes stands when sealed.
pub fn sealed_range(length: u64, place: u64) -> Range<u64> {
    let start = place * (PIECE + TAG);
    start..sealed_length(length).min(start + PIECE + TAG)
}

/// The nonce of piece `place` of a file of `length` bytes.
pub fn nonce(length: u64, place: u64) -> [u8; 12] {
    let mut nonce = [0; 12];
    // The longest file has 65,536 pieces.
    nonce[7..11].copy_from_slice(&(place as u32).to_be_bytes());
    nonce[11] = u8::from(place + 1 == pieces(length));
    nonce
}
