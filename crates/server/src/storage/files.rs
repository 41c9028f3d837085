//! What is known of files; the bytes are in a folder.

use protocol::id::Digest;
use protocol::sync::MissingFile;
use protocol::{CaseNumber, EnvelopeId, FileId, ServerTime, Township};

use super::{Connection, Row, StorageError};

/// A file that an envelope names.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: FileId,
    pub(crate) envelope: EnvelopeId,
    pub(crate) case: CaseNumber,
    /// Its place in the manifest.
    pub(crate) place: u64,
    /// Sealed bytes.
    pub(crate) length: u64,
    /// Of the sealed bytes, by the envelope's suite.
    pub(crate) digest: Digest,
    /// Sealed bytes that are there and durable.
    pub(crate) received: u64,
    /// When it was whole, and as the manifest says.
    pub(crate) whole_at: Option<ServerTime>,
    /// When bytes of it last became durable. None where no bytes are kept of it.
    pub(crate) moved_at: Option<ServerTime>,
}

/// Keeps what a manifest says of a file; tells whether it did, or one with its id is there.
pub(crate) async fn expect(
    db: &mut dyn Connection,
    township: &Township,
    file: &File,
) -> Result<bool, StorageError> {
    let values = [
        township.into(),
        (&file.id).into(),
        (&file.envelope).into(),
        (&file.case).into(),
        file.place.into(),
        file.length.into(),
        (&file.digest).into(),
        file.received.into(),
    ];
    let rows = db
        .execute(
            "INSERT INTO file \
             (township, id, envelope, case_number, place, length, digest, received) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (township, id) DO NOTHING",
            &values,
        )
        .await?;
    Ok(rows == 1)
}

/// A file.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    id: &FileId,
) -> Result<Option<File>, StorageError> {
    let sql = "SELECT id, envelope, case_number, place, length, digest, received, whole_at, moved_at \
               FROM file WHERE township = $1 AND id = $2";
    let row = db.row(sql, &[township.into(), id.into()]).await?;
    row.map(read).transpose()
}

/// Whether an envelope names any files.
pub(crate) async fn are_named(
    db: &mut dyn Connection,
    township: &Township,
    envelope: &EnvelopeId,
) -> Result<bool, StorageError> {
    let sql = "SELECT 1 FROM file WHERE township = $1 AND envelope = $2 LIMIT 1";
    Ok(db.row(sql, &[township.into(), envelope.into()]).await?.is_some())
}

/// The files of an envelope, in the manifest's order.
pub(crate) async fn of_envelope(
    db: &mut dyn Connection,
    township: &Township,
    envelope: &EnvelopeId,
) -> Result<Vec<File>, StorageError> {
    let sql = "SELECT id, envelope, case_number, place, length, digest, received, whole_at, moved_at \
               FROM file WHERE township = $1 AND envelope = $2 ORDER BY place";
    let rows = db.rows(sql, &[township.into(), envelope.into()]).await?;
    rows.into_iter().map(read).collect()
}

/// The files of a case, whichever version of it named them first.
pub(crate) async fn of_case(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
) -> Result<Vec<File>, StorageError> {
    let sql = "SELECT id, envelope, case_number, place, length, digest, received, whole_at, moved_at \
               FROM file WHERE township = $1 AND case_number = $2 ORDER BY envelope, place";
    let rows = db.rows(sql, &[township.into(), case.into()]).await?;
    rows.into_iter().map(read).collect()
}

/// The files of an envelope that are not whole yet.
pub(crate) async fn missing(
    db: &mut dyn Connection,
    township: &Township,
    envelope: &EnvelopeId,
) -> Result<Vec<MissingFile>, StorageError> {
    let sql = "SELECT id, received FROM file \
               WHERE township = $1 AND envelope = $2 AND whole_at IS NULL ORDER BY place";
    let rows = db.rows(sql, &[township.into(), envelope.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("file"));
    rows.map(|mut row| Ok(MissingFile { file: row.take()?, offset: row.take()? })).collect()
}

/// Says that bytes up to `to` are durable where those up to `from` were; tells whether that was
/// still so.
pub(crate) async fn advance(
    db: &mut dyn Connection,
    township: &Township,
    id: &FileId,
    (from, to): (u64, u64),
    now: ServerTime,
) -> Result<bool, StorageError> {
    let sql = "UPDATE file SET received = $4, moved_at = $5 \
               WHERE township = $1 AND id = $2 AND received = $3 AND whole_at IS NULL";
    let values = [township.into(), id.into(), from.into(), to.into(), now.into()];
    Ok(db.execute(sql, &values).await? == 1)
}

/// The files that are not whole and of which bytes are kept, none newer than `until`.
pub(crate) async fn unmoved_since(
    db: &mut dyn Connection,
    township: &Township,
    until: ServerTime,
    most: u64,
) -> Result<Vec<FileId>, StorageError> {
    let sql = "SELECT id FROM file WHERE township = $1 AND whole_at IS NULL AND moved_at <= $2 \
               ORDER BY moved_at LIMIT $3";
    let rows = db.rows(sql, &[township.into(), until.into(), most.into()]).await?;
    rows.into_iter().map(|row| row.of("file").take()).collect()
}

/// Says that no bytes of an unfinished file count any more.
pub(crate) async fn begin_again(
    db: &mut dyn Connection,
    township: &Township,
    id: &FileId,
) -> Result<(), StorageError> {
    let sql = "UPDATE file SET received = 0 WHERE township = $1 AND id = $2 AND whole_at IS NULL";
    db.execute(sql, &[township.into(), id.into()]).await.map(drop)
}

/// Says that no bytes are kept of a file that begins again.
pub(crate) async fn nothing_is_kept(
    db: &mut dyn Connection,
    township: &Township,
    id: &FileId,
) -> Result<(), StorageError> {
    let sql = "UPDATE file SET moved_at = NULL \
               WHERE township = $1 AND id = $2 AND received = 0 AND whole_at IS NULL";
    db.execute(sql, &[township.into(), id.into()]).await.map(drop)
}

/// Says that a file is whole; tells whether that is news.
pub(crate) async fn finish(
    db: &mut dyn Connection,
    township: &Township,
    id: &FileId,
    now: ServerTime,
) -> Result<bool, StorageError> {
    let sql = "UPDATE file SET received = length, whole_at = $3 \
               WHERE township = $1 AND id = $2 AND whole_at IS NULL";
    Ok(db.execute(sql, &[township.into(), id.into(), now.into()]).await? == 1)
}

fn read(row: Row) -> Result<File, StorageError> {
    let mut row = row.of("file");
    Ok(File {
        id: row.take()?,
        envelope: row.take()?,
        case: row.take()?,
        place: row.take()?,
        length: row.take()?,
        digest: row.take()?,
        received: row.take()?,
        whole_at: row.take()?,
        moved_at: row.take()?,
    })
}
