//! Cases and their events.

use protocol::id::Digest;
use protocol::{ApplicationId, CaseNumber, DeviceId, EnvelopeId, ItemId, ServerTime, Township};

use super::{Connection, Row, StorageError};
use crate::cases::{Event, Said};

/// What the events of a case have come to.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) number: CaseNumber,
    pub(crate) application: ApplicationId,
    pub(crate) envelope: EnvelopeId,
    /// Who is told about it.
    pub(crate) device: DeviceId,
    pub(crate) item: ItemId,
    pub(crate) form: Digest,
    /// How it is worked; none of what came to a trial before there were workflows.
    pub(crate) workflow: Option<Digest>,
    /// Who has it.
    pub(crate) office: String,
    /// How far it has come for its applicant.
    pub(crate) phase: String,
    /// The stage of its workflow that it is at; empty where it is over.
    pub(crate) stage: String,
    /// As what somebody works that stage.
    pub(crate) role: String,
    /// Where: in which office, or over which village; empty for anywhere.
    pub(crate) place: String,
    /// Which lamp is lit.
    pub(crate) lamp: u64,
    /// Whose it is, for lists.
    pub(crate) person: String,
    /// What else tells it from others.
    pub(crate) about: String,
    /// What it is found by.
    pub(crate) search: String,
    pub(crate) files: u64,
    pub(crate) files_whole: u64,
    pub(crate) events: u64,
    /// What the office wrote to the applicant last.
    pub(crate) said: Option<Said>,
    pub(crate) is_rated: bool,
    pub(crate) received_at: ServerTime,
    pub(crate) promised_by: ServerTime,
    /// When time does something to it.
    pub(crate) due_at: Option<ServerTime>,
}

macro_rules! columns {
    () => {
        "number, application, envelope, device, item, form, workflow, office, phase, stage, role, \
         place, lamp, person, about, search, files, files_whole, events, said, is_rated, \
         received_at, promised_by, due_at"
    };
}

mod seen;

pub(crate) use seen::{Counts, Filter, count, count_by_item, find_for, hold_for, list};

/// The next serial number of an item on a day.
pub(crate) async fn next_serial(
    db: &mut dyn Connection,
    township: &Township,
    item: &ItemId,
    day: &str,
) -> Result<u64, StorageError> {
    let row = db
        .row(
            "INSERT INTO serial (township, item, day, last) VALUES ($1, $2, $3, 1) \
             ON CONFLICT (township, item, day) DO UPDATE SET last = serial.last + 1 \
             RETURNING last",
            &[township.into(), item.into(), day.into()],
        )
        .await?;
    row.ok_or(StorageError::Unreadable("serial"))?.of("serial").take()
}

/// Opens a case; tells whether it did, or its application has one already.
pub(crate) async fn open(
    db: &mut dyn Connection,
    township: &Township,
    case: &Case,
) -> Result<bool, StorageError> {
    let values = [
        township.into(),
        (&case.number).into(),
        (&case.application).into(),
        (&case.envelope).into(),
        (&case.device).into(),
        (&case.item).into(),
        (&case.form).into(),
        case.workflow.as_ref().into(),
        (&case.office).into(),
        (&case.phase).into(),
        (&case.person).into(),
        (&case.about).into(),
        (&case.search).into(),
        case.files.into(),
        case.files_whole.into(),
        case.events.into(),
        case.received_at.into(),
        case.promised_by.into(),
    ];
    let rows = db
        .execute(
            "INSERT INTO cases (township, number, application, envelope, device, item, form, \
             workflow, office, phase, person, about, search, files, files_whole, events, \
             received_at, promised_by) VALUES \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
             ON CONFLICT (township, application) DO NOTHING",
            &values,
        )
        .await?;
    Ok(rows == 1)
}

/// A case, whoever asks: for the server's own work, never for a person.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!("SELECT ", columns!(), " FROM cases WHERE township = $1 AND number = $2");
    let row = db.row(sql, &[township.into(), number.into()]).await?;
    row.map(read).transpose()
}

