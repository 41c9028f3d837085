//! Files: what the manifest tells of each, and how one is cut into sealed pieces.

use core::ops::Range;

use minicbor::bytes::ByteSlice;
use minicbor::{CborLen, Decode, Decoder, Encode, Encoder, decode, encode};

use crate::id::{Digest, FileId};
use crate::suite::Suite;

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
    /// By the key's suite, before sealing.
    #[n(4)]
    pub digest: Digest,
    /// By the key's suite, of the sealed bytes, which are what is delivered.
    #[n(5)]
    pub sealed_digest: Digest,
    /// What seals this file and no other.
    #[n(6)]
    pub key: FileKey,
}

/// The key of one file. On the wire it is its bytes, whose number tells the cipher.
#[derive(Clone, PartialEq, Eq)]
pub enum FileKey {
    /// Of suite 1.
    Aes256([u8; 32]),
    /// Of suite 2.
    Sm4([u8; 16]),
}

impl FileKey {
    /// The suite that the file is sealed by.
    pub fn suite(&self) -> Suite {
        match self {
            Self::Aes256(_) => Suite::One,
            Self::Sm4(_) => Suite::Two,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Aes256(key) => key,
            Self::Sm4(key) => key,
        }
    }
}

impl core::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FileKey(..)")
    }
}

impl<Ctx> Encode<Ctx> for FileKey {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut Ctx,
    ) -> Result<(), encode::Error<W::Error>> {
        e.bytes(self.bytes())?.ok()
    }
}

impl<Ctx> Decode<'_, Ctx> for FileKey {
    fn decode(d: &mut Decoder<'_>, _: &mut Ctx) -> Result<Self, decode::Error> {
        let bytes = d.bytes()?;
        let aes = bytes.try_into().map(Self::Aes256);
        let key = aes.or_else(|_| bytes.try_into().map(Self::Sm4));
        key.map_err(|_| decode::Error::message("a file's key is of no cipher that is known"))
    }
}

impl<Ctx> CborLen<Ctx> for FileKey {
    fn cbor_len(&self, ctx: &mut Ctx) -> usize {
        ByteSlice::cbor_len(self.bytes().into(), ctx)
    }
}

fn bounded_length<Ctx>(d: &mut Decoder<'_>, _: &mut Ctx) -> Result<u64, decode::Error> {
    match d.u64()? {
        length if length <= LONGEST => Ok(length),
        _ => Err(decode::Error::message("a file is longer than the longest")),
    }
}

/// What a completion says of files of suite 1: SHA-256 over their sealed digests, in the manifest's
/// order. Other suites take their own digest ([`sealed_digests`]).
pub fn manifest_digest(files: &[ManifestEntry]) -> Digest {
    Digest::of(&sealed_digests(files.iter().map(|file| &file.sealed_digest)))
}

/// The sealed digests of files, one after the other: what the digest in a completion is over.
pub fn sealed_digests<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> Vec<u8> {
    digests.into_iter().flat_map(|digest| digest.0).collect()
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
