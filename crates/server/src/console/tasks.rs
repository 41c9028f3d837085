//! The tasks of whoever supervises: bad ratings, and what risk rules raised.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use protocol::ItemId;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::words::{self, Lamp};
use crate::audit::{self, Deed, Entry};
use crate::cases::{Now, local};
use crate::server::Server;
use crate::storage::tasks::{Listed, Row};
use crate::storage::{self, StorageError};
use crate::supervision::{Cause, Event};

/// How many a page shows.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "tasks.html")]
struct Page {
    frame: Frame,
    is_closed: bool,
    lines: Vec<Line>,
    /// Where it goes on; none where nothing is left.
    next: Option<String>,
}

struct Line {
    number: String,
    what: String,
    item: String,
    case: String,
    raised_at: String,
    lamp: Lamp,
    until: String,
}

/// Which part is shown.
#[derive(Deserialize)]
pub(super) struct Part {
    /// `closed`, or the open ones.
    #[serde(default)]
    show: String,
    /// Counted from 0.
    #[serde(default)]
    page: u32,
}

pub(super) async fn tasks(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(part): Query<Part>,
) -> Response {
    if !signed_in.supervises() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in, &part).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(server: &Server, signed_in: &SignedIn, part: &Part) -> Result<Page, StorageError> {
    let now = Now::new(server, &signed_in.pack);
    let (township, account) = (&server.township, &signed_in.officer.account);
    {
        let mut transaction = server.storage.write().await?;
        let entry = Entry { at: now.at, who: account.clone(), did: Deed::ReadTasks };
        audit::record(&mut *transaction, township, &entry).await?;
        transaction.commit().await?;
    }
    let mut db = server.storage.read().await?;
    let (db, is_closed) = (&mut *db, part.show == "closed");
    let after = u64::from(part.page) * MOST;
    // One more, to know whether there are more.
    let mut found =
        storage::tasks::list(db, township, account, is_closed, (after, MOST + 1)).await?;
    let is_cut = found.len() as u64 > MOST;
    found.truncate(MOST as usize);
    let show = if is_closed { "show=closed&" } else { "" };
    let next = is_cut.then(|| format!("/console/tasks?{show}page={}", part.page + 1));
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "tasks").await?;
    let lines = found.into_iter().map(|listed| line(now, listed)).collect();
    Ok(Page { frame, is_closed, lines, next })
}

fn line(now: Now<'_>, listed: Listed) -> Line {
    let Listed { row, raised, item } = listed;
    let pack = &now.pack.pack;
    let (lamp, until) = limit(now, &row);
    let item = ItemId(item);
    Line {
        what: match &raised {
            Event::Raised(cause) => name(cause),
            _ => String::new(),
        },
        item: pack.item(&item).map_or(item.0.clone(), |item| item.name.clone()),
        case: row.case.0,
        raised_at: words::moment(local(pack, row.raised_at), now.local()),
        lamp,
        until,
        number: row.number,
    }
}

/// What a task is called.
pub(super) fn name(cause: &Cause) -> String {
    match cause {
        Cause::Rating { .. } => "差评".to_owned(),
        Cause::Risk { name, .. } => format!("风险：{name}"),
    }
}

/// How a task stands against its limit, and when that ends.
pub(super) fn limit(now: Now<'_>, row: &Row) -> (Lamp, String) {
    let pack = &now.pack.pack;
    let end = local(pack, row.due_at);
    if let Some(closed_at) = row.closed_at {
        let words = if closed_at < row.due_at { "按时办完" } else { "超期办完" };
        return (Lamp { colour: "done", words: words.into() }, String::new());
    }
    let last = end.saturating_sub(time::Duration::DAY).date();
    let until = words::end(end, now.local(), pack.calendar.is_known(last));
    (words::left(pack, end, now.local(), "超期"), format!("{until}止"))
}
