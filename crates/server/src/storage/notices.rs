//! Notices: what people were told before they applied. Applications name them by digest.

use pack::Item;
use protocol::id::Digest;
use protocol::{ServerTime, Township};

use super::{Connection, StorageError};

/// Keeps the notice of `item`, if it has one.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    item: &Item,
    now: ServerTime,
) -> Result<(), StorageError> {
    let Some((digest, bytes)) = &item.guide.notice else { return Ok(()) };
    let values =
        [township.into(), digest.into(), (&item.id).into(), (&bytes[..]).into(), now.into()];
    db.execute(
        "INSERT INTO notice (township, digest, item, bytes, kept_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (township, digest) DO NOTHING",
        &values,
    )
    .await?;
    Ok(())
}

/// A notice's bytes, and when it came into force.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    digest: &Digest,
) -> Result<Option<(Vec<u8>, ServerTime)>, StorageError> {
    let sql = "SELECT bytes, kept_at FROM notice WHERE township = $1 AND digest = $2";
    let row = db.row(sql, &[township.into(), digest.into()]).await?;
    row.map(|row| row.of("notice")).map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}
