//! A case file: what was applied for, worked out anew from the envelope as it came, its files,
//! its receipt, its clock and its trail.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use protocol::{
    CaseNumber, Command, DeviceTime, Digest, Envelope, Informed, ServerTime, Submission, decode,
};

use super::desk::{self, Choice};
use super::document::{self, Document, File};
use super::page;
use super::session::SignedIn;
use super::words::{self, Lamp};
use crate::audit::{self, Deed, Entry};
use crate::cases::{self, Event, Stage, deadline_words, local};
use crate::intake;
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::{self, StorageError};

/// A case, ready to be shown.
pub(super) struct CaseFile {
    pub(super) number: String,
    pub(super) groups: Vec<String>,
    pub(super) item: String,
    pub(super) person: String,
    pub(super) about: String,
    pub(super) filled_at: String,
    /// What the applicant was told first; none where the item has nothing to tell.
    pub(super) informed: Option<Told>,
    pub(super) received_at: String,
    pub(super) lamp: Lamp,
    pub(super) deadline: String,
    pub(super) files: u64,
    pub(super) files_whole: u64,
    pub(super) receipt: String,
    pub(super) document: Document,
    pub(super) trail: Vec<Step>,
    pub(super) csrf: String,
}

/// A notice that the applicant had understood.
pub(super) struct Told {
    /// Which, as its page is called.
    pub(super) notice: String,
    /// When, by the phone's clock.
    pub(super) at: String,
    /// Whether a child's guardian agreed.
    pub(super) guardian: bool,
}

/// One step of the trail.
pub(super) struct Step {
    pub(super) what: String,
    pub(super) details: String,
}

