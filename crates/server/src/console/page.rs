//! Pages in general, and those that say that something is not to be had.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::cases::NotDone;
use crate::documents::NotIssued;
use crate::storage::StorageError;

#[derive(Template)]
#[template(path = "told.html")]
struct Told {
    title: &'static str,
    words: String,
    /// Where to go on.
    back: String,
}

impl Told {
    fn new(title: &'static str, words: impl Into<String>) -> Self {
        Self { title, words: words.into(), back: "/console".to_owned() }
    }
}

/// A page.
pub(crate) fn show(status: StatusCode, page: &impl Template) -> Response {
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
    show(StatusCode::NOT_FOUND, &Told::new("找不到", words))
}

/// A form of a page that was open too long.
pub(super) fn expired() -> Response {
    let words = "这一页放得太久了。请退回去刷新一下，再做一次。";
    show(StatusCode::FORBIDDEN, &Told::new("请再做一次", words))
}

/// The case has changed while its page was open.
pub(super) fn superseded(what: &str, back: &str) -> Response {
    let words = format!("您打开这一件以后，{what}。刚才的没有记上，请看过现在的再定。");
    let told = Told { back: back.to_owned(), ..Told::new("这一件变了", words) };
    show(StatusCode::CONFLICT, &told)
}

/// It is not so that this could be done.
pub(super) fn not_so(words: &str, back: &str) -> Response {
    let told = Told { back: back.to_owned(), ..Told::new("还没有记上", words) };
    show(StatusCode::UNPROCESSABLE_ENTITY, &told)
}

/// Something is lacking.
pub(super) fn not_done(error: &NotDone, back: &str) -> Response {
    let told = Told { back: back.to_owned(), ..Told::new("还没有记上", error.to_string()) };
    show(StatusCode::UNPROCESSABLE_ENTITY, &told)
}

/// A document that cannot be issued, or not yet.
pub(super) fn not_issued(error: &NotIssued, back: &str) -> Response {
    let told = Told { back: back.to_owned(), ..Told::new("还没有出文书", error.to_string()) };
    show(StatusCode::UNPROCESSABLE_ENTITY, &told)
}

/// The database or the disk does not do it now.
pub(crate) fn not_now(error: &StorageError) -> Response {
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
    show(status, &Told::new("现在打不开", words))
}
