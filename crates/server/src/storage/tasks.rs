//! The tasks of whoever supervises. They are read for somebody only where they had no hand in the case.

use protocol::{CaseNumber, ServerTime, Township};

use super::{Connection, Row as Found, StorageError};
use crate::supervision::Event;

/// What lists ask for of a task.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The case's number, and which of its tasks it is.
    pub(crate) number: String,
    pub(crate) case: CaseNumber,
    pub(crate) raised_at: ServerTime,
    /// Its limit, in working days, and when that ends.
    pub(crate) days: u64,
    pub(crate) due_at: ServerTime,
    pub(crate) closed_at: Option<ServerTime>,
    pub(crate) events: u64,
}

macro_rules! columns {
    () => {
        "number, case_number, raised_at, days, due_at, closed_at, events"
    };
}

/// What somebody may see: `$1` is the township, `$2` their account.
macro_rules! seen {
    () => {
        "task.township = $1 AND NOT EXISTS (SELECT 1 FROM task_apart \
         WHERE task_apart.township = task.township AND task_apart.number = task.number \
         AND task_apart.account = $2)"
    };
}

/// What the tasks of a case were raised by.
pub(crate) async fn causes(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
) -> Result<Vec<String>, StorageError> {
    let sql = "SELECT cause FROM task WHERE township = $1 AND case_number = $2";
    let rows = db.rows(sql, &[township.into(), case.into()]).await?;
    rows.into_iter().map(|row| row.of("task").take()).collect()
}

/// Opens a task, which has no events yet.
pub(crate) async fn open(
    db: &mut dyn Connection,
    township: &Township,
    row: &Row,
    cause: &str,
) -> Result<(), StorageError> {
    let values = [
        township.into(),
        (&row.number).into(),
        (&row.case).into(),
        cause.into(),
        row.raised_at.into(),
        row.days.into(),
        row.due_at.into(),
    ];
    let sql = "INSERT INTO task (township, number, case_number, cause, raised_at, days, due_at, \
               events) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    db.execute(sql, &values).await.map(drop)
}

/// Appends an event to a task, which has come to be `row` of which so many events were seen. Tells whether it
/// did, or somebody else was faster.
pub(crate) async fn append(
    db: &mut dyn Connection,
    township: &Township,
    row: &Row,
    at: ServerTime,
    event: &Event,
) -> Result<bool, StorageError> {
    let values = [
        township.into(),
        (&row.number).into(),
        row.events.into(),
        row.days.into(),
        row.due_at.into(),
        row.closed_at.into(),
    ];
    let sql = "UPDATE task SET events = events + 1, days = $4, due_at = $5, closed_at = $6 \
               WHERE township = $1 AND number = $2 AND events = $3";
    if db.execute(sql, &values).await? != 1 {
        return Ok(false);
    }
    let (place, body) = (row.events + 1, protocol::encode(event));
    let values = [township.into(), (&row.number).into(), place.into(), at.into(), (&body).into()];
    let sql = "INSERT INTO task_event (township, number, place, at, body) \
               VALUES ($1, $2, $3, $4, $5)";
    db.execute(sql, &values).await?;
    Ok(true)
}

/// Keeps somebody out of all tasks of a case that there are.
pub(crate) async fn keep_apart(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
    account: &str,
) -> Result<(), StorageError> {
    let sql = "INSERT INTO task_apart (township, number, account) \
               SELECT township, number, $3 FROM task WHERE township = $1 AND case_number = $2 \
               ON CONFLICT (township, number, account) DO NOTHING";
    db.execute(sql, &[township.into(), case.into(), account.into()]).await.map(drop)
}

/// A task, for somebody who had no hand in its case.
pub(crate) async fn find_for(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    number: &str,
) -> Result<Option<Row>, StorageError> {
    let sql = concat!("SELECT ", columns!(), " FROM task WHERE number = $3 AND ", seen!());
    let row = db.row(sql, &[township.into(), account.into(), number.into()]).await?;
    row.map(read).transpose()
}

/// The events of a task, in order.
pub(crate) async fn events(
    db: &mut dyn Connection,
    township: &Township,
    number: &str,
) -> Result<Vec<(ServerTime, Event)>, StorageError> {
    let sql = "SELECT at, body FROM task_event WHERE township = $1 AND number = $2 ORDER BY place";
    let rows = db.rows(sql, &[township.into(), number.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("task"));
    rows.map(|mut row| Ok((row.take()?, row.decode()?))).collect()
}

/// A task in a list.
pub(crate) struct Listed {
    pub(crate) row: Row,
    /// What it was raised by.
    pub(crate) raised: Event,
    /// The case's item.
    pub(crate) item: String,
}

/// The tasks that somebody may see: open ones, whose limit ends first before others, or closed ones, the latest
/// first; at most `most`, after so many others.
pub(crate) async fn list(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    is_closed: bool,
    (after, most): (u64, u64),
) -> Result<Vec<Listed>, StorageError> {
    let sql = concat!(
        "SELECT task.number, task.case_number, task.raised_at, task.days, task.due_at, \
         task.closed_at, task.events, task_event.body, cases.item FROM task \
         JOIN task_event ON task_event.township = task.township \
         AND task_event.number = task.number AND task_event.place = 1 \
         JOIN cases ON cases.township = task.township AND cases.number = task.case_number WHERE ",
        seen!(),
        " AND ($3 = 1) = (task.closed_at IS NOT NULL) \
         ORDER BY CASE WHEN $3 = 1 THEN -task.closed_at ELSE task.due_at END, task.number \
         LIMIT $4 OFFSET $5"
    );
    let values =
        [township.into(), account.into(), u64::from(is_closed).into(), most.into(), after.into()];
    let rows = db.rows(sql, &values).await?;
    let listed = rows.into_iter().map(|row| {
        let mut row = row.of("task");
        Ok(Listed { row: take(&mut row)?, raised: row.decode()?, item: row.take()? })
    });
    listed.collect()
}

/// How many open tasks somebody may see.
pub(crate) async fn count(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<u64, StorageError> {
    let sql = concat!("SELECT COUNT(*) FROM task WHERE closed_at IS NULL AND ", seen!());
    let row = db.row(sql, &[township.into(), account.into()]).await?;
    row.map_or(Ok(0), |row| row.of("task").take())
}

/// All open tasks: for the server's own work, never for a person.
pub(crate) async fn all_open(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<Vec<Row>, StorageError> {
    let sql =
        concat!("SELECT ", columns!(), " FROM task WHERE township = $1 AND closed_at IS NULL");
    db.rows(sql, &[township.into()]).await?.into_iter().map(read).collect()
}

/// Keeps when the limit of a task ends.
pub(crate) async fn set_due(
    db: &mut dyn Connection,
    township: &Township,
    row: &Row,
) -> Result<(), StorageError> {
    let sql = "UPDATE task SET due_at = $3 WHERE township = $1 AND number = $2";
    let values = [township.into(), (&row.number).into(), row.due_at.into()];
    db.execute(sql, &values).await.map(drop)
}

fn read(row: Found) -> Result<Row, StorageError> {
    take(&mut row.of("task"))
}

fn take(row: &mut Found) -> Result<Row, StorageError> {
    Ok(Row {
        number: row.take()?,
        case: row.take()?,
        raised_at: row.take()?,
        days: row.take()?,
        due_at: row.take()?,
        closed_at: row.take()?,
        events: row.take()?,
    })
}
