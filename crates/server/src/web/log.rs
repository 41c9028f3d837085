//! One line a request: which route, what came of it, how long it took. Never the address itself,
//! which may name a case or a file, and never who asked.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    // What has no route of its own is the phone app's files.
    let route = route.as_ref().map_or("app", MatchedPath::as_str);
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis() as u64);
    match response.status().is_server_error() {
        true => tracing::warn!(%method, route, status, ms),
        false => tracing::debug!(%method, route, status, ms),
    }
    response
}
