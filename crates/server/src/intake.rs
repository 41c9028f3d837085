//! Taking envelopes in.
//!
//! An envelope is opened, its order's signature verified, its form looked up, and its answers run
//! through that form with the clock at the moment at which the person finished: nothing is
//! believed because a phone said so. What passes is kept with its case, the event that it makes, its
//! files' entries and its signed receipt in one transaction, many envelopes at a time. What does
//! not pass is kept too, with the reason.
//!
//! # Invariants
//! * A receipt leaves the server only after the transaction that keeps its envelope is durable.
//! * An envelope's id has one receipt for ever; a repeat is answered with it byte for byte.
//! * What a revoked device authored and had not arrived is refused, whoever brings it; that is
//!   decided by the transaction that would keep it.
//! * What is asked of a case that is not any more as its asker had seen it is refused, and they are
//!   told what it is now; that, too, is decided by the transaction that would keep it.
//! * An envelope that cannot be kept *now* is answered "later", which the phone takes for no
//!   answer at all.

mod arrival;
mod check;
mod command;
mod files;
mod keep;
mod open;
mod people;
mod refusal;
mod submit;
mod summary;
mod writer;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use protocol::sync::RefusalReason;
use protocol::{Command, Digest, Envelope, Submission, Supplement, Verdict};
use tokio::sync::oneshot;

pub(crate) use check::{at, resume};
pub(crate) use refusal::Refused;
pub(crate) use summary::is_name;
pub(crate) use writer::{Writer, way, write};

use crate::server::Server;
use crate::storage;
use arrival::{Application, Arrival, Asked};
use open::{Letter, Unjudged};
use refusal::Objection;
use writer::{Job, Work};

/// How many bytes the orders of one request may come to, unpacked. A few bytes may unfold to
/// [`MOST_ORDER`](protocol::envelope::MOST_ORDER), and whose they are is known only then.
const MOST_UNPACKED: usize = 16 * 1024 * 1024;

/// Judges every envelope; one that is bad never blocks another.
pub(crate) async fn receive(server: &Arc<Server>, envelopes: Vec<Vec<u8>>) -> Vec<Verdict> {
    let left = Arc::new(AtomicUsize::new(MOST_UNPACKED));
    let mut verdicts = Vec::new();
    let mut work = Vec::new();
    let mut places = Vec::new();
    for (place, bytes) in envelopes.into_iter().enumerate() {
        let letter = Letter::read(bytes);
        match repeated(server, &letter).await {
            Some(verdict) => verdicts.push(verdict),
            None => {
                verdicts.push(Verdict::Refused(Refused::of(&letter, Objection::later()).refusal));
                work.push(Arc::clone(server).judge(letter, Arc::clone(&left)));
                places.push(place);
            }
        }
    }
    let work = futures_util::future::join_all(work).await;
    if work.is_empty() {
        return verdicts;
    }
    let (reply, answer) = oneshot::channel();
    // Where the writer has ended, every verdict stays "later".
    if server.writer.send(Job { work, reply }).await.is_ok()
        && let Ok(found) = answer.await
    {
        for (place, verdict) in places.into_iter().zip(found) {
            verdicts[place] = verdict;
        }
    }
    verdicts
}

/// The receipt of an envelope that is there already: saves the work of opening it again. Whether
/// it is there is decided once more by the transaction that would keep it.
async fn repeated(server: &Server, letter: &Letter) -> Option<Verdict> {
    let Envelope { id, .. } = letter.envelope.as_ref()?;
    let mut db = server.storage.read().await.ok()?;
    let found = storage::envelopes::receipt(&mut *db, &server.township, id).await.ok()??;
    let (digest, receipt) = found;
    (digest == letter.digest).then_some(Verdict::Received(receipt))
}

impl Server {
    /// Opens and checks one letter.
    async fn judge(self: Arc<Self>, letter: Letter, left: Arc<AtomicUsize>) -> Work {
        let letter = Arc::new(letter);
        match self.open_and_check(&letter, left).await {
            Ok(arrival) => Work::Keep(Box::new(arrival)),
            Err(objection) => Work::Refuse(Refused::of(&letter, objection)),
        }
    }

    async fn open_and_check(
        self: &Arc<Self>,
        letter: &Arc<Letter>,
        left: Arc<AtomicUsize>,
    ) -> Result<Arrival, Objection> {
        let (server, own) = (Arc::clone(self), Arc::clone(letter));
        let opened = self
            .checkers
            .run(move |_| open::open(&own, &server.township, &server.keys, &left))
            .await;
        let Unjudged { envelope, author, suite, command } =
            opened.map_err(|_| Objection::later())??;
        let asked = match command {
            Command::Submit(submission) => Asked::Submit(self.check(submission).await?),
            Command::Supplement(Supplement { submission, seen }) => {
                Asked::Supplement(self.check(submission).await?, seen)
            }
            Command::Withdraw(withdrawal) => {
                check::expect_readable(&withdrawal.reason)?;
                Asked::Withdraw(withdrawal)
            }
            Command::Rate(rating) => {
                check::expect_readable(&rating.words)?;
                Asked::Rate(rating)
            }
            Command::Visit(visit) => {
                check::expect_readable(&visit.words)?;
                Asked::Visit(visit)
            }
            Command::Confirm(confirmation) => {
                check::expect_readable(&confirmation.words)?;
                if !confirmation.is_mended {
                    check::expect_said(&confirmation.words)?;
                }
                Asked::Confirm(confirmation)
            }
            Command::Appeal(appeal) => {
                check::expect_readable(&appeal.words)?;
                check::expect_said(&appeal.words)?;
                Asked::Appeal(appeal)
            }
        };
        let (digest, bytes) = (letter.digest, letter.bytes.clone());
        Ok(Arrival { envelope, digest, bytes, author, suite, asked })
    }

    async fn check(&self, submission: Submission) -> Result<Application, Objection> {
        let pack = self.packs.in_force();
        let form = self.form_bytes(&pack, submission.form).await;
        let form = form.map_err(|_| Objection::later())?;
        let Some((_, form)) = form.filter(|(item, _)| *item == submission.item) else {
            return Err(Objection::new(RefusalReason::Unknown, refusal::UNKNOWN_FORM));
        };
        let checked =
            self.checkers.run(move |forms| check::check(submission, &form, &pack.pack, forms));
        checked.await.map_err(|_| Objection::later())?
    }

    /// A form that this township ever had, and the item that it is of.
    pub(crate) async fn form_bytes(
        &self,
        pack: &crate::packs::InForce,
        digest: Digest,
    ) -> Result<Option<(protocol::ItemId, Arc<[u8]>)>, storage::StorageError> {
        if let Some(item) = pack.pack.items.iter().find(|item| item.form.digest == digest) {
            return Ok(Some((item.id.clone(), Arc::clone(&item.form.bytes))));
        }
        let mut db = self.storage.read().await?;
        let found = storage::forms::find(&mut *db, &self.township, &digest).await?;
        Ok(found.map(|(item, bytes)| (item, bytes.into())))
    }
}
