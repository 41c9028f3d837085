//! What left the township, and what did not: for whoever looks after the machines. It says which case, and
//! not whose; what was written in it is shown in a demonstration alone.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::CaseNumber;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::local;
use crate::outgoing::{Kind, State as Came};
use crate::server::Server;
use crate::storage::outgoing::{Key, Outgoing};
use crate::storage::{self, StorageError};

/// How many are shown.
const MOST: u64 = 200;

#[derive(Template)]
#[template(path = "messages.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// Whether messages are only shown here.
    is_demonstration: bool,
}

struct Line {
    case: String,
    event: u64,
    kind: &'static str,
    what: &'static str,
    destination: String,
    /// Empty outside of a demonstration.
    text: String,
    state: &'static str,
    came: &'static str,
    /// What the other side said last.
    answer: String,
    tries: u64,
    made_at: String,
    next_try_at: Option<String>,
    is_given_up: bool,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Again {
    csrf: String,
    case: String,
    event: u64,
    kind: String,
    destination: String,
}

pub(super) async fn messages(State(server): State<Arc<Server>>, signed_in: SignedIn) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in).await {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(error) => page::not_now(&error),
    }
}

pub(super) async fn again(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(again): Form<Again>,
) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    if !signed_in.sent(&again.csrf) {
        return page::expired();
    }
    let Some(kind) = Kind::named(&again.kind) else { return page::nothing_here() };
    let (case, destination) = (CaseNumber(again.case), again.destination);
    let key = Key { case, event: again.event, kind, destination };
    match send_again(&server, &signed_in, &key).await {
        Ok(()) => Redirect::to("/console/messages").into_response(),
        Err(error) => page::not_now(&error),
    }
}

async fn send_again(server: &Server, signed_in: &SignedIn, key: &Key) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, township, now) = (&mut *transaction, &server.township, server.clock.now());
    if storage::outgoing::again(db, township, key, now).await? {
        let who = signed_in.officer.account.clone();
        let entry = Entry { at: now, who, did: Deed::SentAgain(key.case.0.clone()) };
        audit::record(db, township, &entry).await?;
    }
    transaction.commit().await
}

async fn lay(server: &Server, signed_in: &SignedIn) -> Result<Page, StorageError> {
    {
        let mut transaction = server.storage.write().await?;
        let who = signed_in.officer.account.clone();
        let entry = Entry { at: server.clock.now(), who, did: Deed::ReadOutgoing };
        audit::record(&mut *transaction, &server.township, &entry).await?;
        transaction.commit().await?;
    }
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let found = storage::outgoing::latest(db, &server.township, MOST).await?;
    let lines = found.into_iter().map(|one| line(server, signed_in, one)).collect();
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "messages").await?;
    Ok(Page { frame, lines, is_demonstration: server.gateways.shows_messages() })
}

fn line(server: &Server, signed_in: &SignedIn, one: Outgoing) -> Line {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let moment = |at| words::moment(local(pack, at), local(pack, now));
    let is_shown = one.key.kind == Kind::Sms && server.gateways.shows_messages();
    Line {
        text: match is_shown {
            true => String::from_utf8_lossy(&one.body).into_owned(),
            false => String::new(),
        },
        kind: one.key.kind.name(),
        what: match one.key.kind {
            Kind::Sms => "短信",
            Kind::Webhook => "通知别的系统",
            Kind::County => "交给县里",
        },
        state: one.state.name(),
        came: match one.state {
            Came::Waiting => "等着发",
            Came::Delivered => "送到了",
            Came::GivenUp => "没发成，不再发",
            Came::Needless => "没有手机号，不用发",
        },
        answer: match one.last_answer {
            None => String::new(),
            Some(0) => "连不上".to_owned(),
            Some(code) => format!("对方答 {code}"),
        },
        made_at: moment(one.made_at),
        next_try_at: (one.state == Came::Waiting).then(|| moment(one.next_try_at)),
        is_given_up: one.state == Came::GivenUp,
        tries: one.tries,
        case: one.key.case.0,
        event: one.key.event,
        destination: one.key.destination,
    }
}
