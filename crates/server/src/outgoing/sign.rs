//! Signatures of what goes out to other systems and comes in from them.
//!
//! `x-xst-signature: t=1795400000,v1=5257a8…`, where `t` is when it was signed, in seconds since 1970, and
//! `v1` is HMAC-SHA256 in lower-case hexadecimal, under the secret that both sides keep, of `t`, a full stop
//! and the body's bytes. Where there is no body, `GET ` and the path stand for it.

use hmac::{Hmac, KeyInit, Mac};
use protocol::ServerTime;
use sha2::Sha256;

use super::gateways::Secret;

/// For how long a signature is believed, before and after, in seconds: clocks differ, and no network
/// holds something back for longer.
const WINDOW_S: i64 = 5 * 60;

/// The header's value for `body`, signed at `at`.
pub(super) fn signature(secret: &Secret, at: ServerTime, body: &[u8]) -> String {
    let seconds = at.0 / 1000;
    let code: String = mac(secret, seconds, body).finalize().into_bytes().iter().map(hex).collect();
    format!("t={seconds},v1={code}")
}

/// Whether `header` signs `body` by `secret`, and did so a moment ago.
pub(crate) fn is_signed(secret: &Secret, header: &str, now: ServerTime, body: &[u8]) -> bool {
    let part = |name: &str| header.split(',').find_map(|part| part.trim().strip_prefix(name));
    let Some(seconds) = part("t=").and_then(|text| text.parse::<i64>().ok()) else { return false };
    let Some(code) = part("v1=").and_then(bytes) else { return false };
    let is_now = (now.0 / 1000).checked_sub(seconds).is_some_and(|late| late.abs() <= WINDOW_S);
    // Compared in a time that tells nothing.
    is_now && mac(secret, seconds, body).verify_slice(&code).is_ok()
}

fn mac(secret: &Secret, seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn hex(byte: &u8) -> String {
    format!("{byte:02x}")
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_openssl_says_it_is() {
        // printf '1795400000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
        let secret = Secret::from("0123456789abcdef");
        let at = ServerTime(1_795_400_000_123);
        let signed = signature(&secret, at, br#"{"a":1}"#);
        assert_eq!(
            signed,
            "t=1795400000,v1=7b16e3050350701d6f0e02149fbfc6d464c3f52e56c96d02f02dea7b9fc0619e"
        );
        assert!(is_signed(&secret, &signed, at, br#"{"a":1}"#));
        assert!(!is_signed(&secret, &signed, at, br#"{"a":2}"#));
        assert!(!is_signed(&Secret::from("0123456789abcdeF"), &signed, at, br#"{"a":1}"#));
        let moments = [-301, -300, 300, 301].map(|late| {
            let now = ServerTime(1_795_400_000_000 + late * 1000);
            is_signed(&secret, &signed, now, br#"{"a":1}"#)
        });
        assert_eq!(moments, [false, true, true, false]);
        for rubbish in ["", "t=1", "v1=00", "t=x,v1=00", "t=-9223372036854775808,v1=00"] {
            assert!(!is_signed(&secret, rubbish, at, b""), "{rubbish}");
        }
    }
}
