//! What was not taken, kept with the reason.

use protocol::id::Digest;
use protocol::sync::RefusalReason;
use protocol::{EnvelopeId, ServerTime, Township};

use super::{Connection, Row, StorageError};

/// How many refused bytes are kept; beyond that only what is known of them.
const MOST_BYTES: i64 = 256 * 1024 * 1024;

/// Something that was refused.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// SHA-256 of the bytes that were seen.
    pub(crate) digest: Digest,
    pub(crate) envelope: Option<EnvelopeId>,
    pub(crate) reason: RefusalReason,
    /// What the phone was told.
    pub(crate) words: String,
    /// What else helps to find out: names of questions, never answers.
    pub(crate) details: String,
    pub(crate) length: u64,
    pub(crate) first_at: ServerTime,
    pub(crate) last_at: ServerTime,
    pub(crate) times: u64,
    /// When the very envelope was received after all, unaltered.
    pub(crate) received_at: Option<ServerTime>,
}

/// Keeps a refusal; a repeated one is counted.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    refused: &Refused,
    bytes: &[u8],
) -> Result<(), StorageError> {
    let sql = "SELECT CAST(COALESCE(SUM(length), 0) AS BIGINT) FROM refused \
               WHERE township = $1 AND bytes IS NOT NULL";
    let kept = db.row(sql, &[township.into()]).await?;
    let kept: i64 = kept.map_or(Ok(0), |row| row.of("refused").take())?;
    let bytes = Some(bytes).filter(|bytes| kept + bytes.len() as i64 <= MOST_BYTES);
    let values = [
        township.into(),
        (&refused.digest).into(),
        refused.envelope.as_ref().map(|id| id.as_bytes().as_slice()).into(),
        i64::from(number(refused.reason)).into(),
        (&refused.words).into(),
        (&refused.details).into(),
        refused.length.into(),
        bytes.into(),
        refused.last_at.into(),
    ];
    db.execute(
        "INSERT INTO refused (township, digest, envelope, reason, words, details, length, bytes, \
         first_at, last_at, times) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1) \
         ON CONFLICT (township, digest) DO UPDATE SET reason = excluded.reason, \
         words = excluded.words, details = excluded.details, last_at = excluded.last_at, \
         times = refused.times + 1",
        &values,
    )
    .await?;
    Ok(())
}

/// Says that an envelope was received after all.
pub(crate) async fn resolve(
    db: &mut dyn Connection,
    township: &Township,
    envelope: &EnvelopeId,
    now: ServerTime,
) -> Result<(), StorageError> {
    db.execute(
        "UPDATE refused SET received_at = $3 \
         WHERE township = $1 AND envelope = $2 AND received_at IS NULL",
        &[township.into(), envelope.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// The latest refusals, at most `most`.
pub(crate) async fn latest(
    db: &mut dyn Connection,
    township: &Township,
    most: u64,
) -> Result<Vec<Refused>, StorageError> {
    let sql = "SELECT digest, envelope, reason, words, details, length, first_at, last_at, times, \
               received_at FROM refused WHERE township = $1 ORDER BY last_at DESC LIMIT $2";
    let rows = db.rows(sql, &[township.into(), most.into()]).await?;
    rows.into_iter().map(read).collect()
}

/// How many refusals were not followed by a receipt.
pub(crate) async fn count(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<u64, StorageError> {
    let sql = "SELECT COUNT(*) FROM refused WHERE township = $1 AND received_at IS NULL";
    let row = db.row(sql, &[township.into()]).await?;
    row.map_or(Ok(0), |row| row.of("refused").take())
}

fn number(reason: RefusalReason) -> u8 {
    let place = RefusalReason::ALL.iter().position(|one| *one == reason);
    place.unwrap_or(RefusalReason::ALL.len()) as u8
}

fn read(row: Row) -> Result<Refused, StorageError> {
    let mut row = row.of("refused");
    let (digest, envelope) = (row.take()?, row.take()?);
    let reason: u64 = row.take()?;
    let reason = RefusalReason::ALL.get(reason as usize).copied();
    Ok(Refused {
        digest,
        envelope,
        reason: reason.ok_or(StorageError::Unreadable("refused"))?,
        words: row.take()?,
        details: row.take()?,
        length: row.take()?,
        first_at: row.take()?,
        last_at: row.take()?,
        times: row.take()?,
        received_at: row.take()?,
    })
}
