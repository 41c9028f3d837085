//! Names of things. All ids that phones make are UUIDv7 (RFC 9562): unique without asking anyone,
//! roughly in the order of the phone's own clock, which is never the server's order.

use minicbor::{CborLen, Decode, Encode};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]);

        impl $name {
            /// A new one: `unix_ms` from the caller's clock, ten random bytes from its source.
            pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid().into_bytes())
            }

            /// From the sixteen bytes.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&Uuid::from_bytes(self.0), f)
            }
        }

        impl core::str::FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map(|id| Self(id.into_bytes())).map_err(|_| NotAnId)
            }
        }
    };
}

uuid_id! {
    /// An envelope.
    EnvelopeId
}
uuid_id! {
    /// An application: the same through all its versions, from the first draft on.
    ApplicationId
}
impl ApplicationId {
    /// 查询码: ten digits that open how the case stands to who has its number too. Only the phone and
    /// the township know the application's id, from which they come.
    pub fn query_code(&self) -> String {
        let digest = Digest::of(&[b"xst query v1".as_slice(), self.as_bytes()].concat());
        let (first, _) = digest.0.split_at(8);
        let number = first.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:010}", number % 10_000_000_000)
    }
}
uuid_id! {
    /// A file: a picture or a recording.
    FileId
}

/// A text that is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// A township, by its 12-digit division code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Township(#[n(0)] pub String);

/// An item of a pack, by the name that the pack gives it, such as `ybcb`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct ItemId(#[n(0)] pub String);

/// The number that people call a case by: 办件编号.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct CaseNumber(#[n(0)] pub String);

/// A digest of 32 bytes. By SHA-256 it names content that never changes (a compiled form, a notice);
/// by its suite's algorithm it is what is signed of an envelope and its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Digest(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Digest {
    /// The SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl core::fmt::Display for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
