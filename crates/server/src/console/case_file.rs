//! A case file: what was applied for, worked out anew from the envelope as it came, its files,
//! its receipt, its clock and its trail.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use casework::Standing;
use protocol::{
    CaseNumber, Command, DeviceTime, Digest, Envelope, EnvelopeId, Informed, Submission, decode,
};
use serde::Deserialize;

use super::desk::{self, Choice};
use super::document::{self, Document, File, Shown};
use super::documents::Papers;
use super::limits::{self, Limit};
use super::offer::{self, Named, Offers};
use super::page;
use super::session::SignedIn;
use super::trail::{self, Step};
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::{self, AtHand, Now, local};
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::{self, StorageError};
use crate::{devices, intake, supervision};

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
    /// How far it has come: the stage that it is at, or what it came to.
    pub(super) stage: String,
    /// The same as the workflow and the server call them.
    pub(super) stage_id: String,
    pub(super) phase: &'static str,
    pub(super) limits: Vec<Limit>,
    pub(super) files: u64,
    pub(super) files_whole: u64,
    pub(super) receipt: String,
    pub(super) document: Document,
    pub(super) trail: Vec<Step>,
    /// What was told of it in writing, and what can be.
    pub(super) papers: Papers,
    /// Whether whoever looks hands its applicant a copy of it.
    pub(super) can_copy: bool,
    /// Whether whoever looks writes notes on it.
    pub(super) can_note: bool,
    /// Whether whoever looks asks whoever it is of how it went.
    pub(super) can_rate: bool,
    /// What whoever looks can do to it.
    pub(super) offers: Offers,
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
    match open(&server, &signed_in, &CaseNumber(number), Shown::Masked).await {
        Ok(Some(case)) => desk::show(&server, &signed_in, &choice, Some(case)).await,
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

/// What the button beside a masked answer sends.
#[derive(Deserialize)]
pub(super) struct Asked {
    csrf: String,
    field: String,
}

/// The case file with the answers to one more question, which is in the audit by its name.
pub(super) async fn shown(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Form(asked): Form<Asked>,
) -> Response {
    if !signed_in.sent(&asked.csrf) {
        return page::expired();
    }
    match unmask(&server, &signed_in, CaseNumber(number), asked.field).await {
        Ok(Some(case)) => desk::show(&server, &signed_in, &Choice::default(), Some(case)).await,
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

async fn unmask(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: CaseNumber,
    field: String,
) -> Result<Option<CaseFile>, StorageError> {
    let opened = open(server, signed_in, &number, Shown::And(field.clone())).await?;
    // What is not there to be asked for is not in the audit either: it may be anything.
    let Some(case) = opened.filter(|case| case.document.has(&field)) else { return Ok(None) };
    let mut transaction = server.storage.write().await?;
    let did = Deed::Unmasked { case: number.0, field };
    let who = signed_in.officer.account.clone();
    let entry = Entry { at: server.clock.now(), who, did };
    audit::record(&mut *transaction, &server.township, &entry).await?;
    transaction.commit().await?;
    Ok(Some(case))
}

/// A case file as whoever is signed in sees it, which is in the audit.
pub(super) async fn open(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: &CaseNumber,
    shown: Shown,
) -> Result<Option<CaseFile>, StorageError> {
    let SignedIn { reach, officer, pack, .. } = signed_in;
    let now = Now::new(server, pack);
    let Some(case) = cases::look(now, reach, &officer.account, number).await? else {
        return Ok(None);
    };
    let (files, receipt, holders, issued, can_issue) = {
        let mut db = server.storage.read().await?;
        let township = &server.township;
        let files = storage::files::of_case(&mut *db, township, number).await?;
        let receipt = storage::envelopes::receipt(&mut *db, township, &case.row.envelope).await?;
        let holders = devices::holders(&mut *db, server, now.at).await?;
        let issued = storage::documents::of_case(&mut *db, township, number).await?;
        let issuing = reach.counter();
        let can_issue = storage::cases::find_for(&mut *db, &issuing, number).await?.is_some();
        (files, receipt, holders, issued, can_issue)
    };
    let whole: BTreeMap<_, _> =
        files.into_iter().map(|file| (file.id, file.whole_at.is_some())).collect();
    let submission = submission(server, case.row.envelope).await?;
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
        lay_out(server, &case.row, signed_in, submission.clone(), (files.collect(), shown)).await?;
    let receipt = receipt.map(|(digest, _)| digest);
    let papers = Papers::of(now, can_issue, &case, issued)?;
    let offers = Offers::of(now, &case, &officer.account, questions, holders);
    Ok(Some(assemble(now, signed_in, case, told, (document, papers, offers), receipt)))
}

/// The filled form in an envelope of a case.
pub(crate) async fn submission(
    server: &Arc<Server>,
    envelope: EnvelopeId,
) -> Result<Submission, StorageError> {
    let command = command(server, envelope).await?;
    command.into_submission().ok_or(StorageError::Unreadable("envelope"))
}

/// What is in an envelope of a case.
pub(super) async fn command(
    server: &Arc<Server>,
    envelope: EnvelopeId,
) -> Result<Command, StorageError> {
    let unreadable = || StorageError::Unreadable("envelope");
    let bytes = {
        let mut db = server.storage.read().await?;
        storage::envelopes::bytes(&mut *db, &server.township, &envelope).await?
    };
    let envelope: Envelope = decode(&bytes.ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    let own = Arc::clone(server);
    let opened = server.checkers.run(move |_| own.keys.in_force().open(&envelope)).await;
    let opened = opened.map_err(|_| unreadable())?.map_err(|_| unreadable())?;
    Ok(opened.order.command)
}

async fn lay_out(
    server: &Server,
    case: &Case,
    signed_in: &SignedIn,
    submission: Submission,
    (files, shown): (BTreeMap<String, File>, Shown),
) -> Result<(Document, Vec<Named>), StorageError> {
    let pack = Arc::clone(&signed_in.pack);
    let (item, digest) = (case.item.clone(), case.form);
    let form = server.form_bytes(&pack, digest).await?;
    let (_, form) = form.ok_or(StorageError::Unreadable("form"))?;
    let document = server.checkers.run(move |forms| {
        let form = forms.get(digest, &form).ok()?;
        let (session, _) = intake::resume(&form, &submission)?;
        let document = document::lay_out(pack.pack.item(&item), &session, &files, &shown);
        Some((document, offer::questions(&session)))
    });
    document.await.ok().flatten().ok_or(StorageError::Unreadable("form"))
}

fn assemble(
    now: Now<'_>,
    signed_in: &SignedIn,
    case: AtHand,
    (filled, informed): (DeviceTime, Option<Informed>),
    (document, papers, offers): (Document, Papers, Offers),
    receipt: Option<Digest>,
) -> CaseFile {
    let pack = &now.pack.pack;
    let by_phone = |time| intake::at(time).map(|at| words::moment(at, now.local()));
    let filled_at = by_phone(filled);
    let informed = informed.map(|informed| Told {
        notice: informed.notice.to_string(),
        at: by_phone(informed.at).unwrap_or_default(),
        guardian: informed.guardian.is_some(),
    });
    let receipt = receipt.map(|digest| digest.to_string()).unwrap_or_default();
    let (limits, trail) = (limits::of(now, &case), trail::steps(now, &case, &receipt));
    let named = case.phase().name();
    let phase = &case.phase().of(&pack.township.phases).name;
    let stage = case.stage().map_or(phase.clone(), |stage| match case.case.standing {
        Standing::Going => stage.name.clone(),
        Standing::Returned { .. } | Standing::Paused { .. } => {
            format!("{}（{phase}）", stage.name)
        }
    });
    let account = &signed_in.officer.account;
    let can_rate = signed_in.takes_ratings() && supervision::may_take_down(&case, account).is_ok();
    let row = case.row;
    CaseFile {
        groups: words::groups(&row.number.0),
        item: pack.item(&row.item).map_or(row.item.0.clone(), |item| item.name.clone()),
        person: row.person,
        about: row.about,
        filled_at: filled_at.unwrap_or_default(),
        informed,
        received_at: words::moment(local(pack, row.received_at), now.local()),
        stage,
        stage_id: row.stage,
        phase: named,
        limits,
        files: row.files,
        files_whole: row.files_whole,
        document,
        trail,
        papers,
        can_copy: signed_in.takes_in(),
        can_note: !signed_in.reach.worked().scopes().is_empty() && !offers.is_recused,
        can_rate,
        offers,
        csrf: signed_in.csrf.clone(),
        number: row.number.0,
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
