//! Pages in general, and those that say that something is not to be had.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::storage::StorageError;

#[derive(Template)]
#[template(path = "told.html")]
struct Told {
    title: &'static str,
    words: &'static str,
}

/// A page.
pub(super) fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!("a page could not be made: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// There is no such thing, or it is none of the officer's business: both look alike.
pub(super) async fn not_found() -> Response {
    nothing_here()
}

/// See [`not_found`].
pub(super) fn nothing_here() -> Response {
    let words = "没有这一件，或者它不归您所在的机构办。";
    show(StatusCode::NOT_FOUND, &Told { title: "找不到", words })
}

/// A form of a page that was open too long.
pub(super) fn expired() -> Response {
    let words = "这一页放得太久了。请退回去刷新一下，再做一次。";
    show(StatusCode::FORBIDDEN, &Told { title: "请再做一次", words })
}

/// The database or the disk does not do it now.
pub(super) fn not_now(error: &StorageError) -> Response {
    tracing::error!("storage: {error}");
    let (status, words) = match error {
        StorageError::Full => (
            StatusCode::INSUFFICIENT_STORAGE,
            "服务器的硬盘满了，什么都没有丢，但现在打不开、也存不下。请马上告诉管理员清理硬盘。",
        ),
        _ => (
            StatusCode::SERVICE_UNAVAILABLE,
            "服务器这会儿读不出来，什么都没有丢。请过一会儿再试，还不行就告诉管理员。",
        ),
    };
    show(status, &Told { title: "现在打不开", words })
}
