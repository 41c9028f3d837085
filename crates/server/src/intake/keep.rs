//! Keeping what passed, and what did not, inside the writer's transaction.

use std::borrow::Cow;

use protocol::sync::RefusalReason;
use protocol::{CaseNumber, Completion, Digest, Receipt, ServerTime, Signed, Verdict};

use super::arrival::{Arrival, Asked};
use super::refusal::{self, Refused};
use super::{command, submit};
use crate::cases::{NotAllowed, Now};
use crate::delivery;
use crate::keys::in_suite;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::envelopes::Kept;
use crate::storage::{self, Connection, StorageError};

/// Why an arrival is not kept.
pub(super) enum NotKept {
    /// It speaks against itself, against what came before, or against what is so now.
    Refused(RefusalReason, Cow<'static, str>),
    /// Nothing could be kept.
    Storage(StorageError),
}

impl NotKept {
    /// Something else came before that it contradicts.
    pub(super) fn conflicting() -> Self {
        Self::Refused(RefusalReason::Conflicting, refusal::CONFLICTING.into())
    }
}

impl From<StorageError> for NotKept {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<NotAllowed> for NotKept {
    fn from(not: NotAllowed) -> Self {
        match not {
            NotAllowed::Denied => Self::Refused(RefusalReason::Denied, refusal::DENIED.into()),
            NotAllowed::Superseded(why) => {
                Self::Refused(RefusalReason::Superseded, refusal::superseded(&why).into())
            }
            NotAllowed::Storage(error) => Self::Storage(error),
        }
    }
}

/// What an arrival is kept in.
pub(super) struct Keeping<'a> {
    pub(super) server: &'a Server,
    pub(super) pack: &'a InForce,
    pub(super) arrival: &'a Arrival,
    pub(super) now: ServerTime,
}

/// Keeps an arrival and gives its receipt; of a repeated one, the receipt that it has.
pub(super) async fn keep(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, arrival, now, .. } = *keeping;
    let township = &server.township;
    if let Some(receipt) = earlier(db, server, arrival).await? {
        return Ok(receipt);
    }
    if storage::devices::is_revoked(db, township, &arrival.author).await? {
        return Err(NotKept::Refused(RefusalReason::Revoked, refusal::REVOKED.into()));
    }
    let receipt = match &arrival.asked {
        Asked::Submit(application) => submit::keep(db, keeping, application).await?,
        Asked::Supplement(application, seen) => {
            command::supplement(db, keeping, application, *seen).await?
        }
        Asked::Withdraw(withdrawal) => command::withdraw(db, keeping, withdrawal).await?,
        Asked::Rate(rating) => command::rate(db, keeping, rating).await?,
        Asked::Visit(visit) => command::visit(db, keeping, visit).await?,
        Asked::Confirm(confirmation) => command::confirm(db, keeping, confirmation).await?,
        Asked::Appeal(appeal) => command::appeal(db, keeping, appeal).await?,
    };
    storage::refused::resolve(db, township, &arrival.envelope, now).await?;
    Ok(receipt)
}

impl<'a> Keeping<'a> {
    /// What is so while it is kept.
    pub(super) fn now(&self) -> Now<'a> {
        Now { server: self.server, pack: self.pack, at: self.now }
    }

    /// Keeps the envelope itself, and gives its receipt.
    pub(super) async fn sign_for(
        &self,
        db: &mut dyn Connection,
        case: &CaseNumber,
    ) -> Result<Signed<Receipt>, NotKept> {
        let Self { server, arrival, now, .. } = *self;
        let keys = server.keys.in_force();
        let keys = in_suite(&keys, arrival.suite)?;
        let receipt = keys.sign(&Receipt {
            envelope: arrival.envelope,
            digest: arrival.digest,
            township: server.township.clone(),
            case: case.clone(),
            received_at: now,
            key: keys.signing_key().key_id(),
        });
        let kept = Kept {
            id: arrival.envelope,
            digest: arrival.digest,
            bytes: &arrival.bytes,
            receipt: &receipt,
            case,
            received_at: now,
        };
        match storage::envelopes::keep(db, &server.township, &kept).await? {
            true => Ok(receipt),
            // Another process was faster: whoever sends it again gets the receipt that it has.
            false => Err(NotKept::Refused(RefusalReason::Later, refusal::LATER.into())),
        }
    }

    /// Says that the files that the envelope brings are all there, since it brings none.
    pub(super) async fn complete_without_files(
        &self,
        db: &mut dyn Connection,
    ) -> Result<(), StorageError> {
        let Self { server, arrival, now, .. } = *self;
        let none: &[Digest] = &[];
        let completion: Signed<Completion> =
            delivery::completion(server, arrival.suite, arrival.envelope, none, now)?;
        storage::envelopes::complete(db, &server.township, &arrival.envelope, &completion).await
    }
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

/// What to answer where an arrival is not kept.
pub(super) fn refused(arrival: &Arrival, reason: RefusalReason, words: &str) -> Refused {
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
        Some(_) => Err(NotKept::conflicting()),
        None => Ok(None),
    }
}

/// What to answer the phone.
pub(super) fn verdict(refused: &Refused) -> Verdict {
    Verdict::Refused(refused.refusal.clone())
}
