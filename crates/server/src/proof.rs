//! `/proof/{code}`: whether a document is true, for anybody who holds it. No signing in, no script.
//!
//! The code has 128 random bits, which nobody guesses, and stands on the document alone. What the page
//! tells is what who holds the document reads on it anyway, and less: no name, no reasons.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use data_encoding::BASE32_NOPAD;
use protocol::keys::verify;
use protocol::{Issued, Signed, decode};

use crate::cases::local;
use crate::server::Server;
use crate::storage::documents::Document;
use crate::storage::{self, StorageError};

/// How many of the last characters of a case's number are shown.
const SHOWN: usize = 4;

/// The path of the proof of a document.
pub(crate) fn path(code: &[u8; 16]) -> String {
    format!("/proof/{}", BASE32_NOPAD.encode(code))
}

pub(crate) fn router() -> Router<Arc<Server>> {
    let style = || async {
        let style = include_str!("../static/proof.css");
        ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], style)
    };
    Router::new().route("/proof.css", get(style)).route("/{code}", get(proof))
}

#[derive(Template)]
#[template(path = "proof.html")]
struct Page {
    township: String,
    /// The verdict.
    answer: &'static str,
    is_true: bool,
    rows: [(&'static str, String); 7],
    advice: &'static str,
}

impl Page {
    fn new(township: &str, found: Option<&Document>, issued: String) -> Self {
        let of = |value: fn(&Document) -> String| found.map_or_else(|| "—".to_owned(), value);
        Self {
            township: township.to_owned(),
            answer: if found.is_some() { "镇里出过这份文书" } else { "没有这份文书" },
            is_true: found.is_some(),
            rows: [
                ("文书", of(|one| one.title.clone())),
                ("文号", of(|one| one.number.clone())),
                ("出具", found.map_or("—", |_| township).to_owned()),
                ("日期", issued),
                ("办件编号", of(|one| hidden(&one.case.0))),
                ("给谁", of(|one| one.addressee.clone())),
                ("文件的 SHA-256", of(|one| one.digest.to_string())),
            ],
            advice: match found.is_some() {
                true => "请和手里的一项一项对。有一项不一样，就不是镇里出的那一份。",
                false => "网址抄错了，或者不是镇里出的。拿着文书到镇里的窗口问一问。",
            },
        }
    }
}

async fn proof(State(server): State<Arc<Server>>, Path(code): Path<String>) -> Response {
    match find(&server, &code).await {
        Ok(found) => {
            let pack = server.packs.in_force();
            let issued = found.as_ref().map(|one| {
                let (year, month, day) = local(&pack.pack, one.issued_at).to_calendar_date();
                format!("{year}年{}月{day}日", u8::from(month))
            });
            let issued = issued.unwrap_or_else(|| "—".to_owned());
            show(&Page::new(&pack.pack.township.name, found.as_ref(), issued))
        }
        Err(error) => {
            tracing::error!("storage: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "现在查不到，请过一会儿再试。").into_response()
        }
    }
}

fn show(page: &Page) -> Response {
    match page.render() {
        // Also where there is none: some browsers that scan codes put a page of their own in the place of
        // one that says 404.
        Ok(html) => ([(CACHE_CONTROL, "private, no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!("a page could not be made: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The document whose proof this is, if what is kept of it is what the township signed.
async fn find(server: &Server, code: &str) -> Result<Option<Document>, StorageError> {
    let code = BASE32_NOPAD.decode(code.to_ascii_uppercase().as_bytes());
    let Some(code) = code.ok().and_then(|code| code.try_into().ok()) else { return Ok(None) };
    let mut db = server.storage.read().await?;
    let found = storage::documents::by_code(&mut *db, &server.township, &code).await?;
    Ok(found.filter(|document| {
        let is_true = is_signed(server, document);
        if !is_true {
            tracing::error!("what is kept of a document is not what was signed");
        }
        is_true
    }))
}

fn is_signed(server: &Server, document: &Document) -> bool {
    let Ok(signed) = decode::<Signed<Issued>>(&document.signed) else { return false };
    let Ok(claim) = signed.claim() else { return false };
    let keys = server.keys.in_force();
    let mut signing = keys.rings().flat_map(|ring| ring.signing_keys());
    let key = signing.find(|key| key.key_id() == claim.key);
    let Some(issued) = key.and_then(|key| verify(&signed, &key).ok()) else { return false };
    issued.township == server.township
        && issued.number == document.number
        && issued.title == document.title
        && issued.case == document.case
        && issued.digest == document.digest
        && issued.issued_at == document.issued_at
}

/// The number of a case as strangers may read it.
fn hidden(number: &str) -> String {
    let length = number.chars().count();
    let hide = |(place, c)| if place + SHOWN < length { '*' } else { c };
    number.chars().enumerate().map(hide).collect()
}
