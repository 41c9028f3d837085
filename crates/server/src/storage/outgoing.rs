//! What is to leave the township, and how far it came.

use protocol::id::Digest;
use protocol::{CaseNumber, ServerTime, Township};

use super::{Connection, Row, StorageError, Value};
use crate::outgoing::{Kind, State};

/// Names something that is to leave the township. There is one of a name for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) case: CaseNumber,
    /// The place of the event that made it among its case's.
    pub(crate) event: u64,
    pub(crate) kind: Kind,
    /// Where to, as the gateways' file calls it.
    pub(crate) destination: String,
}

/// Something that is to leave the township.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) key: Key,
    pub(crate) body: Vec<u8>,
    pub(crate) made_at: ServerTime,
    /// Since when it is tried: later than it was made, where somebody had it tried again.
    pub(crate) begun_at: ServerTime,
    pub(crate) next_try_at: ServerTime,
    pub(crate) tries: u64,
    pub(crate) state: State,
    /// The status of the last answer; 0 where nobody answered, none where nobody was asked.
    pub(crate) last_answer: Option<u64>,
}

macro_rules! columns {
    () => {
        "case_number, event, kind, destination, body, made_at, begun_at, next_try_at, tries, \
         state, last_answer"
    };
}

fn named<'v>(township: &'v Township, key: &'v Key) -> [Value<'v>; 5] {
    [
        township.into(),
        (&key.case).into(),
        key.event.into(),
        key.kind.name().into(),
        (&key.destination).into(),
    ]
}

/// Puts something into the outbox, unless it is there already.
pub(crate) async fn add(
    db: &mut dyn Connection,
    township: &Township,
    key: &Key,
    body: &[u8],
    (made_at, first_try_at): (ServerTime, ServerTime),
) -> Result<(), StorageError> {
    let [township, case, event, kind, destination] = named(township, key);
    let values = [
        township,
        case,
        event,
        kind,
        destination,
        body.into(),
        made_at.into(),
        first_try_at.into(),
    ];
    let sql = "INSERT INTO outgoing (township, case_number, event, kind, destination, body, \
               made_at, begun_at, next_try_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) \
               ON CONFLICT (township, case_number, event, kind, destination) DO NOTHING";
    db.execute(sql, &values).await.map(drop)
}

/// Whether something is due by `now` that goes there.
pub(crate) async fn is_due(
    db: &mut dyn Connection,
    township: &Township,
    (kind, destination): (Kind, &str),
    now: ServerTime,
) -> Result<bool, StorageError> {
    let values = [township.into(), kind.name().into(), destination.into(), now.into()];
    let sql = "SELECT event FROM outgoing WHERE township = $1 AND state = 'waiting' \
               AND kind = $2 AND destination = $3 AND next_try_at <= $4 LIMIT 1";
    Ok(db.row(sql, &values).await?.is_some())
}

/// Takes what is due by `now` and goes there, at most `most`, for whoever asks alone until `until`: who
/// has not said by then what came of it is taken for dead, and it is due again.
pub(crate) async fn claim(
    db: &mut dyn Connection,
    township: &Township,
    (kind, destination): (Kind, &str),
    (now, until): (ServerTime, ServerTime),
    most: u64,
) -> Result<Vec<Outgoing>, StorageError> {
    // The condition stands outside once more: where another server took a row in between, PostgreSQL
    // looks at the row again, and not at what was selected.
    let sql = concat!(
        "UPDATE outgoing SET next_try_at = $5, tries = tries + 1 \
         WHERE township = $1 AND kind = $2 AND destination = $3 AND state = 'waiting' \
         AND next_try_at <= $4 AND (case_number, event) IN \
         (SELECT case_number, event FROM outgoing WHERE township = $1 AND kind = $2 \
         AND destination = $3 AND state = 'waiting' AND next_try_at <= $4 \
         ORDER BY next_try_at LIMIT $6) RETURNING ",
        columns!()
    );
    let values = [
        township.into(),
        kind.name().into(),
        destination.into(),
        now.into(),
        until.into(),
        most.into(),
    ];
    db.rows(sql, &values).await?.into_iter().map(read).collect()
}

