//! `POST /api/roster`: what is known of a village's people, for the phone of who serves them.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;

use super::error::Told;
use super::signed;
use crate::residents;
use crate::server::Server;

pub(super) async fn roster(
    State(server): State<Arc<Server>>,
    body: Body,
) -> Result<Response, Told> {
    let request = signed::read(&server, body).await?;
    Ok(signed::answer(&residents::give(&server, &request).await?))
}
