//! `POST /api/roster`: what is known of a village's people, for the phone of who serves them.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use protocol::keys::verify;
use protocol::{RosterRequest, Signed, decode, encode};

use super::CBOR;
use super::error::{ELSEWHERE, MALFORMED, TOO_LARGE, Told};
use crate::residents;
use crate::server::Server;

/// The most bytes of a request.
const MOST_BYTES: usize = 4 * 1024;

pub(super) async fn roster(
    State(server): State<Arc<Server>>,
    body: Body,
) -> Result<Response, Told> {
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| TOO_LARGE)?;
    let signed: Signed<RosterRequest> = decode(&body).map_err(|_| MALFORMED)?;
    let request = signed.claim().map_err(|_| MALFORMED)?;
    if request.township != server.township {
        return Err(ELSEWHERE);
    }
    let device = request.device;
    let verified = server.checkers.run(move |_| verify(&signed, &device).is_ok());
    if !verified.await.map_err(|_| MALFORMED)? {
        return Err(MALFORMED);
    }
    let answer = residents::give(&server, &request).await?;
    let about = [(CONTENT_TYPE, CBOR), (CACHE_CONTROL, "no-store")];
    Ok((about, encode(&answer)).into_response())
}
