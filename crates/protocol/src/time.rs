//! Times carry whose clock they are: a phone's clock may be years off.

use minicbor::{CborLen, Decode, Encode};

/// What the phone's clock said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
pub struct DeviceTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[n(0)]
    pub unix_ms: i64,
    /// Minutes east of UTC.
    #[n(1)]
    pub offset_minutes: i16,
}

/// What the township's clock said: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct ServerTime(#[n(0)] pub i64);
