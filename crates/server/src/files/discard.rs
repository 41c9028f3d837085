//! Throwing away the bytes of files that are not whole: because somebody asks, or because nothing
//! more of them came for a long time.
//!
//! What is thrown away are bytes that can be sent again, never the knowledge that they are expected:
//! the file begins again at 0, and may be delivered at any time. The phone keeps what it sealed until
//! the township has signed that all of it is there. A whole file is never thrown away.

use std::sync::Arc;
use std::time::Duration;

use protocol::{FileId, ServerTime};

use super::folder::Held;
use super::receive::{NotReceived, find};
use crate::server::Server;
use crate::storage::files::File;
use crate::storage::{self, StorageError};

/// So many expired files are looked up at once.
const BATCH: u64 = 64;

/// Why the bytes of a file were not thrown away.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDiscarded {
    /// No envelope that arrived names the file.
    #[error("no envelope that arrived names this file")]
    Unknown,
    /// It is whole, and so written once and for ever.
    #[error("the file is whole")]
    Whole,
    /// It could not be done now.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<NotReceived> for NotDiscarded {
    fn from(error: NotReceived) -> Self {
        match error {
            NotReceived::Storage(error) => Self::Storage(error),
            _ => Self::Unknown,
        }
    }
}

/// When the bytes of a file are thrown away if no more come; never, where it is whole or nothing
/// came yet.
pub(crate) fn expires_at(server: &Server, file: &File) -> Option<ServerTime> {
    let moved_at = file.moved_at.filter(|_| file.whole_at.is_none())?;
    Some(ServerTime(moved_at.0.saturating_add(kept_ms(server))))
}

fn kept_ms(server: &Server) -> i64 {
    i64::try_from(server.keep_unfinished.as_millis()).unwrap_or(i64::MAX)
}

/// Throws away what came of a file so far.
pub(crate) async fn terminate(server: &Server, id: FileId) -> Result<(), NotDiscarded> {
    discard_if(server, id, |_| true).await
}

/// Throws away what expired, every so often.
pub(crate) async fn sweep(server: Arc<Server>, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if let Err(error) = discard_expired(&server).await {
            tracing::error!("expired uploads stay for now: {error}");
        }
    }
}

async fn discard_expired(server: &Server) -> Result<(), NotDiscarded> {
    loop {
        let before = ServerTime(server.clock.now().0.saturating_sub(kept_ms(server)));
        let mut db = server.storage.read().await?;
        let found =
            storage::files::unmoved_since(&mut *db, &server.township, before, BATCH).await?;
        drop(db);
        for id in &found {
            let is_due = |file: &File| file.moved_at.is_some_and(|moved_at| moved_at <= before);
            discard_if(server, *id, is_due).await?;
        }
        if (found.len() as u64) < BATCH {
            return Ok(());
        }
    }
}

async fn discard_if(
    server: &Server,
    id: FileId,
    is_due: impl Fn(&File) -> bool,
) -> Result<(), NotDiscarded> {
    // Neither is there anything to throw away of one that nothing came of.
    let is_idle = |file: &File| file.moved_at.is_none() || !is_due(file);
    let file = find(server, id).await?;
    if file.whole_at.is_none() && is_idle(&file) {
        return Ok(());
    }
    let held = server.folder.hold(id).await.map_err(StorageError::from)?;
    let file = find(server, id).await?;
    match file.whole_at {
        Some(_) => Err(NotDiscarded::Whole),
        None if is_idle(&file) => Ok(()),
        None => Ok(discard(server, &held, &file).await?),
    }
}

/// Lets a file begin again. The database says so first: where the process ends in between, bytes
/// that nobody counts stay until the next sweep, while an offset without its bytes would spoil the
/// file.
pub(super) async fn discard(server: &Server, held: &Held, file: &File) -> Result<(), StorageError> {
    let township = &server.township;
    let mut transaction = server.storage.write().await?;
    storage::files::begin_again(&mut *transaction, township, &file.id).await?;
    transaction.commit().await?;
    held.clear().await?;
    let mut transaction = server.storage.write().await?;
    storage::files::nothing_is_kept(&mut *transaction, township, &file.id).await?;
    transaction.commit().await
}
