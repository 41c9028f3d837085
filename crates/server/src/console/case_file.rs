//! A case file: what was applied for, worked out anew from the envelope as it came, its files,
//! its receipt, its clock and its trail.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use protocol::{
    CaseNumber, DeviceTime, Digest, Envelope, EnvelopeId, Informed, ServerTime, Submission, decode,
};

use super::act::{self, Acts, Question};
use super::desk::{self, Choice};
use super::document::{self, Document, File};
use super::page;
use super::session::SignedIn;
use super::trail::{self, Step};
use super::words::{self, Lamp};
use crate::cases::{self, Event, Stage, deadline_words, local};
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::{self, StorageError};
use crate::{devices, intake};

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
    /// Whether it is still to be decided.
    pub(super) is_open: bool,
    pub(super) deadline: String,
    pub(super) files: u64,
    pub(super) files_whole: u64,
    pub(super) receipt: String,
    pub(super) document: Document,
    pub(super) trail: Vec<Step>,
    /// What the officer can do to it.
    pub(super) acts: Acts,
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
    let SignedIn { scope, officer, pack, .. } = signed_in;
    let Some(case) = cases::look(server, pack, scope, &officer.account, number).await? else {
        return Ok(None);
    };
    let (events, files, receipt, holders) = {
        let mut db = server.storage.read().await?;
        let township = &server.township;
        let events = storage::cases::events(&mut *db, township, number).await?;
        let files = storage::files::of_case(&mut *db, township, number).await?;
        let receipt = storage::envelopes::receipt(&mut *db, township, &case.envelope).await?;
        let holders = devices::holders(&mut *db, server, server.clock.now()).await?;
        (events, files, receipt, holders)
    };
    let whole: BTreeMap<_, _> =
        files.into_iter().map(|file| (file.id, file.whole_at.is_some())).collect();
    let submission = submission(server, case.envelope).await?;
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
    let (document, questions) =
        lay_out(server, &case, signed_in, submission.clone(), files.collect()).await?;
    let receipt = receipt.map(|(digest, _)| digest);
    let acts = Acts::of(&case, questions, holders)?;
    Ok(Some(assemble(server, signed_in, case, told, (document, acts), &events, receipt)?))
}

/// The filled form in an envelope of a case.
pub(super) async fn submission(
    server: &Arc<Server>,
    envelope: EnvelopeId,
) -> Result<Submission, StorageError> {
    let unreadable = || StorageError::Unreadable("envelope");
    let bytes = {
        let mut db = server.storage.read().await?;
        storage::envelopes::bytes(&mut *db, &server.township, &envelope).await?
    };
    let envelope: Envelope = decode(&bytes.ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    let own = Arc::clone(server);
    let opened = server.checkers.run(move |_| own.keys.in_force().open(&envelope)).await;
    let opened = opened.map_err(|_| unreadable())?.map_err(|_| unreadable())?;
    opened.order.command.into_submission().ok_or_else(unreadable)
}

async fn lay_out(
    server: &Server,
    case: &Case,
    signed_in: &SignedIn,
    submission: Submission,
    files: BTreeMap<String, File>,
) -> Result<(Document, Vec<Question>), StorageError> {
    let pack = Arc::clone(&signed_in.pack);
    let (item, digest) = (case.item.clone(), case.form);
    let form = server.form_bytes(&pack, digest).await?;
    let (_, form) = form.ok_or(StorageError::Unreadable("form"))?;
    let document = server.checkers.run(move |forms| {
        let form = forms.get(digest, &form).ok()?;
        let (session, _) = intake::resume(&form, &submission)?;
        let document = document::lay_out(pack.pack.item(&item), &session, &files);
        Some((document, act::questions(&session)))
    });
    document.await.ok().flatten().ok_or(StorageError::Unreadable("form"))
}

fn assemble(
    server: &Server,
    signed_in: &SignedIn,
    case: Case,
    (filled, informed): (DeviceTime, Option<Informed>),
    (document, acts): (Document, Acts),
    events: &[(ServerTime, Event)],
    receipt: Option<Digest>,
) -> Result<CaseFile, StorageError> {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let by_phone = |time| intake::at(time).map(|at| words::moment(at, local(pack, now)));
    let filled_at = by_phone(filled);
    let informed = informed.map(|informed| Told {
        notice: informed.notice.to_string(),
        at: by_phone(informed.at).unwrap_or_default(),
        guardian: informed.guardian.is_some(),
    });
    let receipt = receipt.map(|digest| digest.to_string()).unwrap_or_default();
    Ok(CaseFile {
        groups: words::groups(&case.number.0),
        item: pack.item(&case.item).map_or(case.item.0.clone(), |item| item.name.clone()),
        person: case.person.clone(),
        about: case.about.clone(),
        filled_at: filled_at.unwrap_or_default(),
        informed,
        received_at: words::moment(local(pack, case.received_at), local(pack, now)),
        lamp: words::lamp(pack, &case, now),
        is_open: Stage::named(&case.stage)?.is_open(),
        deadline: deadline_words(pack, &case).trim().to_owned(),
        files: case.files,
        files_whole: case.files_whole,
        document,
        trail: trail::steps(pack, events, &receipt, now),
        acts,
        csrf: signed_in.csrf.clone(),
        number: case.number.0,
        receipt,
    })
}

fn kind(media_type: &str) -> &'static str {
    match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "audio",
        _ => "other",
    }
}
