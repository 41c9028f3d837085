//! What a server says of itself and of its uploads.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};

use crate::checksum::Algorithm;
use crate::header::{ALGORITHMS, EXTENSIONS, MOST, VERSION, VERSIONS};

/// What can be asked besides the core.
const SPOKEN: &str = "creation,creation-with-upload,checksum,expiration,termination";
/// The last second of the year 9999, which is as far as the date in a header goes.
const LAST_SECOND: u64 = 253_402_300_799;

/// What `OPTIONS` is answered with, where an upload has at most `most` bytes.
pub fn capabilities(most: u64) -> HeaderMap {
    let algorithms = Algorithm::ALL.map(Algorithm::name).join(",");
    let mut headers = HeaderMap::new();
    headers.insert(VERSIONS, VERSION);
    headers.insert(EXTENSIONS, HeaderValue::from_static(SPOKEN));
    headers.insert(MOST, most.into());
    if let Ok(algorithms) = HeaderValue::try_from(algorithms) {
        headers.insert(ALGORITHMS, algorithms);
    }
    headers
}

/// A time, in milliseconds since 1970, as `Upload-Expires` has it (RFC 9110, IMF-fixdate).
pub fn http_date(unix_ms: i64) -> String {
    let seconds = u64::try_from(unix_ms / 1000).unwrap_or_default().min(LAST_SECOND);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}
