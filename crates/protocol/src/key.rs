//! Keys and signatures, as bytes.

use minicbor::{CborLen, Decode, Encode};

use crate::id::Digest;

/// The suite of algorithms that `docs/wire.md` describes.
pub const SUITE_1: u16 = 1;

/// A public key on P-256, uncompressed (SEC 1): `04 ‖ x ‖ y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 65]);

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
