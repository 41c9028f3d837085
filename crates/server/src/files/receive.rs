//! One request that brings bytes of a file.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt as _;
use protocol::{FileId, Suite};

use crate::cases::{self, Event};
use crate::delivery;
use crate::server::Server;
use crate::storage::files::File;
use crate::storage::{self, StorageError};

/// How many bytes are made durable at a time: what a killed server may ask for again.
const STEP: usize = 512 * 1024;
/// How long to wait for the next bytes before what came is made durable and the phone let go.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why bytes of a file were not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotReceived {
    /// No envelope that arrived names the file.
    #[error("no envelope that arrived names this file")]
    Unknown,
    /// The bytes are for another place than the file's offset.
    #[error("the file is at {0}")]
    Elsewhere(u64),
    /// More bytes than the manifest says.
    #[error("the file is longer than its manifest says")]
    TooLong,
    /// Whole, but not what the manifest says: the file begins again.
    #[error("the file is not the one in the manifest")]
    Altered,
    /// Not kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Takes bytes that begin at `offset` and tells up to where the file is now durable.
pub(crate) async fn receive(
    server: Arc<Server>,
    id: FileId,
    offset: u64,
    body: Body,
) -> Result<u64, NotReceived> {
    let file = find(&server, id).await?;
    if file.received != offset {
        return Err(NotReceived::Elsewhere(file.received));
    }
    if file.whole_at.is_some() {
        return Ok(offset);
    }
    let mut at = offset;
    let mut waiting = Vec::new();
    let mut body = body.into_data_stream();
    // A body that breaks off is as good as one that ends: what came is kept.
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(PATIENCE, body.next()).await {
        waiting.extend_from_slice(&bytes);
        if waiting.len() >= STEP {
            at = keep(&server, &file, at, std::mem::take(&mut waiting)).await?;
        }
    }
    match waiting.is_empty() {
        true => Ok(at),
        false => keep(&server, &file, at, waiting).await,
    }
}

/// A file, or that there is none.
pub(crate) async fn find(server: &Server, id: FileId) -> Result<File, NotReceived> {
    let mut db = server.storage.read().await?;
    let file = storage::files::find(&mut *db, &server.township, &id).await?;
    file.ok_or(NotReceived::Unknown)
}

async fn keep(server: &Server, file: &File, at: u64, bytes: Vec<u8>) -> Result<u64, NotReceived> {
    let to = at + bytes.len() as u64;
    if to > file.length {
        return Err(NotReceived::TooLong);
    }
    server.folder.write(file.id, at, bytes).await.map_err(StorageError::from)?;
    if to < file.length {
        advance(server, file, at, to).await?;
        return Ok(to);
    }
    let suite = suite(server, file).await?;
    let digest = server.folder.digest(file.id, file.length, suite).await;
    if digest.map_err(StorageError::from)? != file.digest {
        advance(server, file, at, 0).await?;
        return Err(NotReceived::Altered);
    }
    finish(server, file, suite).await?;
    Ok(to)
}

async fn suite(server: &Server, file: &File) -> Result<Suite, StorageError> {
    let mut db = server.storage.read().await?;
    delivery::suite(&mut *db, server, file.envelope).await
}

async fn advance(server: &Server, file: &File, from: u64, to: u64) -> Result<(), NotReceived> {
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    if !storage::files::advance(db, &server.township, &file.id, from, to).await? {
        let now = storage::files::find(db, &server.township, &file.id).await?;
        return Err(now.map_or(NotReceived::Unknown, |now| NotReceived::Elsewhere(now.received)));
    }
    Ok(transaction.commit().await?)
}

/// Says that the file is whole; the last one of its envelope completes the case.
async fn finish(server: &Server, file: &File, suite: Suite) -> Result<(), StorageError> {
    let township = &server.township;
    let pack = server.packs.in_force();
    let mut transaction = server.storage.write().await?;
    let now = server.clock.now();
    let db = &mut *transaction;
    if !storage::files::finish(db, township, &file.id, now).await? {
        return Ok(());
    }
    let (whole, all) = storage::cases::count_whole_file(db, township, &file.case).await?;
    if whole == all {
        let files = storage::files::of_envelope(db, township, &file.envelope).await?;
        let digests: Vec<_> = files.iter().map(|file| file.digest).collect();
        let completion = delivery::completion(server, suite, file.envelope, &digests, now)?;
        storage::envelopes::complete(db, township, &file.envelope, &completion).await?;
        let case = storage::cases::find(db, township, &file.case).await?;
        let case = case.ok_or(StorageError::Unreadable("cases"))?;
        cases::append(db, township, &pack, &case, now, &Event::FilesComplete).await?;
    }
    transaction.commit().await
}
