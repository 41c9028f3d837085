//! Who was told that the lamp of a case turned.

use protocol::{CaseNumber, ItemId, ServerTime, Township};

use super::{Connection, StorageError};

/// Somebody is told of a case.
#[derive(Clone, Debug)]
pub(crate) struct Reminder {
    pub(crate) case: CaseNumber,
    pub(crate) item: ItemId,
    /// The lamp that was lit.
    pub(crate) lamp: u64,
    pub(crate) at: ServerTime,
    pub(crate) is_read: bool,
    /// Whether the case is over since.
    pub(crate) is_over: bool,
}

/// Tells an account, once, that an event of a case lit a lamp.
pub(crate) async fn remind(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    (case, event): (&CaseNumber, u64),
    lamp: u64,
    at: ServerTime,
) -> Result<(), StorageError> {
    let values =
        [township.into(), account.into(), case.into(), event.into(), lamp.into(), at.into()];
    let sql = "INSERT INTO reminder (township, account, case_number, event, lamp, at) \
               VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (township, account, case_number, event) DO NOTHING";
    db.execute(sql, &values).await.map(drop)
}

/// How many open cases of each lamp somebody was told of and has not said that they saw: each case
/// by the last lamp.
pub(crate) async fn unread(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<Vec<(u64, u64)>, StorageError> {
    let sql = "SELECT lamp, COUNT(*) FROM (SELECT reminder.case_number, \
               MAX(reminder.lamp) AS lamp FROM reminder JOIN cases \
               ON cases.township = reminder.township AND cases.number = reminder.case_number \
               WHERE reminder.township = $1 AND reminder.account = $2 \
               AND reminder.read_at IS NULL AND cases.stage <> '' \
               GROUP BY reminder.case_number) AS told GROUP BY lamp ORDER BY lamp DESC";
    let rows = db.rows(sql, &[township.into(), account.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("reminder"));
    rows.map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// What somebody was told last, at most `most`.
pub(crate) async fn latest(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    most: u64,
) -> Result<Vec<Reminder>, StorageError> {
    let sql = "SELECT reminder.case_number, cases.item, reminder.lamp, reminder.at, \
               reminder.read_at, cases.stage FROM reminder JOIN cases \
               ON cases.township = reminder.township AND cases.number = reminder.case_number \
               WHERE reminder.township = $1 AND reminder.account = $2 \
               ORDER BY reminder.at DESC, reminder.event DESC, reminder.case_number LIMIT $3";
    let rows = db.rows(sql, &[township.into(), account.into(), most.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("reminder"));
    rows.map(|mut row| {
        Ok(Reminder {
            case: row.take()?,
            item: row.take()?,
            lamp: row.take()?,
            at: row.take()?,
            is_read: row.take::<Option<ServerTime>>()?.is_some(),
            is_over: row.take::<String>()?.is_empty(),
        })
    })
    .collect()
}

/// Somebody saw all that they were told of by `until`.
pub(crate) async fn read(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    until: ServerTime,
    now: ServerTime,
) -> Result<(), StorageError> {
    let values = [township.into(), account.into(), until.into(), now.into()];
    let sql = "UPDATE reminder SET read_at = $4 \
               WHERE township = $1 AND account = $2 AND at <= $3 AND read_at IS NULL";
    db.execute(sql, &values).await.map(drop)
}
