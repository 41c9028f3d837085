//! Packs that were issued.

use protocol::id::Digest;
use protocol::{ServerTime, Township};

use super::{Connection, Database, StorageError};

/// The serial of a pack: the one that it has where it was issued last, else one that is greater
/// than all before.
///
/// A serial begins with the clock, in seconds, so that it grows even where the database was
/// restored from a backup; and it never falls behind the last, so that it grows even where the
/// clock was wrong.
pub(crate) async fn issue(
    db: &mut dyn Connection,
    township: &Township,
    version: &Digest,
    now: ServerTime,
) -> Result<u64, StorageError> {
    let seconds = u64::try_from(now.0 / 1000).unwrap_or_default();
    let row = db
        .row(
            "INSERT INTO issue (township, version, serial) VALUES ($1, $2, $3) \
             ON CONFLICT (township) DO UPDATE SET version = excluded.version, serial = CASE \
             WHEN issue.version = excluded.version THEN issue.serial \
             WHEN issue.serial < excluded.serial THEN excluded.serial \
             ELSE issue.serial + 1 END RETURNING serial",
            &[township.into(), version.into(), seconds.into()],
        )
        .await?;
    row.ok_or(StorageError::Unreadable("issue"))?.of("issue").take()
}

/// Whether the township ever issued a pack into this database: then it has keys somewhere.
pub(crate) async fn is_any_issued(
    database: &dyn Database,
    township: &Township,
) -> Result<bool, StorageError> {
    let mut db = database.read().await?;
    let row = db.row("SELECT serial FROM issue WHERE township = $1", &[township.into()]).await?;
    Ok(row.is_some())
}
