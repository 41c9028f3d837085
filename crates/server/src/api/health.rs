//! `GET /api/health`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;

use crate::server::Server;

/// Proof that it is the township that answers and not a hotel's log-in page.
pub(super) async fn health(State(server): State<Arc<Server>>) -> impl IntoResponse {
    let township = server.township.0.clone();
    (
        StatusCode::NO_CONTENT,
        [("xst-township", township), (CACHE_CONTROL.as_str(), "no-store".into())],
    )
}
