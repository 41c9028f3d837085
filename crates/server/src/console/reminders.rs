//! What lamps were lit on cases that whoever is signed in answers for, and that they saw it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::ServerTime;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::words;
use crate::cases::local;
use crate::server::Server;
use crate::storage::{self, Connection, StorageError};

/// How many are shown.
const MOST: u64 = 100;
/// What each lamp is called, and its colour on the page.
const LAMPS: [(&str, &str); 4] =
    [("绿灯", "green"), ("黄灯", "amber"), ("橙灯", "orange"), ("红灯", "red")];

#[derive(Template)]
#[template(path = "reminders.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// Until when what is shown was told.
    until: i64,
    is_any_unread: bool,
}

struct Line {
    number: String,
    item: String,
    lamp: &'static str,
    colour: &'static str,
    at: String,
    is_read: bool,
    is_over: bool,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Read {
    csrf: String,
    /// What was told later was not on the page.
    until: i64,
}

pub(super) async fn reminders(State(server): State<Arc<Server>>, signed_in: SignedIn) -> Response {
    if !signed_in.is_reminded() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

pub(super) async fn read(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(read): Form<Read>,
) -> Response {
    if !signed_in.is_reminded() {
        return page::nothing_here();
    }
    if !signed_in.sent(&read.csrf) {
        return page::expired();
    }
    match keep(&server, &signed_in, ServerTime(read.until)).await {
        Ok(()) => Redirect::to("/console/reminders").into_response(),
        Err(error) => page::not_now(&error),
    }
}

async fn keep(
    server: &Server,
    signed_in: &SignedIn,
    until: ServerTime,
) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, account) = (&mut *transaction, &signed_in.officer.account);
    let now = server.clock.now();
    storage::reminders::read(db, &server.township, account, until, now).await?;
    transaction.commit().await
}

async fn lay(server: &Server, signed_in: &SignedIn) -> Result<Page, StorageError> {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let account = &signed_in.officer.account;
    let found = storage::reminders::latest(db, &server.township, account, MOST).await?;
    let until = found.iter().map(|one| one.at.0).max().unwrap_or(0);
    let is_any_unread = found.iter().any(|one| !one.is_read);
    let lines = found.into_iter().map(|one| {
        let (lamp, colour) = lamp(one.lamp);
        Line {
            number: one.case.0,
            item: pack.item(&one.item).map_or(one.item.0.clone(), |item| item.name.clone()),
            lamp,
            colour,
            at: words::moment(local(pack, one.at), local(pack, now)),
            is_read: one.is_read,
            is_over: one.is_over,
        }
    });
    let lines = lines.collect();
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "reminders").await?;
    Ok(Page { frame, lines, until, is_any_unread })
}

/// As in 「1 件红灯，3 件黄灯」: the open cases of which somebody was told, and has not said that they saw it.
pub(super) async fn waiting(
    db: &mut dyn Connection,
    server: &Server,
    signed_in: &SignedIn,
) -> Result<String, StorageError> {
    if !signed_in.is_reminded() {
        return Ok(String::new());
    }
    let account = &signed_in.officer.account;
    let unread = storage::reminders::unread(db, &server.township, account).await?;
    let words = unread.iter().map(|(one, count)| format!("{count} 件{}", lamp(*one).0));
    Ok(words.collect::<Vec<_>>().join("，"))
}

fn lamp(place: u64) -> (&'static str, &'static str) {
    let place = usize::try_from(place).unwrap_or(0);
    LAMPS[place.min(LAMPS.len() - 1)]
}
