//! What phones ask for: `docs/wire.md`, endpoint by endpoint.

mod error;
mod files;
mod health;
mod pack;
mod recovery;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get, post};
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;

use crate::server::Server;

pub(crate) use pack::digest_from_hex;

/// The media type of bodies.
const CBOR: &str = "application/cbor";

pub(crate) fn router() -> Router<Arc<Server>> {
    let packed = Router::new()
        .route("/pack", get(pack::pack))
        .route("/forms/{digest}", get(pack::form))
        .route("/guides/{digest}", get(pack::guide))
        .route("/sync", post(sync::sync))
        .layer(CompressionLayer::new())
        .layer(RequestDecompressionLayer::new());
    Router::new()
        .route("/health", get(health::health))
        .route("/files", any(files::uploads))
        .route("/files/{file}", any(files::upload))
        .route("/media/{digest}", get(pack::media))
        .route("/recovery", post(recovery::recovery))
        .merge(packed)
        .fallback(error::no_such_endpoint)
}
