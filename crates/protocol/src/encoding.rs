//! Types as bytes: CBOR (RFC 8949) with numbered fields.
//!
//! Readers are safe against strangers: nothing is reserved before it is there, only
//! [`form::Answers`] nest and they limit their depth, and lists that a stranger could fill with
//! nothing (one byte on the wire, dozens in memory) have a most.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Decoder, Encode};

/// The most envelopes in one request.
pub const MOST_ENVELOPES: usize = 512;

/// Bytes that are not what they should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the bytes are not readable as what they should be: damaged, or written by another version"
)]
pub struct Unreadable;

/// Writes `value` down.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("memory takes all bytes, and no encoder here fails by itself")
}

/// Reads what [`encode`] wrote, all of it and nothing behind it.
///
/// # Errors
/// When `bytes` are anything else.
pub fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut decoder = Decoder::new(bytes);
    let value = decoder.decode().map_err(|_| Unreadable)?;
    if decoder.position() == bytes.len() { Ok(value) } else { Err(Unreadable) }
}

/// Reads a list of at most [`MOST_ENVELOPES`].
pub(crate) fn envelopes<Ctx>(
    d: &mut Decoder<'_>,
    _: &mut Ctx,
) -> Result<Vec<ByteVec>, minicbor::decode::Error> {
    let mut all = Vec::new();
    for envelope in d.array_iter()? {
        if all.len() == MOST_ENVELOPES {
            return Err(minicbor::decode::Error::message("too many envelopes in one request"));
        }
        all.push(envelope?);
    }
    Ok(all)
}