/// What came of a try: whoever tried it since has the say. Tells whether it was kept.
pub(crate) async fn tell(
    db: &mut dyn Connection,
    township: &Township,
    one: &Outgoing,
) -> Result<bool, StorageError> {
    let [township, case, event, kind, destination] = named(township, &one.key);
    let values = [
        township,
        case,
        event,
        kind,
        destination,
        one.tries.into(),
        one.state.name().into(),
        one.next_try_at.into(),
        Value::Integer(one.last_answer.map(|code| code as i64)),
    ];
    let sql = "UPDATE outgoing SET state = $7, next_try_at = $8, last_answer = $9 \
               WHERE township = $1 AND case_number = $2 AND event = $3 AND kind = $4 \
               AND destination = $5 AND tries = $6 AND state = 'waiting'";
    Ok(db.execute(sql, &values).await? == 1)
}

/// Has something tried once more that was given up. Tells whether it had been.
pub(crate) async fn again(
    db: &mut dyn Connection,
    township: &Township,
    key: &Key,
    now: ServerTime,
) -> Result<bool, StorageError> {
    let [township, case, event, kind, destination] = named(township, key);
    let values = [township, case, event, kind, destination, now.into()];
    let sql = "UPDATE outgoing SET state = 'waiting', begun_at = $6, next_try_at = $6, tries = 0 \
               WHERE township = $1 AND case_number = $2 AND event = $3 AND kind = $4 \
               AND destination = $5 AND state = 'given-up'";
    Ok(db.execute(sql, &values).await? == 1)
}

/// The latest, at most `most`; those that were given up before all others.
pub(crate) async fn latest(
    db: &mut dyn Connection,
    township: &Township,
    most: u64,
) -> Result<Vec<Outgoing>, StorageError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM outgoing WHERE township = $1 \
         ORDER BY CASE WHEN state = 'given-up' THEN 0 ELSE 1 END, made_at DESC, case_number, \
         event, kind, destination LIMIT $2"
    );
    let rows = db.rows(sql, &[township.into(), most.into()]).await?;
    rows.into_iter().map(read).collect()
}

/// How many were given up.
pub(crate) async fn count_given_up(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<u64, StorageError> {
    let sql = "SELECT COUNT(*) FROM outgoing WHERE township = $1 AND state = 'given-up'";
    let row = db.row(sql, &[township.into()]).await?;
    row.ok_or(StorageError::Unreadable("outgoing"))?.of("outgoing").take()
}

/// What was last handed to a department of a case, and the digest of what it answered, if it did.
pub(crate) async fn handed_over(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
    department: &str,
) -> Result<Vec<(u64, Vec<u8>, Option<Digest>)>, StorageError> {
    let sql = "SELECT event, body, answered FROM outgoing WHERE township = $1 \
               AND case_number = $2 AND kind = 'county' AND destination = $3 ORDER BY event DESC";
    let rows = db.rows(sql, &[township.into(), case.into(), department.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("outgoing"));
    rows.map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}

/// Keeps that a department answered; nothing is left to send then.
pub(crate) async fn answered(
    db: &mut dyn Connection,
    township: &Township,
    key: &Key,
    answer: &Digest,
) -> Result<(), StorageError> {
    let [township, case, event, kind, destination] = named(township, key);
    let values = [township, case, event, kind, destination, answer.into()];
    let sql = "UPDATE outgoing SET answered = $6, state = 'delivered' \
               WHERE township = $1 AND case_number = $2 AND event = $3 AND kind = $4 \
               AND destination = $5";
    db.execute(sql, &values).await.map(drop)
}

fn read(row: Row) -> Result<Outgoing, StorageError> {
    let unreadable = || StorageError::Unreadable("outgoing");
    let mut row = row.of("outgoing");
    let (case, event) = (row.take()?, row.take()?);
    let kind = Kind::named(&row.take::<String>()?).ok_or_else(unreadable)?;
    Ok(Outgoing {
        key: Key { case, event, kind, destination: row.take()? },
        body: row.take()?,
        made_at: row.take()?,
        begun_at: row.take()?,
        next_try_at: row.take()?,
        tries: row.take()?,
        state: State::named(&row.take::<String>()?).ok_or_else(unreadable)?,
        last_answer: row.take()?,
    })
}
