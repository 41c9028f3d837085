//! Workflows: the file of each that a case may have come under, for ever.

use pack::Workflow;
use protocol::id::Digest;
use protocol::{ServerTime, Township};

use super::{Connection, StorageError};

/// Keeps a workflow.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    workflow: &Workflow,
    now: ServerTime,
) -> Result<(), StorageError> {
    let source = &workflow.source[..];
    let values = [
        township.into(),
        (&workflow.digest).into(),
        (&workflow.id).into(),
        source.into(),
        now.into(),
    ];
    db.execute(
        "INSERT INTO workflow (township, digest, id, source, kept_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (township, digest) DO NOTHING",
        &values,
    )
    .await
    .map(drop)
}

/// What a workflow is called, and its file.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    digest: &Digest,
) -> Result<Option<(String, Vec<u8>)>, StorageError> {
    let sql = "SELECT id, source FROM workflow WHERE township = $1 AND digest = $2";
    let row = db.row(sql, &[township.into(), digest.into()]).await?;
    row.map(|row| row.of("workflow")).map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}
