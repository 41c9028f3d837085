//! Who keeps out of which case, and why: for whoever supervises. The case's events say the same.

use casework::Tie;
use protocol::{CaseNumber, ServerTime, Township};

use super::{Connection, StorageError};

/// That somebody keeps out of a case.
pub(crate) struct Recusal {
    pub(crate) case: CaseNumber,
    pub(crate) account: String,
    pub(crate) tie: Tie,
    pub(crate) words: String,
    pub(crate) at: ServerTime,
}

/// Keeps it.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    recusal: &Recusal,
) -> Result<(), StorageError> {
    let tie = protocol::encode(&recusal.tie);
    let values = [
        township.into(),
        (&recusal.case).into(),
        (&recusal.account).into(),
        (&tie).into(),
        (&recusal.words).into(),
        recusal.at.into(),
    ];
    let sql = "INSERT INTO recusal (township, case_number, account, tie, words, at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    db.execute(sql, &values).await.map(drop)
}

/// The latest, at most `most`, after so many others.
pub(crate) async fn list(
    db: &mut dyn Connection,
    township: &Township,
    (after, most): (u64, u64),
) -> Result<Vec<Recusal>, StorageError> {
    let sql = "SELECT case_number, account, tie, words, at FROM recusal WHERE township = $1 \
               ORDER BY at DESC, case_number, account LIMIT $2 OFFSET $3";
    let rows = db.rows(sql, &[township.into(), most.into(), after.into()]).await?;
    let recusals = rows.into_iter().map(|row| {
        let mut row = row.of("recusal");
        Ok(Recusal {
            case: row.take()?,
            account: row.take()?,
            tie: row.decode()?,
            words: row.take()?,
            at: row.take()?,
        })
    });
    recusals.collect()
}
