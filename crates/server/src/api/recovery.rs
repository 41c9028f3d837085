//! `POST /api/recovery`: help with a PIN that was forgotten.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;

use super::error::Told;
use super::signed;
use crate::devices;
use crate::server::Server;

pub(super) async fn recovery(
    State(server): State<Arc<Server>>,
    body: Body,
) -> Result<Response, Told> {
    let request = signed::read(&server, body).await?;
    Ok(signed::answer(&devices::recover(&server, &request).await?))
}
