//! Codes that change every half minute: RFC 6238 over HMAC-SHA-1, six digits, as every authenticator app
//! has them. HMAC and SHA-1 are libraries; what is here is the RFC's few lines around them, since the
//! crates that have those bring a second HMAC, pictures and addresses with them.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::ServerTime;
use sha1::Sha1;

/// How long a code is right, in seconds.
const STEP: u64 = 30;
/// How many codes there are.
const CODES: u32 = 1_000_000;

/// What an authenticator app and the township both know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) [u8; 20]);

impl Secret {
    /// A new one.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut secret = [0; 20];
        getrandom::fill(&mut secret)?;
        Ok(Self(secret))
    }

    /// What was written by [`written`](Self::written).
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As people type it into an app.
    pub(crate) fn written(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that apps read from a QR code. What it is called has no character that an address
    /// must write otherwise, but the township's name, which is left out: apps show the account.
    pub(crate) fn address(&self, account: &str) -> String {
        format!("otpauth://totp/XST:{account}?secret={}&issuer=XST", self.written())
    }

    fn code(&self, step: u64) -> u32 {
        let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(&self.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        // RFC 4226 section 5.3.
        let at = usize::from(digest[19] & 15);
        let part = [digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]];
        u32::from_be_bytes(part) % CODES
    }

    /// The time step that a code is of: this one, or one beside it, since clocks differ; but none that was
    /// used, or any before that. None where it is no such code.
    pub(crate) fn step_of(&self, code: &str, now: ServerTime, used: u64) -> Option<u64> {
        let code = code.trim();
        let now = u64::try_from(now.0 / 1000).ok()? / STEP;
        let steps = now.saturating_sub(1).max(used + 1)..=now + 1;
        steps.into_iter().find(|step| format!("{:06}", self.code(*step)) == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of eight digits.
    #[test]
    fn the_vectors_of_the_rfc_hold() {
        let secret = Secret(*b"12345678901234567890");
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let now = ServerTime(second * 1000);
            let step = secret.step_of(code, now, 0);
            assert_eq!(step, Some(second as u64 / 30), "{code}");
            assert_eq!(secret.step_of(code, now, second as u64 / 30), None, "once");
            assert_eq!(secret.step_of(code, ServerTime((second + 90) * 1000), 0), None, "late");
        }
        assert_eq!(Secret::read(&secret.written()), Some(secret));
    }
}
