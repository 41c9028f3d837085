//! `/api/county`: what departments of the county answer to cases that were handed to them, and the files
//! that they ask for. Each proves itself by its own secret (`crate::outgoing`); nobody else is told whether
//! there is a case.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use protocol::{CaseNumber, Digest, FileId};

use super::error::{MALFORMED, NOT_HERE, TOO_LARGE, Told};
use crate::console::material;
use crate::outgoing::{self, Answered, Asked, Department, SIGNATURE, is_signed};
use crate::server::Server;

/// The most bytes of an answer.
const MOST_BYTES: usize = 64 * 1024;
/// The header that says which department asks.
const DEPARTMENT: &str = "x-xst-department";
/// The same whether there is no such department, its secret is another, or it signed too long ago.
const NOT_SIGNED: Told = Told(StatusCode::UNAUTHORIZED, "没有这个部门，或者签名不对、过了时间");

/// The department that signed this just now.
fn department<'s>(
    server: &'s Server,
    headers: &HeaderMap,
    signed: &[u8],
) -> Result<&'s Department, Told> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let id = header(DEPARTMENT).ok_or(NOT_SIGNED)?;
    let signature = header(SIGNATURE).ok_or(NOT_SIGNED)?;
    let found = server.gateways.department(id).ok_or(NOT_SIGNED)?;
    match is_signed(&found.secret, signature, server.clock.now(), signed) {
        true => Ok(found),
        false => Err(NOT_SIGNED),
    }
}

pub(super) async fn answers(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Told> {
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| TOO_LARGE)?;
    let department = department(&server, &headers, &body)?;
    let asked: Asked = serde_json::from_slice(&body).map_err(|_| MALFORMED)?;
    let answered = outgoing::answer(&server, department, asked, Digest::of(&body)).await?;
    Ok(match answered {
        Answered::Taken | Answered::Known => StatusCode::NO_CONTENT.into_response(),
        Answered::Unknown => NOT_HERE.into_response(),
        Answered::Superseded(why) => (StatusCode::CONFLICT, why).into_response(),
        Answered::Wordless(what) => (StatusCode::UNPROCESSABLE_ENTITY, what).into_response(),
    })
}

pub(super) async fn file(
    State(server): State<Arc<Server>>,
    Path((case, event, file)): Path<(String, u64, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Told> {
    // What is signed is the whole path; this router stands below its beginning.
    let signed = format!("GET /api{}", uri.path());
    let department = department(&server, &headers, signed.as_bytes())?;
    let id: FileId = file.parse().map_err(|_| NOT_HERE)?;
    let case = CaseNumber(case);
    let entry = outgoing::file(&server, department, &case, event, id).await?;
    Ok(material::give(Arc::clone(&server), entry.ok_or(NOT_HERE)?, &headers).await?)
}
