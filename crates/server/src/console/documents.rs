//! The documents of a case: what was issued, what its events call for, and the files.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use pack::DocumentKind;
use protocol::CaseNumber;
use serde::Deserialize;

use super::page;
use super::session::SignedIn;
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Now, local};
use crate::documents::{self, Called, NotIssued, Wish};
use crate::server::Server;
use crate::storage::documents::Document;
use crate::storage::{self, StorageError};

/// The longest reasons, in characters.
const LONGEST: usize = 500;

/// The documents of a case, for its page.
pub(super) struct Papers {
    pub(super) issued: Vec<Paper>,
    pub(super) offered: Vec<Offered>,
}

/// One that was issued.
pub(super) struct Paper {
    pub(super) title: String,
    pub(super) number: String,
    pub(super) href: String,
    pub(super) issued_at: String,
    pub(super) issued_by: String,
}

/// One that can be.
pub(super) struct Offered {
    pub(super) event: u64,
    pub(super) kind: &'static str,
    pub(super) title: String,
    /// When that happened of which it tells.
    pub(super) at: String,
    pub(super) needs_words: bool,
}

impl Papers {
    /// What whoever looks sees of them; `can_issue` is whether those of the case are theirs to issue.
    pub(super) fn of(
        now: Now<'_>,
        can_issue: bool,
        case: &AtHand,
        issued: Vec<Document>,
    ) -> Result<Self, StorageError> {
        let pack = &now.pack.pack;
        let is_issued = |one: &Called| {
            issued.iter().any(|kept| kept.event == one.event && kept.kind == one.kind.name())
        };
        let mut offered = Vec::new();
        if let (Some(written), true) = (&pack.documents, can_issue) {
            for called in documents::called_for(case)?.iter().filter(|one| !is_issued(one)) {
                offered.push(Offered {
                    event: called.event,
                    kind: called.kind.name(),
                    title: written.title(called.kind).to_owned(),
                    at: happened_at(now, case, called.event),
                    needs_words: called.lacks_reasons(),
                });
            }
        }
        let paper = |kept: Document| Paper {
            href: format!("/console/cases/{}/documents/{}/{}", kept.case.0, kept.year, kept.serial),
            title: kept.title,
            number: kept.number,
            issued_at: words::moment(local(pack, kept.issued_at), now.local()),
            issued_by: pack
                .officer(&kept.issued_by)
                .map_or(kept.issued_by.clone(), |officer| officer.name.clone()),
        };
        Ok(Self { issued: issued.into_iter().map(paper).collect(), offered })
    }
}

fn happened_at(now: Now<'_>, case: &AtHand, event: u64) -> String {
    let place = usize::try_from(event - 1).unwrap_or(usize::MAX);
    let known = case.events.get(place).and_then(|(_, event)| event.case());
    known.map(|event| words::moment(event.at, now.local())).unwrap_or_default()
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Sent {
    csrf: String,
    event: u64,
    kind: String,
    #[serde(default)]
    words: String,
}

pub(super) async fn issue(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    let Some(kind) = DocumentKind::named(&sent.kind) else { return page::nothing_here() };
    let back = format!("/console/cases/{number}");
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let words = sent.words.trim().chars().take(LONGEST).collect();
    let wish = Wish { case: CaseNumber(number), event: sent.event, kind, words, host };
    let (reach, account) = (signed_in.reach.counter(), &signed_in.officer.account);
    match documents::issue(&server, &signed_in.pack, &reach, account, &wish).await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(NotIssued::Unknown) => page::nothing_here(),
        Err(NotIssued::Storage(error)) => page::not_now(&error),
        Err(error) => page::not_issued(&error, &back),
    }
}

/// The file of a document, to be printed or handed on. Browsers do not show it here: it holds what
/// people wrote, and programs that show such files have faults of their own.
pub(super) async fn file(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path((case, year, serial)): Path<(String, i64, u64)>,
) -> Response {
    match read(&server, &signed_in, CaseNumber(case), (year, serial)).await {
        Ok(Some((number, pdf))) => {
            let name: String = number.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let about = [
                (CONTENT_TYPE, "application/pdf".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}.pdf")),
                (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
            ];
            (StatusCode::OK, about, pdf).into_response()
        }
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

/// The number and the file of a document of a case that they may see. That it was read is in the audit.
async fn read(
    server: &Server,
    signed_in: &SignedIn,
    case: CaseNumber,
    which: (i64, u64),
) -> Result<Option<(String, Vec<u8>)>, StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    // Nobody's number is so large; a database would take it for another.
    if i64::try_from(which.1).is_err()
        || storage::cases::find_for(db, &signed_in.reach, &case).await?.is_none()
    {
        return Ok(None);
    }
    let Some((number, pdf)) = storage::documents::file(db, township, &case, which).await? else {
        return Ok(None);
    };
    let did = Deed::ReadDocument { case: case.0, number: number.clone() };
    let who = signed_in.officer.account.clone();
    audit::record(db, township, &Entry { at: server.clock.now(), who, did }).await?;
    transaction.commit().await?;
    Ok(Some((number, pdf)))
}
