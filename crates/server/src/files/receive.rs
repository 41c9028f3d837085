//! One request that brings bytes of a file.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::StreamExt as _;
use protocol::{Digest, FileId, ServerTime, Suite};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

use super::discard::discard;
use crate::cases::{AtHand, Event, Now};
use crate::delivery;
use crate::server::Server;
use crate::storage::files::File;
use crate::storage::{self, StorageError};

/// How many bytes are made durable at a time: what a killed server may ask for again, and all that
/// is ever in memory of a file.
const STEP: usize = 512 * 1024;
/// How long no bytes come before those that came are made durable. Behind a mast that is gone a
/// connection only falls silent, and the phone asks after 750 ms at the earliest how far the file is:
/// what is not told then is sent once more.
const PAUSE: Duration = Duration::from_millis(500);
/// How long to wait then before the phone is let go.
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
    /// The bytes are not those that their checksum is of: none was taken, the file is where it was.
    #[error("the bytes are not as they were sent; the file is still at {0}")]
    Spoiled(u64),
    /// Whole, but not what the manifest says: the file begins again.
    #[error("the file is not the one in the manifest")]
    Altered,
    /// Not kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<std::io::Error> for NotReceived {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// Takes bytes of a file, and tells how it is with it then.
pub(crate) async fn receive(
    server: Arc<Server>,
    id: FileId,
    piece: tus::Piece,
    body: Body,
) -> Result<File, NotReceived> {
    let mut file = find(&server, id).await?;
    if file.received != piece.offset {
        return Err(NotReceived::Elsewhere(file.received));
    }
    if file.whole_at.is_some() {
        return Ok(file);
    }
    let mut body = body.into_data_stream();
    match piece.checksum {
        None => keep_as_they_come(&server, &mut file, &mut body).await?,
        Some(checksum) => keep_if_met(&server, &mut file, &mut body, checksum).await?,
    }
    Ok(file)
}

/// A file, or that there is none.
pub(crate) async fn find(server: &Server, id: FileId) -> Result<File, NotReceived> {
    let mut db = server.storage.read().await?;
    let file = storage::files::find(&mut *db, &server.township, &id).await?;
    file.ok_or(NotReceived::Unknown)
}

/// The next bytes. A body that breaks off is as good as one that ends: what came is kept.
async fn next(body: &mut BodyDataStream) -> Option<Bytes> {
    tokio::time::timeout(PATIENCE, body.next()).await.ok()??.ok()
}

async fn keep_as_they_come(
    server: &Server,
    file: &mut File,
    body: &mut BodyDataStream,
) -> Result<(), NotReceived> {
    let mut waiting = Vec::new();
    loop {
        let come = match waiting.is_empty() {
            true => next(body).await,
            false => match tokio::time::timeout(PAUSE, next(body)).await {
                Ok(come) => come,
                Err(_) => {
                    keep(server, file, std::mem::take(&mut waiting)).await?;
                    continue;
                }
            },
        };
        let Some(bytes) = come else { break };
        waiting.extend_from_slice(&bytes);
        if waiting.len() >= STEP {
            keep(server, file, std::mem::take(&mut waiting)).await?;
        }
    }
    match waiting.is_empty() {
        true => Ok(()),
        false => keep(server, file, waiting).await,
    }
}

/// Takes bytes only if all of them are as their checksum says. Until that is known they stand aside,
/// where nobody takes them for the file's.
async fn keep_if_met(
    server: &Server,
    file: &mut File,
    body: &mut BodyDataStream,
    checksum: tus::Checksum,
) -> Result<(), NotReceived> {
    let mut aside = tokio::fs::File::from_std(server.folder.passing().await?);
    let mut running = checksum.begin();
    let mut length = file.received;
    while let Some(bytes) = next(body).await {
        length += bytes.len() as u64;
        if length > file.length {
            return Err(NotReceived::TooLong);
        }
        running.update(&bytes);
        aside.write_all(&bytes).await?;
    }
    if !running.is_met() {
        return Err(NotReceived::Spoiled(file.received));
    }
    aside.rewind().await?;
    loop {
        let mut bytes = Vec::new();
        (&mut aside).take(STEP as u64).read_to_end(&mut bytes).await?;
        match bytes.is_empty() {
            true => return Ok(()),
            false => keep(server, file, bytes).await?,
        }
    }
}

/// Makes bytes durable where the file is. While they are written nobody else writes it, and they
/// are written only if the file still is there: what somebody else made durable, or whole, in the
/// meantime is never written over.
async fn keep(server: &Server, file: &mut File, bytes: Vec<u8>) -> Result<(), NotReceived> {
    let (from, to) = (file.received, file.received + bytes.len() as u64);
    if to > file.length {
        return Err(NotReceived::TooLong);
    }
    let held = server.folder.hold(file.id).await?;
    let now = find(server, file.id).await?;
    if now.received != from || now.whole_at.is_some() {
        return Err(NotReceived::Elsewhere(now.received));
    }
    held.write(from, bytes).await?;
    let now = server.clock.now();
    if to < file.length {
        advance(server, file, to, now).await?;
    } else {
        let suite = suite(server, file).await?;
        if held.digest(file.length, suite).await? != file.digest {
            discard(server, &held, file).await?;
            return Err(NotReceived::Altered);
        }
        finish(server, file, suite, now).await?;
        file.whole_at = Some(now);
    }
    (file.received, file.moved_at) = (to, Some(now));
    Ok(())
}

async fn suite(server: &Server, file: &File) -> Result<Suite, StorageError> {
    let mut db = server.storage.read().await?;
    delivery::suite(&mut *db, server, file.envelope).await
}

async fn advance(
    server: &Server,
    file: &File,
    to: u64,
    now: ServerTime,
) -> Result<(), NotReceived> {
    let township = &server.township;
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    if !storage::files::advance(db, township, &file.id, (file.received, to), now).await? {
        let now = storage::files::find(db, township, &file.id).await?;
        return Err(now.map_or(NotReceived::Unknown, |now| NotReceived::Elsewhere(now.received)));
    }
    Ok(transaction.commit().await?)
}

/// Says that the file is whole; the last one of its envelope completes that, and the last one of all
/// the case.
async fn finish(
    server: &Server,
    file: &File,
    suite: Suite,
    now: ServerTime,
) -> Result<(), StorageError> {
    let township = &server.township;
    let pack = server.packs.in_force();
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    if !storage::files::finish(db, township, &file.id, now).await? {
        return Ok(());
    }
    let (whole, all) = storage::cases::count_whole_file(db, township, &file.case).await?;
    if storage::files::missing(db, township, &file.envelope).await?.is_empty() {
        let files = storage::files::of_envelope(db, township, &file.envelope).await?;
        let digests: Vec<Digest> = files.iter().map(|file| file.digest).collect();
        let completion = delivery::completion(server, suite, file.envelope, &digests, now)?;
        storage::envelopes::complete(db, township, &file.envelope, &completion).await?;
    }
    if whole == all {
        let row = storage::cases::hold_any(db, township, &file.case).await?;
        let row = row.ok_or(StorageError::Unreadable("cases"))?;
        let now = Now { server, pack: &pack, at: now };
        let mut case = AtHand::take(db, now, row).await?;
        case.happen(db, now, Event::FilesComplete).await?;
    }
    transaction.commit().await
}