/// A case, held, whoever asks: for the server's own work, never for a person.
pub(crate) async fn hold_any(
    db: &mut dyn Connection,
    township: &Township,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!(
        "UPDATE cases SET events = events WHERE township = $1 AND number = $2 RETURNING ",
        columns!()
    );
    let row = db.row(sql, &[township.into(), number.into()]).await?;
    row.map(read).transpose()
}

/// The case of an application, held: nobody else changes it until the transaction ends.
pub(crate) async fn hold(
    db: &mut dyn Connection,
    township: &Township,
    application: &ApplicationId,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!(
        "UPDATE cases SET events = events WHERE township = $1 AND application = $2 RETURNING ",
        columns!()
    );
    let row = db.row(sql, &[township.into(), application.into()]).await?;
    row.map(read).transpose()
}

/// Puts a corrected application in the place of the one before, with so many files more.
pub(crate) async fn correct(
    db: &mut dyn Connection,
    township: &Township,
    case: &Case,
    more_files: u64,
) -> Result<(), StorageError> {
    let values = [
        township.into(),
        (&case.number).into(),
        (&case.envelope).into(),
        (&case.form).into(),
        (&case.person).into(),
        (&case.about).into(),
        (&case.search).into(),
        more_files.into(),
    ];
    let sql = "UPDATE cases SET envelope = $3, form = $4, person = $5, about = $6, search = $7, \
               files = files + $8 WHERE township = $1 AND number = $2";
    db.execute(sql, &values).await.map(drop)
}

/// The cases to which something is due by `now`, of those whose numbers come after `after`, at most `most`.
pub(crate) async fn due(
    db: &mut dyn Connection,
    township: &Township,
    now: ServerTime,
    after: &CaseNumber,
    most: u64,
) -> Result<Vec<CaseNumber>, StorageError> {
    let sql = "SELECT number FROM cases WHERE township = $1 AND due_at <= $2 AND number > $3 \
               ORDER BY number LIMIT $4";
    let values = [township.into(), now.into(), after.into(), most.into()];
    let rows = db.rows(sql, &values).await?;
    rows.into_iter().map(|row| row.of("cases").take()).collect()
}

