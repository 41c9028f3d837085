//! Envelopes that were received.

use protocol::id::Digest;
use protocol::{CaseNumber, Completion, EnvelopeId, Receipt, ServerTime, Signed, Township};

use super::{Connection, StorageError};

/// An envelope to keep.
pub(crate) struct Kept<'a> {
    pub(crate) id: EnvelopeId,
    pub(crate) digest: Digest,
    pub(crate) bytes: &'a [u8],
    pub(crate) receipt: &'a Signed<Receipt>,
    pub(crate) case: &'a CaseNumber,
    pub(crate) received_at: ServerTime,
}

/// Keeps an envelope; tells whether it did, or one with its id is there already.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    kept: &Kept<'_>,
) -> Result<bool, StorageError> {
    let receipt = protocol::encode(kept.receipt);
    let values = [
        township.into(),
        (&kept.id).into(),
        (&kept.digest).into(),
        kept.bytes.into(),
        (&receipt).into(),
        kept.case.into(),
        kept.received_at.into(),
    ];
    let rows = db
        .execute(
            "INSERT INTO envelope (township, id, digest, bytes, receipt, case_number, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (township, id) DO NOTHING",
            &values,
        )
        .await?;
    Ok(rows == 1)
}

/// The digest of the bytes that were received as `id`, and their receipt.
pub(crate) async fn receipt(
    db: &mut dyn Connection,
    township: &Township,
    id: &EnvelopeId,
) -> Result<Option<(Digest, Signed<Receipt>)>, StorageError> {
    let sql = "SELECT digest, receipt FROM envelope WHERE township = $1 AND id = $2";
    let row = db.row(sql, &[township.into(), id.into()]).await?;
    row.map(|row| row.of("envelope")).map(|mut row| Ok((row.take()?, row.decode()?))).transpose()
}

/// The bytes of an envelope.
pub(crate) async fn bytes(
    db: &mut dyn Connection,
    township: &Township,
    id: &EnvelopeId,
) -> Result<Option<Vec<u8>>, StorageError> {
    let sql = "SELECT bytes FROM envelope WHERE township = $1 AND id = $2";
    let row = db.row(sql, &[township.into(), id.into()]).await?;
    row.map(|row| row.of("envelope").take()).transpose()
}

/// Whether an envelope is there, and its completion if its files are too.
pub(crate) async fn completion(
    db: &mut dyn Connection,
    township: &Township,
    id: &EnvelopeId,
) -> Result<Option<Option<Signed<Completion>>>, StorageError> {
    let sql = "SELECT completion FROM envelope WHERE township = $1 AND id = $2";
    let Some(row) = db.row(sql, &[township.into(), id.into()]).await? else { return Ok(None) };
    let bytes: Option<Vec<u8>> = row.of("envelope").take()?;
    let completion = bytes.map(|bytes| protocol::decode(&bytes)).transpose();
    completion.map(Some).map_err(|_| StorageError::Unreadable("envelope"))
}

/// Keeps the completion of an envelope.
pub(crate) async fn complete(
    db: &mut dyn Connection,
    township: &Township,
    id: &EnvelopeId,
    completion: &Signed<Completion>,
) -> Result<(), StorageError> {
    let completion = protocol::encode(completion);
    let values = [township.into(), id.into(), (&completion).into()];
    db.execute("UPDATE envelope SET completion = $3 WHERE township = $1 AND id = $2", &values)
        .await?;
    Ok(())
}
