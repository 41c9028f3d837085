//! Why the vault did not do it, in words for the person.

use indexed_db_futures::error::{Error, OpenDbError};
use wasm_bindgen::JsValue;
use web_sys::DomException;

use crate::device::crypto::CryptoError;
use crate::words;

/// Why the vault did not do it. Whatever was there before is still there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The browser gives no more room.
    #[error("{}", words::error().full())]
    Full,
    /// The browser keeps nothing: a private window, or storage switched off.
    #[error("{}", words::error().blocked())]
    Blocked,
    /// Another tab runs a newer version of the app.
    #[error("{}", words::error().outdated())]
    Outdated,
    /// The record is there, but cannot be read. It is kept as it is.
    #[error("{}", words::error().damaged())]
    Damaged,
    /// There is no such record: it was removed, or never there.
    #[error("{}", words::error().gone())]
    Gone,
    /// It was finished already, here or in another tab.
    #[error("{}", words::error().finished())]
    Finished,
    /// Something that the answers name as a file is not there.
    #[error("{}", words::error().file_missing())]
    FileMissing,
    /// No cryptography.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// The browser's database does not answer.
    #[error("{}", words::error().no_answer())]
    NoAnswer,
    /// The database failed.
    #[error("{}", words::error().failed(.0))]
    Failed(String),
}

impl VaultError {
    /// Whether a new connection to the database may help: browsers drop connections of pages in
    /// the background (iOS: "Connection to Indexed Database server lost").
    pub(super) fn may_be_the_connection(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::NoAnswer)
    }
}

impl From<Error> for VaultError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => by_name(&DomException::from(exception).name()),
            other => Self::Failed(kind(&other).to_owned()),
        }
    }
}

impl From<OpenDbError> for VaultError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(Error::DomException(exception)) => {
                let name = DomException::from(exception).name();
                match name.as_str() {
                    "VersionError" => Self::Outdated,
                    "QuotaExceededError" => Self::Full,
                    // Firefox's private windows of old, and storage that is switched off.
                    "InvalidStateError" | "SecurityError" => Self::Blocked,
                    _ => by_name(&name),
                }
            }
            OpenDbError::Base(other) => Self::Failed(kind(&other).to_owned()),
            _ => Self::Blocked,
        }
    }
}

impl From<JsValue> for VaultError {
    fn from(value: JsValue) -> Self {
        Error::from(value).into()
    }
}

fn by_name(name: &str) -> VaultError {
    match name {
        "QuotaExceededError" => VaultError::Full,
        _ => VaultError::Failed(name.to_owned()),
    }
}

/// The kind alone: a message of the browser's might hold what was to be stored.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::DomException(_) => "exception",
        Error::Serialisation(_) => "value",
        Error::MissingData(_) => "aborted",
        Error::Unknown(_) => "unknown",
    }
}
