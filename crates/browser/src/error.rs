//! What the browser says, as the vault understands it.

use indexed_db_futures::error::{Error, OpenDbError};
use vault::VaultError;
use wasm_bindgen::JsValue;
use web_sys::DomException;

/// What a request or transaction failed of.
pub(crate) fn of_database(error: Error) -> VaultError {
    match error {
        Error::DomException(exception) => by_name(&DomException::from(exception).name()),
        other => VaultError::Failed(kind(&other).to_owned()),
    }
}

/// Why a database does not open.
pub(crate) fn of_opening(error: OpenDbError) -> VaultError {
    match error {
        OpenDbError::Base(Error::DomException(exception)) => {
            let name = DomException::from(exception).name();
            match name.as_str() {
                "VersionError" => VaultError::Outdated,
                "QuotaExceededError" => VaultError::Full,
                // Firefox's private windows of old, and storage that is switched off.
                "InvalidStateError" | "SecurityError" => VaultError::Blocked,
                _ => by_name(&name),
            }
        }
        OpenDbError::Base(other) => VaultError::Failed(kind(&other).to_owned()),
        _ => VaultError::Blocked,
    }
}

/// What was thrown.
pub(crate) fn of_thrown(value: JsValue) -> VaultError {
    of_database(Error::from(value))
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