pub(super) async fn case_file(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Query(choice): Query<Choice>,
) -> Response {
    match open(&server, &signed_in, &CaseNumber(number)).await {
        Ok(Some(case)) => desk::show(&server, &signed_in, &choice, Some(case)).await,
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

async fn open(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: &CaseNumber,
) -> Result<Option<CaseFile>, StorageError> {
    let Some(case) = read_with_audit(server, signed_in, number).await? else { return Ok(None) };
    let (events, files, receipt) = {
        let mut db = server.storage.read().await?;
        let township = &server.township;
        let events = storage::cases::events(&mut *db, township, number).await?;
        let files = storage::files::of_envelope(&mut *db, township, &case.envelope).await?;
        let receipt = storage::envelopes::receipt(&mut *db, township, &case.envelope).await?;
        (events, files, receipt)
    };
    let whole: BTreeMap<_, _> =
        files.into_iter().map(|file| (file.id, file.whole_at.is_some())).collect();
    let submission = submission(server, &case).await?;
    let told = (submission.finished_at, submission.informed.clone());
    let files = submission.files.iter().map(|entry| {
        let file = File {
            id: entry.id.to_string(),
            name: entry.name.clone(),
            digest: entry.digest.to_string(),
            kind: kind(&entry.media_type),
            is_whole: whole.get(&entry.id).copied().unwrap_or(false),
        };
        (entry.name.clone(), file)
    });
    let document = lay_out(server, &case, signed_in, submission.clone(), files.collect()).await?;
    let receipt = receipt.map(|(digest, _)| digest);
    Ok(Some(assemble(server, signed_in, case, told, document, &events, receipt)))
}

/// Reads a case and says so in the audit, in one transaction: what is not in the audit was not
/// read. The first to open it moves it on.
async fn read_with_audit(
    server: &Server,
    signed_in: &SignedIn,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, now) = (&mut *transaction, server.clock.now());
    let Some(case) = storage::cases::find_for(db, &signed_in.scope, number).await? else {
        return Ok(None);
    };
    let who = signed_in.officer.account.clone();
    let entry = Entry { at: now, who: who.clone(), did: Deed::ReadCase(number.0.clone()) };
    audit::record(db, &server.township, &entry).await?;
    if Stage::named(&case.stage)? == Stage::Received {
        let event = Event::Opened { by: who };
        cases::append(db, &server.township, &signed_in.pack, &case, now, &event).await?;
    }
    transaction.commit().await?;
    Ok(Some(case))
}

/// What is in the envelope of a case.
pub(super) async fn submission(
    server: &Arc<Server>,
    case: &Case,
) -> Result<Submission, StorageError> {
    let unreadable = || StorageError::Unreadable("envelope");
    let bytes = {
        let mut db = server.storage.read().await?;
        storage::envelopes::bytes(&mut *db, &server.township, &case.envelope).await?
    };
    let envelope: Envelope = decode(&bytes.ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    let own = Arc::clone(server);
    let opened = server.checkers.run(move |_| own.keys.in_force().open(&envelope)).await;
    let opened = opened.map_err(|_| unreadable())?.map_err(|_| unreadable())?;
    let Command::Submit(submission) = opened.order.command;
    Ok(submission)
}

async fn lay_out(
    server: &Server,
    case: &Case,
    signed_in: &SignedIn,
    submission: Submission,
    files: BTreeMap<String, File>,
) -> Result<Document, StorageError> {
    let pack = Arc::clone(&signed_in.pack);
    let (item, digest) = (case.item.clone(), case.form);
    let form = server.form_bytes(&pack, digest).await?;
    let (_, form) = form.ok_or(StorageError::Unreadable("form"))?;
    let document = server.checkers.run(move |forms| {
        let form = forms.get(digest, &form).ok()?;
        let (session, _) = intake::resume(&form, &submission)?;
        Some(document::lay_out(pack.pack.item(&item), &session, &files))
    });
    document.await.ok().flatten().ok_or(StorageError::Unreadable("form"))
}

fn assemble(
    server: &Server,
    signed_in: &SignedIn,
    case: Case,
    (filled, informed): (DeviceTime, Option<Informed>),
    document: Document,
    events: &[(ServerTime, Event)],
    receipt: Option<Digest>,
) -> CaseFile {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let moment = |at: ServerTime| words::moment(local(pack, at), local(pack, now));
    let by_phone = |time| intake::at(time).map(|at| words::moment(at, local(pack, now)));
    let filled_at = by_phone(filled);
    let informed = informed.map(|informed| Told {
        notice: informed.notice.to_string(),
        at: by_phone(informed.at).unwrap_or_default(),
        guardian: informed.guardian.is_some(),
    });
    let receipt = receipt.map(|digest| digest.to_string()).unwrap_or_default();
    let name = |account: &str| {
        pack.officer(account).map_or(account.to_owned(), |officer| officer.name.clone())
    };
    let trail = events.iter().rev().map(|(at, event)| {
        let (what, by) = match event {
            Event::Received { .. } => ("收到".to_owned(), format!("回执 {:.8}…", receipt)),
            Event::FilesComplete => ("材料到齐".to_owned(), "逐一核对完整".to_owned()),
            Event::Opened { by } => ("打开".to_owned(), name(by)),
            Event::Noted { by, words } => (words.clone(), name(by)),
        };
        Step { what, details: format!("{} · {by}", moment(*at)) }
    });
    CaseFile {
        groups: words::groups(&case.number.0),
        item: pack.item(&case.item).map_or(case.item.0.clone(), |item| item.name.clone()),
        person: case.person.clone(),
        about: case.about.clone(),
        filled_at: filled_at.unwrap_or_default(),
        informed,
        received_at: moment(case.received_at),
        lamp: words::lamp(pack, &case, now),
        deadline: deadline_words(pack, &case).trim().to_owned(),
        files: case.files,
        files_whole: case.files_whole,
        document,
        trail: trail.collect(),
        csrf: signed_in.csrf.clone(),
        number: case.number.0,
        receipt,
    }
}

fn kind(media_type: &str) -> &'static str {
    match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "audio",
        _ => "other",
    }
}
