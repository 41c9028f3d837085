//! One task writes: whatever waits is made durable together, since what a disk does slowly is
//! one flush, however much is in it.

use std::sync::Arc;

use protocol::{ServerTime, Verdict};
use tokio::sync::{mpsc, oneshot};

use super::arrival::Arrival;
use super::keep::{self, Keeping, NotKept, keep, keep_refused};
use super::refusal::{self, Refused};
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::{Connection, StorageError};

/// How many envelopes are made durable together at most.
const MOST: usize = 512;
/// How many requests may wait for the writer.
const WAITING: usize = 1024;

/// What is to be done with one envelope.
#[derive(Debug)]
pub(crate) enum Work {
    Keep(Box<Arrival>),
    Refuse(Refused),
}

/// The envelopes of one request.
pub(crate) struct Job {
    pub(super) work: Vec<Work>,
    pub(super) reply: oneshot::Sender<Vec<Verdict>>,
}

/// Where requests hand in their envelopes.
pub(crate) type Writer = mpsc::Sender<Job>;

/// The two ends of the way to the writer.
pub(crate) fn way() -> (Writer, mpsc::Receiver<Job>) {
    mpsc::channel(WAITING)
}

/// Writes until nobody can hand in anything any more.
pub(crate) async fn write(server: Arc<Server>, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let mut together = vec![first];
        while together.iter().map(|job| job.work.len()).sum::<usize>() < MOST
            && let Ok(next) = jobs.try_recv()
        {
            together.push(next);
        }
        let work: Vec<&Work> = together.iter().flat_map(|job| &job.work).collect();
        let mut verdicts = write_together(&server, &work).await.into_iter();
        for job in together {
            let own = verdicts.by_ref().take(job.work.len()).collect();
            // Nobody may be waiting any more: the phone will ask again.
            let _ = job.reply.send(own);
        }
    }
}

async fn write_together(server: &Server, work: &[&Work]) -> Vec<Verdict> {
    match transact(server, work).await {
        Ok(verdicts) => verdicts,
        Err(error) if work.len() == 1 => {
            tracing::error!("an envelope could not be kept: {error}");
            work.iter().map(|work| later(work)).collect()
        }
        // One large envelope must not keep small ones out.
        Err(_) => {
            let mut verdicts = Vec::new();
            for one in work {
                verdicts.extend(Box::pin(write_together(server, &[one])).await);
            }
            verdicts
        }
    }
}

async fn transact(server: &Server, work: &[&Work]) -> Result<Vec<Verdict>, StorageError> {
    let pack = server.packs.in_force();
    let mut transaction = server.storage.write().await?;
    let now = server.clock.now();
    let mut verdicts = Vec::new();
    for work in work {
        verdicts.push(transact_one(&mut *transaction, server, &pack, work, now).await?);
    }
    transaction.commit().await?;
    Ok(verdicts)
}

async fn transact_one(
    db: &mut dyn Connection,
    server: &Server,
    pack: &InForce,
    work: &Work,
    now: ServerTime,
) -> Result<Verdict, StorageError> {
    let arrival = match work {
        Work::Keep(arrival) => arrival,
        Work::Refuse(refused) => {
            keep_refused(db, server, refused, now).await?;
            return Ok(keep::verdict(refused));
        }
    };
    db.mark().await?;
    match keep(db, &Keeping { server, pack, arrival, now }).await {
        Ok(receipt) => {
            db.forget_mark().await?;
            Ok(Verdict::Received(receipt))
        }
        Err(NotKept::Refused(reason, words)) => {
            refuse_instead(db, server, &keep::refused(arrival, reason, &words), now).await
        }
        Err(NotKept::Storage(error)) => Err(error),
    }
}

/// Undoes what was begun since the mark, and keeps the refusal.
async fn refuse_instead(
    db: &mut dyn Connection,
    server: &Server,
    refused: &Refused,
    now: ServerTime,
) -> Result<Verdict, StorageError> {
    db.back_to_mark().await?;
    db.forget_mark().await?;
    keep_refused(db, server, refused, now).await?;
    Ok(keep::verdict(refused))
}

fn later(work: &Work) -> Verdict {
    let reason = protocol::sync::RefusalReason::Later;
    Verdict::Refused(match work {
        Work::Keep(arrival) => {
            refusal::make(Some(arrival.envelope), arrival.digest, reason, refusal::LATER)
        }
        Work::Refuse(refused) => {
            refusal::make(refused.refusal.envelope, refused.refusal.seen, reason, refusal::LATER)
        }
    })
}
