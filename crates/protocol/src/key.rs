//! Keys and signatures, as bytes.

use minicbor::{CborLen, Decode, Encode};

use crate::id::Digest;

/// The suite of algorithms that `docs/wire.md` describes.
pub const SUITE_1: u16 = 1;

/// A public key on P-256, uncompressed (SEC 1): `04 ‖ x ‖ y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 65]);

/// A public key as it goes up to the township, compressed (SEC 1): `02` or `03`, as y is even or
/// odd, `‖ x`. Half of it is saved in every envelope, and expanding it takes arithmetic on the curve
/// that the township has and a browser has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct CompactKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 33]);

/// An ECDSA signature: `r ‖ s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Signature(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 64]);

/// Names a township's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct KeyId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 8]);

/// Names a device; follows from its key, so that nobody has to hand it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct DeviceId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl PublicKey {
    /// The same key, compressed.
    pub fn compact(&self) -> CompactKey {
        let mut bytes = [0; 33];
        bytes[0] = 2 + (self.0[64] & 1);
        bytes[1..].copy_from_slice(&self.0[1..33]);
        CompactKey(bytes)
    }

    /// The id, for a township's key.
    pub fn key_id(&self) -> KeyId {
        let mut id = [0; 8];
        id.copy_from_slice(&Digest::of(&self.0).0[..8]);
        KeyId(id)
    }

    /// The id, for a device's key.
    pub fn device_id(&self) -> DeviceId {
        let mut id = [0; 16];
        id.copy_from_slice(&Digest::of(&self.0).0[..16]);
        DeviceId(id)
    }
}
