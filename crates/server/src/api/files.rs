//! `/api/files/{file id}`: tus 1.0 (<https://tus.io>), its core. A file needs no creation: the
//! envelope that names it creates it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::FileId;

use super::error::{MALFORMED, NOT_HERE, Told};
use crate::files::{self, NotReceived};
use crate::server::Server;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const BYTES: &str = "application/offset+octet-stream";

const NOT_BYTES: Told = Told(StatusCode::UNSUPPORTED_MEDIA_TYPE, "请按 tus 1.0 发送");
const TOO_LONG: Told = Told(StatusCode::PAYLOAD_TOO_LARGE, "比清单里写的长");

/// Which version of tus is spoken.
pub(super) async fn options() -> impl IntoResponse {
    (StatusCode::NO_CONTENT, [(RESUMABLE, VERSION), (VERSIONS, VERSION)])
}

/// How far a file has come.
pub(super) async fn offset(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
) -> Result<Response, Told> {
    let id: FileId = id.parse().map_err(|_| NOT_HERE)?;
    let file = files::find(&server, id).await.map_err(told)?;
    let about = [
        (RESUMABLE, VERSION),
        (OFFSET, file.received.into()),
        (LENGTH, file.length.into()),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::OK, about).into_response())
}

/// Takes the next bytes of a file.
pub(super) async fn append(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Told> {
    let id: FileId = id.parse().map_err(|_| NOT_HERE)?;
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != BYTES) {
        return Err(NOT_BYTES);
    }
    let offset = headers.get(OFFSET).and_then(|offset| offset.to_str().ok()?.parse().ok());
    let offset: u64 = offset.ok_or(MALFORMED)?;
    // On a task of its own: a phone that hangs up must not stop what came from being kept.
    let received = tokio::spawn(files::receive(server, id, offset, body)).await;
    let Ok(received) = received else { return Err(MALFORMED) };
    let (status, offset) = match received {
        Ok(offset) => (StatusCode::NO_CONTENT, offset),
        Err(NotReceived::Elsewhere(offset)) => (StatusCode::CONFLICT, offset),
        Err(NotReceived::Altered) => (altered(), 0),
        Err(other) => return Err(told(other)),
    };
    Ok((status, [(RESUMABLE, VERSION), (OFFSET, offset.into())]).into_response())
}

/// 460 Checksum Mismatch, of tus' checksum extension.
fn altered() -> StatusCode {
    StatusCode::from_u16(460).unwrap_or(StatusCode::CONFLICT)
}

fn told(error: NotReceived) -> Told {
    match error {
        NotReceived::Unknown => NOT_HERE,
        NotReceived::TooLong => TOO_LONG,
        NotReceived::Storage(error) => error.into(),
        NotReceived::Elsewhere(_) | NotReceived::Altered => MALFORMED,
    }
}
