//! The audit's chain of entries.

use protocol::Township;
use protocol::id::Digest;

use super::{Connection, StorageError};

/// How many entries there are, and the digest of the last. Locks the chain until the transaction
/// ends.
pub(crate) async fn advance(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<(u64, Digest), StorageError> {
    let row = db
        .row(
            "INSERT INTO audit_head (township, entries, digest) VALUES ($1, 1, $2) \
             ON CONFLICT (township) DO UPDATE SET entries = audit_head.entries + 1 \
             RETURNING entries, digest",
            &[township.into(), (&Digest([0; 32])).into()],
        )
        .await?;
    let mut row = row.ok_or(StorageError::Unreadable("audit"))?.of("audit");
    Ok((row.take()?, row.take()?))
}

/// Appends the entry that [`advance`] made room for.
pub(crate) async fn append(
    db: &mut dyn Connection,
    township: &Township,
    place: u64,
    body: &[u8],
    digest: &Digest,
) -> Result<(), StorageError> {
    db.execute(
        "INSERT INTO audit (township, place, body, digest) VALUES ($1, $2, $3, $4)",
        &[township.into(), place.into(), body.into(), digest.into()],
    )
    .await?;
    let sql = "UPDATE audit_head SET digest = $2 WHERE township = $1";
    db.execute(sql, &[township.into(), digest.into()]).await?;
    Ok(())
}

/// At most `most` entries before `place`, the latest first: place and body.
pub(crate) async fn before(
    db: &mut dyn Connection,
    township: &Township,
    place: u64,
    most: u64,
) -> Result<Vec<(u64, Vec<u8>)>, StorageError> {
    let sql = "SELECT place, body FROM audit \
               WHERE township = $1 AND place < $2 ORDER BY place DESC LIMIT $3";
    let rows = db.rows(sql, &[township.into(), place.into(), most.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("audit"));
    rows.map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// At most `most` entries after `place`, in order: place, body, digest.
pub(crate) async fn after(
    db: &mut dyn Connection,
    township: &Township,
    place: u64,
    most: u64,
) -> Result<Vec<(u64, Vec<u8>, Digest)>, StorageError> {
    let sql = "SELECT place, body, digest FROM audit \
               WHERE township = $1 AND place > $2 ORDER BY place LIMIT $3";
    let rows = db.rows(sql, &[township.into(), place.into(), most.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("audit"));
    rows.map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}
