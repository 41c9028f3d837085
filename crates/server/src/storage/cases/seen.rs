//! Cases as those see them who work for the township: no more than their rights reach over.

use protocol::{CaseNumber, ItemId, ServerTime};

use super::{Case, read};
use crate::console::rights::{Place, Reach, Scope};
use crate::storage::{Connection, StorageError, Value};

/// Which cases of an office to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Of this item only; of all, where empty.
    pub(crate) item: String,
    /// In this phase only.
    pub(crate) phase: String,
    /// Only what whoever asks works now.
    pub(crate) own: bool,
    /// Found by this.
    pub(crate) search: String,
    /// Promised by a time before this one, and not over.
    pub(crate) promised_before: Option<ServerTime>,
    /// Whose files are not whole yet.
    pub(crate) incomplete: bool,
}

/// What somebody may see: `$1` to `$5` are of their [`Scope`], as [`seen_by`] gives them.
macro_rules! seen {
    () => {
        "township = $1 AND (($2 <> '' AND (office = $2 OR place = $2)) \
         OR (role = $3 AND (place = '' OR place LIKE $4 ESCAPE '\\')) OR $5 = 1)"
    };
}

/// A case that somebody's rights reach over, held.
pub(crate) async fn hold_for(
    db: &mut dyn Connection,
    reach: &Reach,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!(
        "UPDATE cases SET events = events WHERE number = $6 AND ",
        seen!(),
        " RETURNING ",
        columns!()
    );
    first(db, sql, reach, number).await
}

/// What the first of somebody's posts that reaches over a case gives of it.
async fn first(
    db: &mut dyn Connection,
    sql: &'static str,
    reach: &Reach,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    for scope in reach.scopes() {
        let place = pattern(scope);
        let [township, office, role, place, all] = seen_by(scope, &place);
        let row = db.row(sql, &[township, office, role, place, all, number.into()]).await?;
        if let Some(row) = row {
            return read(row).map(Some);
        }
    }
    Ok(None)
}

fn seen_by<'a>(scope: &'a Scope, place: &'a str) -> [Value<'a>; 5] {
    [
        scope.township().into(),
        scope.office().into(),
        scope.role().into(),
        place.into(),
        u64::from(scope.is_all()).into(),
    ]
}

fn pattern(scope: &Scope) -> String {
    match scope.place() {
        Place::Office(office) => escape(office),
        Place::Area(code) => format!("{}%", escape(code)),
        Place::None => String::new(),
    }
}

/// A case, for somebody whose rights reach over it.
pub(crate) async fn find_for(
    db: &mut dyn Connection,
    reach: &Reach,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let sql = concat!("SELECT ", columns!(), " FROM cases WHERE number = $6 AND ", seen!());
    first(db, sql, reach, number).await
}

/// The cases that `filter` lets through, the most urgent first, at most `most`.
pub(crate) async fn list(
    db: &mut dyn Connection,
    scope: &Scope,
    filter: &Filter,
    most: u64,
) -> Result<Vec<Case>, StorageError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM cases WHERE ",
        seen!(),
        " AND ($6 = '' OR item = $6) AND ($7 = '' OR phase = $7) \
         AND ($8 = '' OR search LIKE $8 ESCAPE '\\') \
         AND promised_by < $9 AND files_whole < files + $10 AND ($11 = 0 OR stage <> '') \
         AND ($12 = 0 OR (role = $3 AND (place = '' OR place LIKE $4 ESCAPE '\\'))) \
         ORDER BY CASE WHEN stage = '' THEN 1 ELSE 0 END, promised_by, number LIMIT $13"
    );
    let search = match filter.search.as_str() {
        "" => String::new(),
        text => format!("%{}%", escape(text)),
    };
    let before = filter.promised_before.unwrap_or(ServerTime(i64::MAX));
    let place = pattern(scope);
    let more = [
        (&filter.item).into(),
        (&filter.phase).into(),
        (&search).into(),
        before.into(),
        u64::from(!filter.incomplete).into(),
        u64::from(filter.promised_before.is_some()).into(),
        u64::from(filter.own).into(),
        most.into(),
    ];
    let values: Vec<Value<'_>> = seen_by(scope, &place).into_iter().chain(more).collect();
    let rows = db.rows(sql, &values).await?;
    rows.into_iter().map(read).collect()
}

/// How many cases of each item somebody sees.
pub(crate) async fn count_by_item(
    db: &mut dyn Connection,
    scope: &Scope,
) -> Result<Vec<(ItemId, u64)>, StorageError> {
    let sql =
        concat!("SELECT item, COUNT(*) FROM cases WHERE ", seen!(), " GROUP BY item ORDER BY item");
    let place = pattern(scope);
    let rows = db.rows(sql, &seen_by(scope, &place)).await?;
    let rows = rows.into_iter().map(|row| row.of("cases"));
    rows.map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// How many cases somebody sees.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) all: u64,
    /// That they work now.
    pub(crate) own: u64,
    /// In the phase that was asked for.
    pub(crate) in_phase: u64,
    /// That were promised by the time that was asked for, and are not over.
    pub(crate) soon: u64,
    /// With files still on the way.
    pub(crate) incomplete: u64,
}

/// Counts the cases that somebody sees: those in `phase`, and those promised before `soon`, too.
pub(crate) async fn count(
    db: &mut dyn Connection,
    scope: &Scope,
    phase: &str,
    soon: ServerTime,
) -> Result<Counts, StorageError> {
    let sql = concat!(
        "SELECT COUNT(*), \
         COALESCE(SUM(CASE WHEN role = $3 AND (place = '' OR place LIKE $4 ESCAPE '\\') \
         THEN 1 ELSE 0 END), 0), \
         COALESCE(SUM(CASE WHEN phase = $6 THEN 1 ELSE 0 END), 0), \
         COALESCE(SUM(CASE WHEN promised_by < $7 AND stage <> '' THEN 1 ELSE 0 END), 0), \
         COALESCE(SUM(CASE WHEN files_whole < files THEN 1 ELSE 0 END), 0) \
         FROM cases WHERE ",
        seen!()
    );
    let place = pattern(scope);
    let more = [phase.into(), soon.into()];
    let values: Vec<Value<'_>> = seen_by(scope, &place).into_iter().chain(more).collect();
    let row = db.row(sql, &values).await?;
    let mut row = row.ok_or(StorageError::Unreadable("cases"))?.of("cases");
    Ok(Counts {
        all: row.take()?,
        own: row.take()?,
        in_phase: row.take()?,
        soon: row.take()?,
        incomplete: row.take()?,
    })
}

pub(super) fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    })
}
