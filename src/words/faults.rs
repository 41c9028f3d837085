//! What went wrong below the screens, in words for the person.

use crate::vault::{CryptoError, VaultError};
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
            Self::Finished => said.finished().to_owned(),
            Self::FileMissing => said.file_missing().to_owned(),
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
