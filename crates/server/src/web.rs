//! Everything that is served, under one origin: the API, the console, what anybody may ask, and the phone app for
//! whatever is neither.

mod headers;
mod log;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, map_response};
use axum::response::Redirect;
use axum::routing::get;

use crate::server::Server;
use crate::{api, console, phone_app, proof, query};

pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .nest("/api", api::router())
        .nest("/console", console::router())
        .nest("/query", query::router())
        .nest("/proof", proof::router())
        .route("/console/", get(|| async { Redirect::permanent("/console") }))
        .fallback(phone_app::serve)
        .layer(map_response(headers::secure))
        .layer(from_fn(log::log))
        .with_state(server)
}
