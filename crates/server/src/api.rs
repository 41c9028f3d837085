//! What phones ask for: `docs/wire.md`, endpoint by endpoint.

mod county;
mod error;
mod files;
mod health;
mod pack;
mod recovery;
mod roster;
mod signed;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
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
        .route("/roster", post(roster::roster))
        .layer(CompressionLayer::new())
        .layer(RequestDecompressionLayer::new());
    Router::new()
        .route("/health", get(health::health))
        .route("/openapi.json", get(describe))
        .route("/county/answers", post(county::answers))
        .route("/county/files/{case}/{event}/{file}", get(county::file))
        .route("/files", any(files::uploads))
        .route("/files/{file}", any(files::upload))
        .route("/media/{digest}", get(pack::media))
        .route("/recovery", post(recovery::recovery))
        .merge(packed)
        .fallback(error::no_such_endpoint)
}

/// What is here, for programs: OpenAPI 3.1.
async fn describe() -> impl IntoResponse {
    let about = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")];
    (about, include_str!("../openapi.json"))
}

#[cfg(test)]
mod tests {
    /// The document says neither more nor less than there is.
    #[test]
    fn every_endpoint_is_described() {
        let (routes, _) = include_str!("api.rs").split_once("mod tests").unwrap();
        let mut routes: Vec<&str> =
            routes.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let paths = include_str!("../openapi.json").lines();
        let mut paths: Vec<&str> =
            paths.filter_map(|line| line.strip_prefix("  \"/")?.split('"').next()).collect();
        routes.sort_unstable();
        paths.sort_unstable();
        let routes: Vec<&str> = routes.into_iter().map(|path| &path[1..]).collect();
        assert!(routes.len() > 5);
        assert_eq!(routes, paths);
    }
}
