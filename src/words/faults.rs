//! What went wrong below the screens, in words for the person.

use crate::device::authenticator::NoSecret;
use crate::vault::{CryptoError, LockError, PinFault, VaultError};
use crate::words;

/// Says what went wrong.
pub(crate) trait InWords {
    /// In the person's language.
    fn in_words(&self) -> String;
}

impl InWords for VaultError {
    fn in_words(&self) -> String {
        let said = words::error();
        match self {
            Self::Full => said.full().to_owned(),
            Self::Blocked => said.blocked().to_owned(),
            Self::Outdated => said.outdated().to_owned(),
            Self::Damaged => said.damaged().to_owned(),
            Self::Gone => said.gone().to_owned(),
            Self::Delivered => said.delivered().to_owned(),
            Self::Finished => said.finished().to_owned(),
            Self::FileMissing => said.file_missing().to_owned(),
            Self::Unreadable => words::document().unreadable().to_owned(),
            Self::Crypto(error) => error.in_words(),
            Self::NoAnswer => said.no_answer().to_owned(),
            Self::Failed(reason) => said.failed(reason),
        }
    }
}

impl InWords for CryptoError {
    fn in_words(&self) -> String {
        let said = words::error();
        let words = match self {
            Self::InsecurePage => said.insecure(),
            Self::Damaged => said.broken(),
            Self::Failed => said.no_cryptography(),
        };
        words.to_owned()
    }
}

impl InWords for LockError {
    fn in_words(&self) -> String {
        let said = words::pin();
        match self {
            Self::Wrong { wait_ms: 0 } => said.wrong().to_owned(),
            Self::Wrong { wait_ms } | Self::Wait { wait_ms } => said.wait(&long(*wait_ms)),
            Self::Vault(error) => error.in_words(),
        }
    }
}

impl InWords for NoSecret {
    fn in_words(&self) -> String {
        let said = words::accounts();
        let words = match self {
            Self::NotNow => said.finger_again(),
            Self::Unable => said.finger_unable(),
        };
        words.to_owned()
    }
}

impl InWords for PinFault {
    fn in_words(&self) -> String {
        let said = words::pin();
        match self {
            Self::Length => said.length().to_owned(),
            Self::Simple => said.simple().to_owned(),
        }
    }
}

/// Whole minutes, and seconds of the last one.
fn long(ms: u64) -> String {
    let seconds = u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX);
    match seconds {
        0..60 => words::pin().seconds(seconds),
        _ => words::pin().minutes(seconds.div_ceil(60)),
    }
}
