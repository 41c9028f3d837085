//! Writing something down in a case.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::Refusal;
use protocol::CaseNumber;
use serde::Deserialize;

use super::page;
use super::session::SignedIn;
use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Event, NotDone, Now};
use crate::server::Server;
use crate::storage;

/// The longest note, in characters.
const LONGEST: usize = 500;

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Note {
    csrf: String,
    words: String,
}

pub(super) async fn note(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Form(note): Form<Note>,
) -> Response {
    if !signed_in.sent(&note.csrf) {
        return page::expired();
    }
    let path = format!("/console/cases/{number}");
    let back = Redirect::to(&path).into_response();
    let words: String = note.words.trim().chars().take(LONGEST).collect();
    match keep(&server, &signed_in, &CaseNumber(number), words).await {
        Ok(true) => back,
        Ok(false) => page::nothing_here(),
        Err(NotDone::Storage(error)) => page::not_now(&error),
        Err(error) => page::not_done(&error, &path),
    }
}

async fn keep(
    server: &Server,
    signed_in: &SignedIn,
    number: &CaseNumber,
    words: String,
) -> Result<bool, NotDone> {
    let mut transaction = server.storage.write().await?;
    let (db, now) = (&mut *transaction, Now::new(server, &signed_in.pack));
    let Some(row) = storage::cases::hold_for(db, &signed_in.reach.worked(), number).await? else {
        return Ok(false);
    };
    if words.is_empty() {
        return Ok(true);
    }
    let mut case = AtHand::take(db, now, row).await?;
    if case.case.is_recused(&signed_in.officer.account) {
        return Err(Refusal::Recused.into());
    }
    let by = signed_in.officer.account.clone();
    let entry = Entry { at: now.at, who: by.clone(), did: Deed::Noted(number.0.clone()) };
    audit::record(db, &server.township, &entry).await?;
    case.happen(db, now, Event::Noted { by, words }).await?;
    transaction.commit().await?;
    Ok(true)
}
