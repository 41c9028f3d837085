//! Requests that a device signed, and that are answered at once: all but sync.

use axum::body::{Body, to_bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use minicbor::Encode;
use protocol::keys::verify;
use protocol::{PublicKey, RecoveryRequest, RosterRequest, Signed, Statement, Township};
use protocol::{decode, encode};

use super::CBOR;
use super::error::{ELSEWHERE, MALFORMED, TOO_LARGE, Told};
use crate::server::Server;

/// The most bytes of a request.
const MOST_BYTES: usize = 4 * 1024;

/// What such a request says of itself.
pub(super) trait Request: Statement + Send + 'static {
    /// Whom it asks.
    fn township(&self) -> &Township;
    /// Who asks, and signed it.
    fn device(&self) -> &PublicKey;
}

impl Request for RecoveryRequest {
    fn township(&self) -> &Township {
        &self.township
    }

    fn device(&self) -> &PublicKey {
        &self.device
    }
}

impl Request for RosterRequest {
    fn township(&self) -> &Township {
        &self.township
    }

    fn device(&self) -> &PublicKey {
        &self.device
    }
}

/// The request, if it is to this township and the device that it names signed it.
pub(super) async fn read<T: Request>(server: &Server, body: Body) -> Result<T, Told> {
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| TOO_LARGE)?;
    let signed: Signed<T> = decode(&body).map_err(|_| MALFORMED)?;
    let request = signed.claim().map_err(|_| MALFORMED)?;
    if *request.township() != server.township {
        return Err(ELSEWHERE);
    }
    let device = *request.device();
    let verified = server.checkers.run(move |_| verify(&signed, &device).is_ok());
    match verified.await.map_err(|_| MALFORMED)? {
        true => Ok(request),
        false => Err(MALFORMED),
    }
}

/// An answer, which is for nobody's cache.
pub(super) fn answer(answer: &impl Encode<()>) -> Response {
    let about = [(CONTENT_TYPE, CBOR), (CACHE_CONTROL, "no-store")];
    (about, encode(answer)).into_response()
}