/// Has everything that time does to cases worked out anew: another calendar is in force.
pub(crate) async fn all_are_due(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<(), StorageError> {
    let sql = "UPDATE cases SET due_at = 0 WHERE township = $1 AND due_at IS NOT NULL";
    db.execute(sql, &[township.into()]).await.map(drop)
}

/// The other applications of whom a case is, since then, that stand: their items, and when they came. Who
/// somebody is, their name tells together with the end of their identity card; none, where they gave none.
pub(crate) async fn of_person(
    db: &mut dyn Connection,
    township: &Township,
    case: &Case,
    since: ServerTime,
) -> Result<Vec<(ItemId, ServerTime)>, StorageError> {
    let Some(tail) = case.search.lines().nth(3).filter(|tail| !tail.is_empty()) else {
        return Ok(Vec::new());
    };
    let search = format!("%\n{}", seen::escape(tail));
    let sql = "SELECT item, received_at FROM cases WHERE township = $1 AND person = $2 \
               AND search LIKE $3 ESCAPE '\\' AND received_at >= $4 AND number <> $5 \
               AND phase NOT IN ('withdrawn', 'lapsed', 'declined')";
    let values = [
        township.into(),
        (&case.person).into(),
        (&search).into(),
        since.into(),
        (&case.number).into(),
    ];
    let rows = db.rows(sql, &values).await?;
    let rows = rows.into_iter().map(|row| row.of("cases"));
    rows.map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// Counts one more whole file of a case. Tells how many are whole and how many there are: of two
/// files that become whole side by side, one sees both.
pub(crate) async fn count_whole_file(
    db: &mut dyn Connection,
    township: &Township,
    number: &CaseNumber,
) -> Result<(u64, u64), StorageError> {
    let sql = "UPDATE cases SET files_whole = files_whole + 1 \
               WHERE township = $1 AND number = $2 RETURNING files_whole, files";
    let row = db.row(sql, &[township.into(), number.into()]).await?;
    let mut row = row.ok_or(StorageError::Unreadable("cases"))?.of("cases");
    Ok((row.take()?, row.take()?))
}

/// Appends an event to a case, which it has come to be; tells how many events there are then.
pub(crate) async fn append_event(
    db: &mut dyn Connection,
    township: &Township,
    case: &Case,
    at: ServerTime,
    event: &Event,
) -> Result<u64, StorageError> {
    renew(db, township, case).await?;
    let number = &case.number;
    let said = case.said.as_ref().map(protocol::encode);
    let values =
        [township.into(), number.into(), said.as_deref().into(), u64::from(case.is_rated).into()];
    let sql = "UPDATE cases SET events = events + 1, said = $3, is_rated = $4 \
               WHERE township = $1 AND number = $2 RETURNING events";
    let row = db.row(sql, &values).await?;
    let place: u64 = row.ok_or(StorageError::Unreadable("cases"))?.of("cases").take()?;
    let body = protocol::encode(event);
    db.execute(
        "INSERT INTO event (township, case_number, place, at, body) VALUES ($1, $2, $3, $4, $5)",
        &[township.into(), number.into(), place.into(), at.into(), (&body).into()],
    )
    .await?;
    Ok(place)
}

/// Keeps where a case is and what it waits for, as lists ask for it.
pub(crate) async fn renew(
    db: &mut dyn Connection,
    township: &Township,
    case: &Case,
) -> Result<(), StorageError> {
    let values = [
        township.into(),
        (&case.number).into(),
        (&case.office).into(),
        (&case.phase).into(),
        (&case.stage).into(),
        (&case.role).into(),
        (&case.place).into(),
        case.lamp.into(),
        case.promised_by.into(),
        case.due_at.into(),
    ];
    let sql = "UPDATE cases SET office = $3, phase = $4, stage = $5, role = $6, place = $7, \
               lamp = $8, promised_by = $9, due_at = $10 WHERE township = $1 AND number = $2";
    db.execute(sql, &values).await.map(drop)
}

/// The events of a case, in order.
pub(crate) async fn events(
    db: &mut dyn Connection,
    township: &Township,
    number: &CaseNumber,
) -> Result<Vec<(ServerTime, Event)>, StorageError> {
    let sql = "SELECT at, body FROM event WHERE township = $1 AND case_number = $2 ORDER BY place";
    let rows = db.rows(sql, &[township.into(), number.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("event"));
    rows.map(|mut row| Ok((row.take()?, row.decode()?))).collect()
}

fn read(row: Row) -> Result<Case, StorageError> {
    let mut row = row.of("cases");
    Ok(Case {
        number: row.take()?,
        application: row.take()?,
        envelope: row.take()?,
        device: row.take()?,
        item: row.take()?,
        form: row.take()?,
        workflow: row.take()?,
        office: row.take()?,
        phase: row.take()?,
        stage: row.take()?,
        role: row.take()?,
        place: row.take()?,
        lamp: row.take()?,
        person: row.take()?,
        about: row.take()?,
        search: row.take()?,
        files: row.take()?,
        files_whole: row.take()?,
        events: row.take()?,
        said: said(row.take()?)?,
        is_rated: row.take::<u64>()? == 1,
        received_at: row.take()?,
        promised_by: row.take()?,
        due_at: row.take()?,
    })
}

fn said(bytes: Option<Vec<u8>>) -> Result<Option<Said>, StorageError> {
    let said = bytes.map(|bytes| protocol::decode(&bytes)).transpose();
    said.map_err(|_| StorageError::Unreadable("cases"))
}
