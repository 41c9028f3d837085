//! Why the vault did not do it, in words for the person.

use indexed_db_futures::error::{Error, OpenDbError};
use wasm_bindgen::JsValue;
use web_sys::DomException;

use crate::device::crypto::CryptoError;

/// Why the vault did not do it. Whatever was there before is still there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The browser gives no more room.
    #[error("手机空间不够，刚才的内容没有存下。请删掉一些照片或应用，再点一次")]
    Full,
    /// The browser keeps nothing: a private window, or storage switched off.
    #[error("浏览器不允许保存资料。请关闭无痕模式，或在浏览器设置里允许保存网站数据，再打开")]
    Blocked,
    /// Another tab runs a newer version of the app.
    #[error("乡事通已在另一个窗口更新。请关掉这个窗口，重新打开")]
    Outdated,
    /// The record is there, but cannot be read. It is kept as it is.
    #[error("这一条记录损坏了，打不开。它还留在手机里，没有删除；请带手机到镇里求助")]
    Damaged,
    /// There is no such record: it was removed, or never there.
    #[error("找不到这一条，可能已经删除")]
    Gone,
    /// It was finished already, here or in another tab.
    #[error("这一份已经提交过了")]
    Finished,
    /// Something that the answers name as a file is not there.
    #[error("有一张照片或一段录音不见了，请回去重新添加")]
    FileMissing,
    /// No cryptography.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// The database failed.
    #[error("没有存成。请再试一次；还不行就关掉再打开（{0}）")]
    Failed(String),
}

impl VaultError {
    /// Whether a new connection to the database may help: browsers drop connections of pages in
    /// the background (iOS: "Connection to Indexed Database server lost").
    pub(super) fn may_be_the_connection(&self) -> bool {
        matches!(self, Self::Failed(_))
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
