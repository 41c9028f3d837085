//! Who did what, for auditors. That they looked is in it too.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use protocol::decode;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::local;
use crate::server::Server;
use crate::storage::{self, StorageError};

/// How many entries a page shows.
const MOST: u64 = 100;

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// Where what was before goes on; none where nothing was.
    before: Option<u64>,
}

struct Line {
    place: u64,
    at: String,
    who: String,
    what: String,
}

/// Which part is shown.
#[derive(Deserialize)]
pub(super) struct Part {
    /// What stands before this entry; the latest, where it is not said.
    before: Option<u64>,
}

pub(super) async fn audit(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(part): Query<Part>,
) -> Response {
    if !signed_in.audits() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in, &part).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(server: &Server, signed_in: &SignedIn, part: &Part) -> Result<Page, StorageError> {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    {
        let mut transaction = server.storage.write().await?;
        let who = signed_in.officer.account.clone();
        let entry = Entry { at: now, who, did: Deed::ReadAudit };
        audit::record(&mut *transaction, &server.township, &entry).await?;
        transaction.commit().await?;
    }
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let before = part.before.unwrap_or(i64::MAX as u64).min(i64::MAX as u64);
    let found = storage::audit::before(db, &server.township, before, MOST).await?;
    let mut lines = Vec::new();
    for (place, body) in &found {
        let entry: Entry = decode(body).map_err(|_| StorageError::Unreadable("audit"))?;
        let officer = pack.officer(&entry.who);
        lines.push(Line {
            place: *place,
            at: words::moment(local(pack, entry.at), local(pack, now)),
            who: officer
                .map_or(entry.who.clone(), |officer| format!("{}（{}）", officer.name, entry.who)),
            what: audit::words(&entry.did),
        });
    }
    let first = found.last().map(|(place, _)| *place).filter(|place| *place > 1);
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "audit").await?;
    Ok(Page { frame, lines, before: first })
}
