//! What clerks say otherwise of people than the roster: whoever keeps it says which is right.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::CaseNumber;
use serde::Deserialize;

use super::page;
use super::session::SignedIn;
use crate::api::digest_from_hex;
use crate::audit::{self, Deed, Entry};
use crate::cases::Now;
use crate::residents;
use crate::server::Server;
use crate::storage::residents::Proposal;
use crate::storage::{self, StorageError};

/// So many are shown at a time.
const MOST: u64 = 50;

/// What a page shows of them.
pub(super) struct Proposals {
    pub(super) lines: Vec<Line>,
    /// How many more there are.
    pub(super) more: u64,
}

/// One of them.
pub(super) struct Line {
    pub(super) key: String,
    pub(super) household: String,
    /// Whose identity number ends so.
    pub(super) person: String,
    pub(super) column: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) case: String,
    pub(super) who: String,
}

/// What a button sends.
#[derive(Deserialize)]
pub(super) struct Decided {
    csrf: String,
    key: String,
    case: String,
    /// `take`, or anything else.
    #[serde(rename = "do")]
    what: String,
}

/// Those that wait. That somebody read them is in the audit.
pub(super) async fn waiting(
    server: &Server,
    signed_in: &SignedIn,
) -> Result<Proposals, StorageError> {
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let (proposals, all) = storage::residents::proposals(db, &server.township, MOST).await?;
    if !proposals.is_empty() {
        let who = signed_in.officer.account.clone();
        let did = Deed::ReadProposals(proposals.len() as u64);
        let entry = Entry { at: server.clock.now(), who, did };
        audit::record(db, &server.township, &entry).await?;
        transaction.commit().await?;
    }
    let more = all - proposals.len() as u64;
    let lines = proposals.into_iter().map(|one| line(signed_in, one)).collect();
    Ok(Proposals { lines, more })
}

fn line(signed_in: &SignedIn, proposal: Proposal) -> Line {
    let pack = &signed_in.pack.pack;
    let Proposal { key, household, person, column, before, after, case, account } = proposal;
    let heading = pack.residents.as_ref().and_then(|own| own.headings.get(&column));
    let end = person.chars().count().saturating_sub(4);
    Line {
        key: key.to_string(),
        household,
        person: person.chars().skip(end).collect(),
        column: heading.cloned().unwrap_or(column),
        before,
        after,
        case: case.0,
        who: pack.officer(&account).map_or(account, |officer| officer.name.clone()),
    }
}

pub(super) async fn decide(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(decided): Form<Decided>,
) -> Response {
    if !signed_in.keeps_roster() {
        return page::nothing_here();
    }
    if !signed_in.sent(&decided.csrf) {
        return page::expired();
    }
    let Some(key) = digest_from_hex(&decided.key) else { return page::nothing_here() };
    let now = Now::new(&server, &signed_in.pack);
    let (account, case) = (&signed_in.officer.account, CaseNumber(decided.case));
    let is_taken = decided.what == "take";
    match residents::decide(now, account, &key, &case, is_taken).await {
        Ok(true) => Redirect::to("/console/residents").into_response(),
        Ok(false) => page::superseded("村里又报过，或者台账变了", "/console/residents"),
        Err(error) => page::not_now(&error),
    }
}
