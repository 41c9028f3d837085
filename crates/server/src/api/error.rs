//! Answers that are not what was asked for: a status, and plain words.
//!
//! A status code never ends a delivery; only receipts do. "Not now" (507, 503) means that nothing
//! was taken and nothing was lost.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::storage::StorageError;

/// An answer that is not what was asked for.
#[derive(Debug)]
pub(crate) struct Told(pub(crate) StatusCode, pub(crate) &'static str);

pub(crate) const MALFORMED: Told =
    Told(StatusCode::BAD_REQUEST, "镇里读不懂这次请求，请更新后再试");
pub(super) const TOO_LARGE: Told = Told(StatusCode::PAYLOAD_TOO_LARGE, "一次送得太多，请分几次送");
pub(super) const ELSEWHERE: Told = Told(StatusCode::MISDIRECTED_REQUEST, "这是送给别的乡镇的");
pub(super) const NO_SUITE: Told =
    Told(StatusCode::NOT_FOUND, "镇里不收用这种办法加密的申请，请到镇里窗口办");
pub(crate) const NOT_HERE: Told = Told(StatusCode::NOT_FOUND, "没有这个东西");
const FULL: Told = Told(
    StatusCode::INSUFFICIENT_STORAGE,
    "镇里的服务器这会儿存不下，过一会儿自动再送，东西都还在手机里",
);
const NOT_NOW: Told = Told(
    StatusCode::SERVICE_UNAVAILABLE,
    "镇里的服务器这会儿忙不过来，过一会儿自动再送，东西都还在手机里",
);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

impl From<StorageError> for Told {
    fn from(error: StorageError) -> Self {
        tracing::error!("storage: {error}");
        match error {
            StorageError::Full => FULL,
            StorageError::Folder(cause) if cause.kind() == std::io::ErrorKind::StorageFull => FULL,
            _ => NOT_NOW,
        }
    }
}

pub(super) async fn no_such_endpoint() -> Told {
    NOT_HERE
}
