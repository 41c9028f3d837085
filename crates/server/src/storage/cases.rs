//! Cases and their events.

use protocol::id::Digest;
use protocol::{ApplicationId, CaseNumber, DeviceId, EnvelopeId, ItemId, ServerTime, Township};

use super::{Connection, Row, StorageError};
use crate::cases::{Event, Said};
use crate::console::rights::Scope;

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
    /// Who has it.
    pub(crate) office: String,
    pub(crate) stage: String,
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
}

/// Which cases of an office to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Of this item only; of all, where empty.
    pub(crate) item: String,
    /// At this stage only.
    pub(crate) stage: String,
    /// Found by this.
    pub(crate) search: String,
    /// Promised by a time before this one, and still to be decided.
    pub(crate) promised_before: Option<ServerTime>,
    /// Whose files are not whole yet.
    pub(crate) incomplete: bool,
}

macro_rules! columns {
    () => {
        "number, application, envelope, device, item, form, office, stage, person, about, search, \
         files, files_whole, events, said, is_rated, received_at, promised_by"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM cases ", $rest)
    };
}

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
        (&case.office).into(),
        (&case.stage).into(),
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
             office, stage, person, about, search, files, files_whole, events, received_at, \
             promised_by) VALUES \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
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
    let sql = select!("WHERE township = $1 AND number = $2");
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

/// The same of a case that somebody's rights reach over.
pub(crate) async fn hold_for(
    db: &mut dyn Connection,
    scope: &Scope,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!(
        "UPDATE cases SET events = events WHERE township = $1 AND number = $2 AND office = $3 \
         RETURNING ",
        columns!()
    );
    let values = [scope.township().into(), number.into(), scope.office().into()];
    let row = db.row(sql, &values).await?;
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

/// A case, for somebody whose rights reach over `scope`.
pub(crate) async fn find_for(
    db: &mut dyn Connection,
    scope: &Scope,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = select!("WHERE township = $1 AND number = $2 AND office = $3");
    let values = [scope.township().into(), number.into(), scope.office().into()];
    let row = db.row(sql, &values).await?;
    row.map(read).transpose()
}

/// The cases that `filter` lets through, the most urgent first, at most `most`.
pub(crate) async fn list(
    db: &mut dyn Connection,
    scope: &Scope,
    filter: &Filter,
    most: u64,
) -> Result<Vec<Case>, StorageError> {
    let sql = select!(
        "WHERE township = $1 AND office = $2 AND ($3 = '' OR item = $3) \
         AND ($4 = '' OR stage = $4) AND ($5 = '' OR search LIKE $5 ESCAPE '\\') \
         AND promised_by < $6 AND files_whole < files + $7 \
         AND ($9 = 0 OR stage IN ('received', 'opened', 'returned')) \
         ORDER BY promised_by, number LIMIT $8"
    );
    let search = match filter.search.as_str() {
        "" => String::new(),
        text => format!("%{}%", escape(text)),
    };
    let before = filter.promised_before.unwrap_or(ServerTime(i64::MAX));
    let values = [
        scope.township().into(),
        scope.office().into(),
        (&filter.item).into(),
        (&filter.stage).into(),
        (&search).into(),
        before.into(),
        u64::from(!filter.incomplete).into(),
        most.into(),
        u64::from(filter.promised_before.is_some()).into(),
    ];
    let rows = db.rows(sql, &values).await?;
    rows.into_iter().map(read).collect()
}

/// How many cases of an office there are of each item.
pub(crate) async fn count_by_item(
    db: &mut dyn Connection,
    scope: &Scope,
) -> Result<Vec<(ItemId, u64)>, StorageError> {
    let sql = "SELECT item, COUNT(*) FROM cases WHERE township = $1 AND office = $2 \
               GROUP BY item ORDER BY item";
    let rows = db.rows(sql, &[scope.township().into(), scope.office().into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("cases"));
    rows.map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// How many cases of an office there are: in all, at `stage`, promised before `soon`, and with
/// files still on the way.
pub(crate) async fn count(
    db: &mut dyn Connection,
    scope: &Scope,
    stage: &str,
    soon: ServerTime,
) -> Result<[u64; 4], StorageError> {
    let sql = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN stage = $3 THEN 1 ELSE 0 END), 0), \
               COALESCE(SUM(CASE WHEN promised_by < $4 \
               AND stage IN ('received', 'opened', 'returned') THEN 1 ELSE 0 END), 0), \
               COALESCE(SUM(CASE WHEN files_whole < files THEN 1 ELSE 0 END), 0) \
               FROM cases WHERE township = $1 AND office = $2";
    let values = [scope.township().into(), scope.office().into(), stage.into(), soon.into()];
    let row = db.row(sql, &values).await?;
    let mut row = row.ok_or(StorageError::Unreadable("cases"))?.of("cases");
    Ok([row.take()?, row.take()?, row.take()?, row.take()?])
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
    let number = &case.number;
    let said = case.said.as_ref().map(protocol::encode);
    let values = [
        township.into(),
        number.into(),
        (&case.stage).into(),
        said.as_deref().into(),
        u64::from(case.is_rated).into(),
    ];
    let sql = "UPDATE cases SET events = events + 1, stage = $3, said = $4, is_rated = $5 \
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

fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    })
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
        office: row.take()?,
        stage: row.take()?,
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
    })
}

fn said(bytes: Option<Vec<u8>>) -> Result<Option<Said>, StorageError> {
    let said = bytes.map(|bytes| protocol::decode(&bytes)).transpose();
    said.map_err(|_| StorageError::Unreadable("cases"))
}
