//! What clerks say otherwise than the roster.

use protocol::{CaseNumber, Digest, ServerTime, Township};

use super::{of_household, put};
use crate::storage::{Connection, Row, StorageError};

/// What a clerk says otherwise of a person.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    /// Names it: of one person and one column there is one.
    pub(crate) key: Digest,
    pub(crate) household: String,
    /// By their identity number.
    pub(crate) person: String,
    pub(crate) column: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// In which case they said so.
    pub(crate) case: CaseNumber,
    /// Who.
    pub(crate) account: String,
}

macro_rules! columns {
    () => {
        "key, household, person, column_name, before, after, case_number, account"
    };
}

/// Proposes, in the place of what was proposed of that before.
pub(crate) async fn propose(
    db: &mut dyn Connection,
    township: &Township,
    proposal: &Proposal,
    at: ServerTime,
) -> Result<(), StorageError> {
    let Proposal { key, household, person, column, before, after, case, account } = proposal;
    let values = [
        township.into(),
        key.into(),
        household.into(),
        person.into(),
        column.into(),
        before.into(),
        after.into(),
        case.into(),
        account.into(),
        at.into(),
    ];
    let sql = concat!(
        "INSERT INTO roster_proposal (township, ",
        columns!(),
        ", at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (township, key) \
         DO UPDATE SET household = excluded.household, before = excluded.before, \
         after = excluded.after, case_number = excluded.case_number, account = excluded.account, \
         at = excluded.at"
    );
    db.execute(sql, &values).await.map(drop)
}

/// The oldest of them, at most `most`, and how many there are.
pub(crate) async fn proposals(
    db: &mut dyn Connection,
    township: &Township,
    most: u64,
) -> Result<(Vec<Proposal>, u64), StorageError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM roster_proposal WHERE township = $1 ORDER BY at, key LIMIT $2"
    );
    let rows = db.rows(sql, &[township.into(), most.into()]).await?;
    let all = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    let sql = "SELECT COUNT(*) FROM roster_proposal WHERE township = $1";
    let count = db.row(sql, &[township.into()]).await?;
    let count = count.ok_or(StorageError::Unreadable("roster_proposal"))?;
    Ok((all, count.of("roster_proposal").take()?))
}

/// A proposal as it was made in this case; it is none any more.
pub(crate) async fn take_proposal(
    db: &mut dyn Connection,
    township: &Township,
    key: &Digest,
    case: &CaseNumber,
) -> Result<Option<Proposal>, StorageError> {
    let sql = concat!(
        "DELETE FROM roster_proposal WHERE township = $1 AND key = $2 AND case_number = $3 \
         RETURNING ",
        columns!()
    );
    db.row(sql, &[township.into(), key.into(), case.into()]).await?.map(read).transpose()
}

/// Has the roster say what was proposed; tells whether it still knows the person so.
pub(crate) async fn correct(
    db: &mut dyn Connection,
    township: &Township,
    proposal: &Proposal,
    at: ServerTime,
) -> Result<bool, StorageError> {
    let sql = "UPDATE roster SET version = version + 1, changed_at = $2 WHERE township = $1";
    db.execute(sql, &[township.into(), at.into()]).await?;
    let name = &proposal.household;
    let roster = of_household(db, township, name).await?;
    let place = |column: &str| roster.columns.iter().position(|own| own == column);
    let (Some(id), Some(cell)) = (place(roster::ID), place(&proposal.column)) else {
        return Ok(false);
    };
    let Some(mut household) = roster.households.get(name).cloned() else { return Ok(false) };
    let person = household.people.iter_mut().find(|person| person[id] == proposal.person);
    let Some(person) = person.filter(|person| person[cell] == proposal.before) else {
        return Ok(false);
    };
    person[cell].clone_from(&proposal.after);
    put(db, township, name, &household).await?;
    Ok(true)
}

fn read(row: Row) -> Result<Proposal, StorageError> {
    let mut row = row.of("roster_proposal");
    Ok(Proposal {
        key: row.take()?,
        household: row.take()?,
        person: row.take()?,
        column: row.take()?,
        before: row.take()?,
        after: row.take()?,
        case: row.take()?,
        account: row.take()?,
    })
}
