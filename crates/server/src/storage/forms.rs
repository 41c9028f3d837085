//! Forms: once kept, servable for ever. The spreadsheet is kept beside what was compiled from it,
//! so that a later version of this program, with another format, can compile it again.

use pack::{CompiledForm, Item};
use protocol::id::Digest;
use protocol::{ItemId, ServerTime, Township};

use super::{Connection, StorageError};

/// Keeps the form of `item`.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    item: &Item,
    now: ServerTime,
) -> Result<(), StorageError> {
    let CompiledForm { digest, bytes, spreadsheet, .. } = &item.form;
    let (bytes, spreadsheet) = (&bytes[..], &spreadsheet[..]);
    let values = [
        township.into(),
        digest.into(),
        (&item.id).into(),
        bytes.into(),
        spreadsheet.into(),
        now.into(),
    ];
    db.execute(
        "INSERT INTO form (township, digest, item, bytes, spreadsheet, kept_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (township, digest) DO NOTHING",
        &values,
    )
    .await?;
    Ok(())
}

/// A form, and the item that it is of.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    digest: &Digest,
) -> Result<Option<(ItemId, Vec<u8>)>, StorageError> {
    let sql = "SELECT item, bytes FROM form WHERE township = $1 AND digest = $2";
    let row = db.row(sql, &[township.into(), digest.into()]).await?;
    row.map(|row| row.of("form")).map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}
