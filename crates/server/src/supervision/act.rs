//! Reading a task, and doing something to it. Both are in the audit.

use protocol::ServerTime;

use super::task::{Act, Event, Refusal, Task};
use super::watch::due_at;
use crate::audit::{self, Deed, Entry};
use crate::cases::Now;
use crate::console::rights::Reach;
use crate::storage::tasks::Row;
use crate::storage::{self, Connection, StorageError};

/// Why something was not done to a task.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// There is no such task, or it is none of their business.
    #[error("没有这一条")]
    Unknown,
    /// What has to come before it has not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Somebody else was faster.
    #[error("别人又记了一笔")]
    Superseded,
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A task as somebody reads it.
pub(crate) struct Looked {
    pub(crate) row: Row,
    pub(crate) events: Vec<(ServerTime, Event)>,
    pub(crate) task: Task,
    /// The case that it is about.
    pub(crate) case: storage::cases::Case,
}

/// A task, for somebody who supervises and had no hand in its case. What is not in the audit was not read.
pub(crate) async fn look(
    now: Now<'_>,
    reach: &Reach,
    account: &str,
    number: &str,
) -> Result<Option<Looked>, StorageError> {
    let mut transaction = now.server.storage.write().await?;
    let (db, township) = (&mut *transaction, &now.server.township);
    let Some((row, events, task)) = find(db, now, account, number).await? else { return Ok(None) };
    let case = storage::cases::find_for(db, reach, &row.case).await?;
    let case = case.ok_or(StorageError::Unreadable("task"))?;
    let did = Deed::ReadTask(number.to_owned());
    audit::record(db, township, &Entry { at: now.at, who: account.to_owned(), did }).await?;
    transaction.commit().await?;
    Ok(Some(Looked { row, events, task, case }))
}

/// Does something to a task, of which so many events were seen.
pub(crate) async fn act(
    now: Now<'_>,
    account: &str,
    number: &str,
    seen: u64,
    act: Act,
) -> Result<(), NotDone> {
    let mut transaction = now.server.storage.write().await?;
    let (db, township) = (&mut *transaction, &now.server.township);
    let (mut row, _, task) = find(db, now, account, number).await?.ok_or(NotDone::Unknown)?;
    if row.events != seen {
        return Err(NotDone::Superseded);
    }
    let event = task.judge(account, act)?;
    match &event {
        Event::MadeComplex { .. } => {
            let days = u64::from(now.pack.pack.township.supervision.complex_days).max(row.days);
            row.days = days;
            row.due_at = due_at(&now.pack.pack, row.raised_at, days as u32);
        }
        Event::Closed { .. } => row.closed_at = Some(now.at),
        _ => {}
    }
    // Of two that saw the same, one is kept.
    if !storage::tasks::append(db, township, &row, now.at, &event).await? {
        return Err(NotDone::Superseded);
    }
    let did = Deed::DidTask { task: number.to_owned(), what: name(&event).to_owned() };
    audit::record(db, township, &Entry { at: now.at, who: account.to_owned(), did }).await?;
    Ok(transaction.commit().await?)
}

type Found = (Row, Vec<(ServerTime, Event)>, Task);

async fn find(
    db: &mut dyn Connection,
    now: Now<'_>,
    account: &str,
    number: &str,
) -> Result<Option<Found>, StorageError> {
    let township = &now.server.township;
    let Some(row) = storage::tasks::find_for(db, township, account, number).await? else {
        return Ok(None);
    };
    let events = storage::tasks::events(db, township, number).await?;
    let task = Task::fold(events.iter().map(|(_, event)| event));
    Ok(Some((row, events, task.ok_or(StorageError::Unreadable("task"))?)))
}

/// What the audit calls it.
fn name(event: &Event) -> &'static str {
    match event {
        Event::Raised(_) => "raised",
        Event::MadeComplex { .. } => "made-complex",
        Event::CalledBack { .. } => "called-back",
        Event::Found { .. } => "found",
        Event::Remedied { .. } => "remedied",
        Event::ToldBack { .. } => "told-back",
        Event::Closed { .. } => "closed",
    }
}
