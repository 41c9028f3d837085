//! Who keeps out of which cases, for whoever supervises.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::offer;
use super::page;
use super::session::SignedIn;
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::{Now, local};
use crate::server::Server;
use crate::storage::recusals::Recusal;
use crate::storage::{self, StorageError};

/// How many a page shows.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "recusals.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// The next page; none where nothing is left.
    next: Option<u32>,
}

struct Line {
    at: String,
    who: String,
    case: String,
    tie: &'static str,
    words: String,
}

/// Which part is shown.
#[derive(Deserialize)]
pub(super) struct Part {
    /// Counted from 0.
    #[serde(default)]
    page: u32,
}

pub(super) async fn recusals(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(part): Query<Part>,
) -> Response {
    if !signed_in.supervises() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in, part.page).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(server: &Server, signed_in: &SignedIn, page: u32) -> Result<Page, StorageError> {
    let now = Now::new(server, &signed_in.pack);
    {
        let mut transaction = server.storage.write().await?;
        let who = signed_in.officer.account.clone();
        let entry = Entry { at: now.at, who, did: Deed::ReadRecusals };
        audit::record(&mut *transaction, &server.township, &entry).await?;
        transaction.commit().await?;
    }
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let after = u64::from(page) * MOST;
    // One more, to know whether there are more.
    let mut found = storage::recusals::list(db, &server.township, (after, MOST + 1)).await?;
    let next = (found.len() as u64 > MOST).then_some(page + 1);
    found.truncate(MOST as usize);
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "recusals").await?;
    let lines = found.into_iter().map(|recusal| line(now, recusal)).collect();
    Ok(Page { frame, lines, next })
}

fn line(now: Now<'_>, recusal: Recusal) -> Line {
    let (pack, Recusal { case, account, tie, words, at }) = (&now.pack.pack, recusal);
    Line {
        at: words::moment(local(pack, at), now.local()),
        who: pack.officer(&account).map_or(account.clone(), |officer| officer.name.clone()),
        case: case.0,
        tie: offer::tie_words(tie),
        words,
    }
}
