//! `/api/files`: tus 1.0 (<https://tus.io>), whole. What is spoken is read by the crate `tus`; here it
//! meets our files.
//!
//! A file is made by the envelope that names it, and by nothing else. So a creation only finds what an
//! arrived envelope named, however often it is asked; nothing that is not named can be sent at all.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::FileId;
use protocol::file::{LONGEST, sealed_length};
use tus::{Creation, Piece, Refusal, Request, Target};

use super::error::{MALFORMED, NOT_HERE, Told};
use crate::files::{self, NotDiscarded, NotReceived};
use crate::server::Server;
use crate::storage::files::File;

const NOT_TUS: &str = "请按 tus 1.0.0 发送";
const TOO_LONG: Told = Told(StatusCode::PAYLOAD_TOO_LARGE, "比清单里写的长");
const OTHER_LENGTH: Told = Told(StatusCode::CONFLICT, "和清单里写的长度不一样");
const WHOLE: Told = Told(StatusCode::FORBIDDEN, "已经收齐的文件不能删");

/// Where uploads are made.
pub(super) async fn uploads(
    State(server): State<Arc<Server>>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answer = match Request::read(Target::Uploads, &method, &headers) {
        Ok(Request::Create(creation)) => create(server, creation, body).await,
        Ok(_) => Ok(capabilities()),
        Err(refusal) => Ok(refused(refusal, "OPTIONS, POST")),
    };
    spoken(answer)
}

/// One file.
pub(super) async fn upload(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let request = Request::read(Target::Upload, &method, &headers);
    let id = id.parse::<FileId>().map_err(|_| NOT_HERE);
    let answer = match (request, id) {
        (Ok(Request::Offset), Ok(id)) => offset(&server, id).await,
        (Ok(Request::Append(piece)), Ok(id)) => append(server, id, piece, body).await,
        (Ok(Request::Terminate), Ok(id)) => terminate(&server, id).await,
        (Ok(_), Ok(_)) => Ok(capabilities()),
        (Err(refusal), _) => Ok(refused(refusal, "DELETE, HEAD, OPTIONS, PATCH")),
        (_, Err(told)) => Err(told),
    };
    spoken(answer)
}

/// Every answer says in which version of tus it is.
fn spoken(answer: Result<Response, Told>) -> Response {
    let mut answer = answer.into_response();
    answer.headers_mut().insert(tus::RESUMABLE, tus::VERSION);
    answer
}

fn capabilities() -> Response {
    (StatusCode::NO_CONTENT, tus::capabilities(sealed_length(LONGEST))).into_response()
}

fn refused(refusal: Refusal, allowed: &'static str) -> Response {
    let told = Told(refusal.status(), NOT_TUS);
    match refusal {
        Refusal::Version => ([(tus::VERSIONS, tus::VERSION)], told).into_response(),
        Refusal::Method => ([(ALLOW, HeaderValue::from_static(allowed))], told).into_response(),
        _ => told.into_response(),
    }
}

/// Finds the file that an envelope made, and takes its first bytes where the request brings them.
async fn create(server: Arc<Server>, creation: Creation, body: Body) -> Result<Response, Told> {
    if creation.length > sealed_length(LONGEST) {
        return Err(TOO_LONG);
    }
    let id = creation.metadata.get("id").and_then(|id| str::from_utf8(id).ok()?.parse().ok());
    let id: FileId = id.ok_or(MALFORMED)?;
    let file = files::find(&server, id).await.map_err(not_received)?;
    if file.length != creation.length {
        return Err(OTHER_LENGTH);
    }
    let location = HeaderValue::try_from(format!("/api/files/{id}")).map_err(|_| MALFORMED)?;
    let mut answer = match creation.first {
        // What came before, in another attempt, stays: the client hears from where to go on.
        Some(piece) if file.received == 0 => append(server, id, piece, body).await?,
        _ => about(&server, StatusCode::CREATED, &file),
    };
    if answer.status() == StatusCode::NO_CONTENT {
        *answer.status_mut() = StatusCode::CREATED;
    }
    answer.headers_mut().insert(LOCATION, location);
    Ok(answer)
}

/// How far a file has come.
async fn offset(server: &Server, id: FileId) -> Result<Response, Told> {
    let file = files::find(server, id).await.map_err(not_received)?;
    let mut answer = about(server, StatusCode::OK, &file);
    answer.headers_mut().insert(tus::LENGTH, file.length.into());
    Ok(answer)
}

/// Takes the next bytes of a file.
async fn append(
    server: Arc<Server>,
    id: FileId,
    piece: Piece,
    body: Body,
) -> Result<Response, Told> {
    // On a task of its own: a phone that hangs up must not stop what came from being kept.
    let receiving = tokio::spawn(files::receive(Arc::clone(&server), id, piece, body));
    let Ok(received) = receiving.await else { return Err(MALFORMED) };
    let (status, offset) = match received {
        Ok(file) => return Ok(about(&server, StatusCode::NO_CONTENT, &file)),
        Err(NotReceived::Elsewhere(offset)) => (StatusCode::CONFLICT, offset),
        Err(NotReceived::Spoiled(offset)) => (mismatch(), offset),
        Err(NotReceived::Altered) => (mismatch(), 0),
        Err(other) => return Err(not_received(other)),
    };
    Ok((status, [(tus::OFFSET, HeaderValue::from(offset))]).into_response())
}

/// Throws away what came of a file.
async fn terminate(server: &Server, id: FileId) -> Result<Response, Told> {
    match files::terminate(server, id).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(NotDiscarded::Unknown) => Err(NOT_HERE),
        Err(NotDiscarded::Whole) => Err(WHOLE),
        Err(NotDiscarded::Storage(error)) => Err(error.into()),
    }
}

/// Where a file is, and until when if it stays there.
fn about(server: &Server, status: StatusCode, file: &File) -> Response {
    let mut headers = HeaderMap::from_iter([
        (tus::OFFSET, HeaderValue::from(file.received)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]);
    let expires = files::expires_at(server, file).map(|at| tus::http_date(at.0));
    let expires = expires.and_then(|date| HeaderValue::try_from(date).ok());
    headers.extend(expires.map(|date| (tus::EXPIRES, date)));
    (status, headers).into_response()
}

fn mismatch() -> StatusCode {
    StatusCode::from_u16(tus::CHECKSUM_MISMATCH).unwrap_or(StatusCode::CONFLICT)
}

fn not_received(error: NotReceived) -> Told {
    match error {
        NotReceived::Unknown => NOT_HERE,
        NotReceived::TooLong => TOO_LONG,
        NotReceived::Storage(error) => error.into(),
        NotReceived::Elsewhere(_) | NotReceived::Spoiled(_) | NotReceived::Altered => MALFORMED,
    }
}
