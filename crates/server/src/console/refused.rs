//! What was not taken, and why. There is nothing of anybody's answers on this page.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::sync::RefusalReason;

use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::words;
use crate::cases::local;
use crate::server::Server;
use crate::storage::{self, StorageError};

/// How many refusals are shown.
const MOST: u64 = 200;

#[derive(Template)]
#[template(path = "refused.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    digest: String,
    reason: &'static str,
    words: String,
    details: String,
    envelope: String,
    length: u64,
    first_at: String,
    last_at: String,
    times: u64,
    /// When the very envelope came unaltered, if it did.
    received_at: Option<String>,
}

pub(super) async fn refused(State(server): State<Arc<Server>>, signed_in: SignedIn) -> Response {
    if !signed_in.takes_in() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(server: &Server, signed_in: &SignedIn) -> Result<Page, StorageError> {
    let mut db = server.storage.read().await?;
    let found = storage::refused::latest(&mut *db, &server.township, MOST).await?;
    let frame = desk::frame(&mut *db, server, signed_in, &Choice::default(), "refused").await?;
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let moment = |at| words::moment(local(pack, at), local(pack, now));
    let lines = found.into_iter().map(|refused| Line {
        digest: refused.digest.to_string(),
        reason: reason(refused.reason),
        words: refused.words,
        details: refused.details,
        envelope: refused.envelope.map(|id| id.to_string()).unwrap_or_default(),
        length: refused.length,
        first_at: moment(refused.first_at),
        last_at: moment(refused.last_at),
        times: refused.times,
        received_at: refused.received_at.map(moment),
    });
    Ok(Page { frame, lines: lines.collect() })
}

fn reason(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::Unopenable => "打不开：路上损坏或被改过",
        RefusalReason::Elsewhere => "别的乡镇的",
        RefusalReason::Forged => "签名对不上",
        RefusalReason::Unknown => "没有这张表，或者版本不同",
        RefusalReason::Unfit => "没有填对，或者算得不一样",
        RefusalReason::Conflicting => "和先前收到的不一样",
        RefusalReason::Later => "当时存不下",
        RefusalReason::Revoked => "填的手机已经报停",
        RefusalReason::Superseded => "办件已经和提的时候不一样",
        RefusalReason::Denied => "没有这一件，或者不是那部手机的",
    }
}
