//! Keeping what passed, and what did not, inside the writer's transaction.

use calendar::Deadline;
use protocol::file::sealed_length;
use protocol::sync::RefusalReason;
use protocol::{CaseNumber, Completion, Digest, Receipt, ServerTime, Signed, Verdict};

use super::arrival::Arrival;
use super::refusal::{self, Refused};
use crate::cases::{self, Event, Stage, local};
use crate::delivery;
use crate::keys::in_suite;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::envelopes::Kept;
use crate::storage::files::File;
use crate::storage::{self, Connection, StorageError};

/// Why an arrival is not kept.
pub(super) enum NotKept {
    /// Something else came before that it contradicts.
    Conflicting,
    /// The device whose order it is was revoked before it came.
    Revoked,
    /// Nothing could be kept.
    Storage(StorageError),
}

impl From<StorageError> for NotKept {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// Keeps an arrival and gives its receipt; of a repeated one, the receipt that it has.
pub(super) async fn keep(
    db: &mut dyn Connection,
    server: &Server,
    pack: &InForce,
    arrival: &Arrival,
    now: ServerTime,
) -> Result<Signed<Receipt>, NotKept> {
    let township = &server.township;
    if let Some(receipt) = earlier(db, server, arrival).await? {
        return Ok(receipt);
    }
    if storage::devices::is_revoked(db, township, &arrival.author).await? {
        return Err(NotKept::Revoked);
    }
    let number = number(db, server, pack, arrival, now).await?;
    let keys = server.keys.in_force();
    let keys = in_suite(&keys, arrival.suite)?;
    let receipt = keys.sign(&Receipt {
        envelope: arrival.envelope,
        digest: arrival.digest,
        township: township.clone(),
        case: number.clone(),
        received_at: now,
        key: keys.signing_key().key_id(),
    });
    let kept = Kept {
        id: arrival.envelope,
        digest: arrival.digest,
        bytes: &arrival.bytes,
        receipt: &receipt,
        case: &number,
        received_at: now,
    };
    if !storage::envelopes::keep(db, township, &kept).await? {
        // Another process kept it between the two statements: it has the receipt.
        return earlier(db, server, arrival).await?.ok_or(NotKept::Conflicting);
    }
    let case = case(pack, arrival, number, now);
    if !storage::cases::open(db, township, &case).await? {
        return Err(NotKept::Conflicting);
    }
    expect_files(db, server, arrival, &case).await?;
    let event = Event::Received {
        envelope: arrival.envelope,
        office: arrival.office.clone(),
        finished_at: arrival.submission.finished_at,
    };
    cases::append(db, township, pack, &case, now, &event).await?;
    if arrival.submission.files.is_empty() {
        let completion = completion(server, arrival, now)?;
        storage::envelopes::complete(db, township, &arrival.envelope, &completion).await?;
    }
    storage::refused::resolve(db, township, &arrival.envelope, now).await?;
    Ok(receipt)
}

/// Keeps a refusal, unless it is only for now.
pub(super) async fn keep_refused(
    db: &mut dyn Connection,
    server: &Server,
    refused: &Refused,
    now: ServerTime,
) -> Result<(), StorageError> {
    let refusal = &refused.refusal;
    if refusal.reason == RefusalReason::Later {
        return Ok(());
    }
    let row = storage::refused::Refused {
        digest: refusal.seen,
        envelope: refusal.envelope,
        reason: refusal.reason,
        words: refusal.words.clone(),
        details: refused.details.clone(),
        length: refused.bytes.len() as u64,
        first_at: now,
        last_at: now,
        times: 1,
        received_at: None,
    };
    storage::refused::keep(db, &server.township, &row, &refused.bytes).await
}

/// What to answer where the arrival contradicts what came before.
pub(super) fn conflicting(arrival: &Arrival) -> Refused {
    refused(arrival, RefusalReason::Conflicting, refusal::CONFLICTING)
}

/// What to answer where the author's device was revoked before the arrival came.
pub(super) fn revoked(arrival: &Arrival) -> Refused {
    refused(arrival, RefusalReason::Revoked, refusal::REVOKED)
}

fn refused(arrival: &Arrival, reason: RefusalReason, words: &str) -> Refused {
    let refusal = refusal::make(Some(arrival.envelope), arrival.digest, reason, words);
    Refused { refusal, details: String::new(), bytes: arrival.bytes.clone() }
}

async fn earlier(
    db: &mut dyn Connection,
    server: &Server,
    arrival: &Arrival,
) -> Result<Option<Signed<Receipt>>, NotKept> {
    match storage::envelopes::receipt(db, &server.township, &arrival.envelope).await? {
        Some((digest, receipt)) if digest == arrival.digest => Ok(Some(receipt)),
        Some(_) => Err(NotKept::Conflicting),
        None => Ok(None),
    }
}

async fn number(
    db: &mut dyn Connection,
    server: &Server,
    pack: &InForce,
    arrival: &Arrival,
    now: ServerTime,
) -> Result<CaseNumber, StorageError> {
    let today = local(&pack.pack, now).date();
    let (day, item) = (today.to_string(), &arrival.submission.item);
    let serial = storage::cases::next_serial(db, &server.township, item, &day).await?;
    let template = &pack.pack.township.case_number;
    Ok(template.number(&server.township.0, today, &arrival.code, serial))
}

fn case(pack: &InForce, arrival: &Arrival, number: CaseNumber, now: ServerTime) -> Case {
    let Deadline { end, .. } =
        arrival.promised.deadline(&pack.pack.calendar, local(&pack.pack, now), &[]);
    let search = format!("{}\n{}", number.0, arrival.summary.search);
    Case {
        number,
        application: arrival.submission.application,
        envelope: arrival.envelope,
        device: arrival.author,
        item: arrival.submission.item.clone(),
        form: arrival.submission.form,
        office: arrival.office.clone(),
        stage: Stage::Received.name().to_owned(),
        person: arrival.summary.person.clone(),
        about: arrival.summary.about.clone(),
        search,
        files: arrival.submission.files.len() as u64,
        files_whole: 0,
        events: 0,
        received_at: now,
        promised_by: ServerTime((end.unix_timestamp_nanos() / 1_000_000) as i64),
    }
}

async fn expect_files(
    db: &mut dyn Connection,
    server: &Server,
    arrival: &Arrival,
    case: &Case,
) -> Result<(), NotKept> {
    for (place, entry) in arrival.submission.files.iter().enumerate() {
        let file = File {
            id: entry.id,
            envelope: arrival.envelope,
            case: case.number.clone(),
            place: place as u64,
            length: sealed_length(entry.length),
            digest: entry.sealed_digest,
            received: 0,
            whole_at: None,
            moved_at: None,
        };
        if !storage::files::expect(db, &server.township, &file).await? {
            return Err(NotKept::Conflicting);
        }
    }
    Ok(())
}

fn completion(
    server: &Server,
    arrival: &Arrival,
    now: ServerTime,
) -> Result<Signed<Completion>, StorageError> {
    let digests: Vec<Digest> =
        arrival.submission.files.iter().map(|file| file.sealed_digest).collect();
    delivery::completion(server, arrival.suite, arrival.envelope, &digests, now)
}

/// What to answer the phone.
pub(super) fn verdict(refused: &Refused) -> Verdict {
    Verdict::Refused(refused.refusal.clone())
}
