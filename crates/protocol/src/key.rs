//! Keys and signatures, as bytes.

use minicbor::{CborLen, Decode, Encode};
use sha2::Digest as _;

use crate::id::NotAnId;
use crate::suite::Suite;

/// A public key: a suite, and a point on that suite's curve. Both curves have coordinates of 32
/// bytes, so that a point by itself would not tell whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
pub struct PublicKey {
    #[n(0)]
    suite: Suite,
    #[cbor(n(1), with = "minicbor::bytes")]
    point: [u8; 65],
}

/// A public key inside an envelope, whose suite it is of: the point compressed (SEC 1), `02` or
/// `03`, as y is even or odd, `‖ x`. Half of it is saved in every envelope, and expanding it takes
/// arithmetic on the curve that the township has and a browser has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct CompactKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 33]);

/// A signature by a key of any suite: `r ‖ s`.
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

impl core::fmt::Display for KeyId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        hex(&self.0, f)
    }
}

impl core::fmt::Display for DeviceId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        hex(&self.0, f)
    }
}

/// As it is displayed; people may write it in groups.
impl core::str::FromStr for DeviceId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text.chars().filter(|sign| !sign.is_whitespace());
        let digits: Option<Vec<u32>> = digits.map(|digit| digit.to_digit(16)).collect();
        let digits: [u32; 32] = digits.ok_or(NotAnId)?.try_into().map_err(|_| NotAnId)?;
        Ok(Self(core::array::from_fn(|at| (digits[2 * at] * 16 + digits[2 * at + 1]) as u8)))
    }
}

fn hex(bytes: &[u8], f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

impl PublicKey {
    /// The key of `suite` at `point`, uncompressed (SEC 1): `04 ‖ x ‖ y`. Whether that is a point
    /// of the curve is found out by whoever uses it.
    pub const fn new(suite: Suite, point: [u8; 65]) -> Self {
        Self { suite, point }
    }

    /// The suite that it can be used in, and no other.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// The point, uncompressed.
    pub const fn point(&self) -> &[u8; 65] {
        &self.point
    }

    /// The point, compressed.
    pub fn compact(&self) -> CompactKey {
        let mut bytes = [0; 33];
        bytes[0] = 2 + (self.point[64] & 1);
        bytes[1..].copy_from_slice(&self.point[1..33]);
        CompactKey(bytes)
    }

    /// The id, for a township's key.
    pub fn key_id(&self) -> KeyId {
        KeyId(self.name())
    }

    /// The id, for a device's key.
    pub fn device_id(&self) -> DeviceId {
        DeviceId(self.name())
    }

    /// A name, and so by SHA-256 in every suite: who looks a key up need not be able to use it.
    fn name<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        const { assert!(LENGTH <= 32) };
        let hash = sha2::Sha256::new().chain_update(self.suite.number().to_be_bytes());
        let hash: [u8; 32] = hash.chain_update(self.point).finalize().into();
        core::array::from_fn(|at| hash[at])
    }
}
