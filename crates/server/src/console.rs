//! The office console: HTML from the server, for any browser that an office has. No page needs a
//! script.
//!
//! Whoever is not signed in sees the sign-in page and nothing else; whoever is sees what
//! [`rights`] let through; every read of a case is in the audit before the page is sent.

mod account_list;
pub(crate) mod accounts;
mod act;
mod audit;
pub(crate) mod case_file;
mod copy;
mod desk;
mod device_list;
mod document;
mod documents;
mod limits;
mod mailbag;
pub(crate) mod material;
mod messages;
mod note;
mod notice;
mod offer;
pub(crate) mod page;
mod password;
mod post;
mod proposals;
pub(crate) mod provider;
mod rating;
mod recusals;
mod refused;
mod reminders;
mod residents;
pub(crate) mod rights;
mod second;
mod session;
mod sign_in;
mod task;
mod tasks;
mod totp;
mod trail;
mod upload;
mod value;
pub(crate) mod words;

pub(crate) use offer::ground;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post as sent};
use tower_http::compression::CompressionLayer;

use crate::server::Server;

pub(crate) fn router() -> Router<Arc<Server>> {
    let pages = Router::new()
        .route("/", get(desk::desk))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route(second::PATH, get(second::page).post(second::change))
        .route(session::SIGN_OUT, sent(sign_in::sign_out))
        .route(password::PATH, get(password::page).post(password::change))
        .route("/accounts", get(account_list::page).post(account_list::act))
        .route("/devices", get(device_list::page).post(device_list::act))
        .route("/provider", get(provider::go))
        .route(provider::BACK, get(provider::back))
        .route("/provider/code", sent(provider::code))
        .route("/post", sent(post::take))
        .route("/cases/{number}", get(case_file::case_file))
        .route("/cases/{number}/copy", get(copy::copy))
        .route("/cases/{number}/shown", sent(case_file::shown))
        .route("/cases/{number}/notes", sent(note::note))
        .route("/cases/{number}/acts", sent(act::act))
        .route("/cases/{number}/documents", sent(documents::issue))
        .route("/cases/{number}/rating", get(rating::page).post(rating::rate))
        .route("/tasks", get(tasks::tasks))
        .route("/tasks/{number}", get(task::page).post(task::act))
        .route("/recusals", get(recusals::recusals))
        .route("/refused", get(refused::refused))
        .route("/audit", get(audit::audit))
        .route("/messages", get(messages::messages).post(messages::again))
        .route("/reminders", get(reminders::reminders).post(reminders::read))
        // It is written to the disk as it comes, and has a limit of its own.
        .route("/mailbag", get(mailbag::page).post(mailbag::take_in))
        .route("/residents", get(residents::page).post(residents::bring))
        .layer(DefaultBodyLimit::disable())
        .route("/residents/confirm", sent(residents::confirm))
        .route("/residents/proposals", sent(proposals::decide))
        .route("/notices/{digest}", get(notice::notice))
        .layer(CompressionLayer::new());
    Router::new()
        .merge(pages)
        .route("/cases/{number}/files/{file}", get(material::file))
        .route("/cases/{number}/documents/{year}/{serial}", get(documents::file))
        .layer(from_fn(refuse_other_sites))
        .layer(map_response(keep_nothing))
        .route("/console.css", get(|| asset("text/css", include_str!("../static/console.css"))))
        .route(
            "/console.js",
            get(|| asset("text/javascript", include_str!("../static/console.js"))),
        )
        .fallback(page::not_found)
}

/// Nothing personal stays in a browser's cache.
async fn keep_nothing(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// No other site's page may send forms here. Browsers that say nothing about where a request
/// comes from are held by the cookie's `SameSite` and by each form's token.
async fn refuse_other_sites(request: Request, next: Next) -> Response {
    let from = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    let is_own = matches!(from, None | Some(b"same-origin" | b"none"));
    match is_own || request.method().is_safe() {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    let kind = format!("{kind}; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache".to_owned())], text).into_response()
}
