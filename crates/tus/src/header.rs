//! The names that tus gives its headers, and reading one of them.

use http::{HeaderMap, HeaderName, HeaderValue};

/// The version that a message is in: in every request but `OPTIONS`, and in every answer.
pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
/// The only value of [`RESUMABLE`] here.
pub const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
/// The versions that a server speaks.
pub const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
/// The extensions that it has.
pub(crate) const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
/// The most bytes of an upload.
pub(crate) const MOST: HeaderName = HeaderName::from_static("tus-max-size");
/// The digests that it can check a piece by.
pub(crate) const ALGORITHMS: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
/// A number of bytes that are there.
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// The bytes of a whole upload.
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// What else is told of an upload.
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
/// The digest of a request's body.
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
/// Until when an unfinished upload is kept.
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// Says which method is meant, for clients that can only `GET` and `POST`.
pub(crate) const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");
/// The media type of an upload's bytes.
pub const OFFSET_OCTETS: &str = "application/offset+octet-stream";

/// The text of a header that may stand once: none where it is missing.
///
/// # Errors
/// When it stands twice, or is no text: what it says is then anybody's guess.
pub(crate) fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ()> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(|text| Some(text.trim())).map_err(drop),
        (Some(_), Some(_)) => Err(()),
    }
}

/// A non-negative integer: digits and nothing else.
pub(crate) fn number(text: &str) -> Option<u64> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}
