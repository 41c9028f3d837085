//! What goes into a statement.

use protocol::id::Digest;
use protocol::{
    ApplicationId, CaseNumber, DeviceId, EnvelopeId, FileId, ItemId, ServerTime, Township,
};

/// One value of a statement. Typed even when it is missing, since PostgreSQL asks for the type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Integer(Option<i64>),
    Text(Option<&'a str>),
    Bytes(Option<&'a [u8]>),
}

/// A text as databases take it: PostgreSQL takes no NUL, and SQLite ends a text there. Nobody means one.
pub(super) fn written(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        // Lengths and counts, all far below 2^63.
        Self::Integer(Some(value as i64))
    }
}

impl From<ServerTime> for Value<'_> {
    fn from(value: ServerTime) -> Self {
        Self::Integer(Some(value.0))
    }
}

impl From<Option<ServerTime>> for Value<'_> {
    fn from(value: Option<ServerTime>) -> Self {
        Self::Integer(value.map(|time| time.0))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Some(value))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(Some(value))
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(Some(value))
    }
}

impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<Option<&'a [u8]>> for Value<'a> {
    fn from(value: Option<&'a [u8]>) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<Option<&'a Digest>> for Value<'a> {
    fn from(value: Option<&'a Digest>) -> Self {
        Self::Bytes(value.map(|digest| digest.0.as_slice()))
    }
}

macro_rules! named {
    ($($kind:ty: $value:ident => $bytes:expr),* $(,)?) => {$(
        impl<'a> From<&'a $kind> for Value<'a> {
            fn from($value: &'a $kind) -> Self {
                $bytes.into()
            }
        }
    )*};
}

named! {
    Township: value => value.0.as_str(),
    ItemId: value => value.0.as_str(),
    CaseNumber: value => value.0.as_str(),
    EnvelopeId: value => value.as_bytes().as_slice(),
    ApplicationId: value => value.as_bytes().as_slice(),
    FileId: value => value.as_bytes().as_slice(),
    DeviceId: value => value.0.as_slice(),
    Digest: value => value.0.as_slice(),
}
