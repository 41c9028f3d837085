//! The households that the township knows.

mod proposals;

pub(crate) use proposals::{Proposal, correct, proposals, propose, take_proposal};

use std::collections::BTreeMap;

use checks::Division;
use minicbor::{Decode, Encode};
use protocol::{ServerTime, Township, encode};
use roster::{Changes, Household, Roster};

use super::{Connection, Row, StorageError};

/// What is known, and which change of it that is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// 0 where nothing was ever known.
    pub(crate) version: u64,
    pub(crate) roster: Roster,
}

/// A roster that somebody brought, and has not said of that it is to be taken.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What was known when they were shown what it changes.
    pub(crate) version: u64,
    pub(crate) roster: Roster,
}

/// A roster as it is kept in one piece.
#[derive(Encode, Decode)]
struct Written {
    #[n(0)]
    columns: Vec<String>,
    #[n(1)]
    households: Vec<WrittenHousehold>,
}

#[derive(Encode, Decode)]
struct WrittenHousehold {
    #[n(0)]
    name: String,
    #[n(1)]
    village: String,
    #[n(2)]
    people: Vec<Vec<String>>,
}

const UNREADABLE: StorageError = StorageError::Unreadable("household");

/// All that is known.
pub(crate) async fn all(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<Known, StorageError> {
    let sql = "SELECT name, village, people FROM household WHERE township = $1";
    let rows = db.rows(sql, &[township.into()]).await?;
    known(db, township, rows).await
}

/// What is known of a village.
pub(crate) async fn of_village(
    db: &mut dyn Connection,
    township: &Township,
    village: &Division,
) -> Result<Known, StorageError> {
    let sql = "SELECT name, village, people FROM household WHERE township = $1 AND village = $2";
    let rows = db.rows(sql, &[township.into(), village.as_str().into()]).await?;
    known(db, township, rows).await
}

/// What is known of one household.
async fn of_household(
    db: &mut dyn Connection,
    township: &Township,
    name: &str,
) -> Result<Roster, StorageError> {
    let sql = "SELECT name, village, people FROM household WHERE township = $1 AND name = $2";
    let rows = db.rows(sql, &[township.into(), name.into()]).await?;
    Ok(known(db, township, rows).await?.roster)
}

/// How many households are known of each village.
pub(crate) async fn count(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<BTreeMap<String, u64>, StorageError> {
    let sql = "SELECT village, COUNT(*) FROM household WHERE township = $1 GROUP BY village";
    let rows = db.rows(sql, &[township.into()]).await?.into_iter();
    rows.map(|row| row.of("household")).map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// When it was changed last.
pub(crate) async fn changed_at(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<Option<ServerTime>, StorageError> {
    let row =
        db.row("SELECT changed_at FROM roster WHERE township = $1", &[township.into()]).await?;
    row.map(|row| row.of("roster").take()).transpose()
}

async fn known(
    db: &mut dyn Connection,
    township: &Township,
    households: Vec<Row>,
) -> Result<Known, StorageError> {
    let sql = "SELECT version, columns FROM roster WHERE township = $1";
    let Some(row) = db.row(sql, &[township.into()]).await? else { return Ok(Known::default()) };
    let mut row = row.of("roster");
    let (version, columns) = (row.take()?, row.decode()?);
    let read = |row: Row| {
        let mut row = row.of("household");
        let (name, village, people) = (row.take()?, row.take::<String>()?, row.decode()?);
        let village = Division::read(&village).map_err(|_| UNREADABLE)?;
        Ok((name, Household { village, people }))
    };
    let households = households.into_iter().map(read).collect::<Result<_, StorageError>>()?;
    Ok(Known { version, roster: Roster { columns, households } })
}

/// Makes the `changes` that `new` brings to what was known as `known`; tells whether it did, or that
/// has changed since.
pub(crate) async fn change(
    db: &mut dyn Connection,
    township: &Township,
    known: &Known,
    changes: &Changes,
    new: &Roster,
    at: ServerTime,
) -> Result<bool, StorageError> {
    let made = changes.made(&known.roster, new);
    let (before, columns) = (known.version, encode(&made.columns));
    let values = [township.into(), before.into(), (&columns).into(), at.into()];
    let sql = match before {
        0 => {
            "INSERT INTO roster (township, version, columns, changed_at) VALUES ($1, $2 + 1, $3, $4) \
             ON CONFLICT (township) DO NOTHING"
        }
        _ => {
            "UPDATE roster SET version = version + 1, columns = $3, changed_at = $4 \
             WHERE township = $1 AND version = $2"
        }
    };
    if db.execute(sql, &values).await? == 0 {
        return Ok(false);
    }
    // Where there are other columns, every row is another.
    let is_wider = made.columns != known.roster.columns;
    for (name, household) in &made.households {
        if is_wider || known.roster.households.get(name) != Some(household) {
            put(db, township, name, household).await?;
        }
    }
    for name in &changes.gone {
        let sql = "DELETE FROM household WHERE township = $1 AND name = $2";
        db.execute(sql, &[township.into(), name.as_str().into()]).await?;
    }
    Ok(true)
}

async fn put(
    db: &mut dyn Connection,
    township: &Township,
    name: &str,
    household: &Household,
) -> Result<(), StorageError> {
    let people = encode(&household.people);
    let values =
        [township.into(), name.into(), household.village.as_str().into(), (&people).into()];
    let sql = "INSERT INTO household (township, name, village, people) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (township, name) DO UPDATE SET village = excluded.village, \
               people = excluded.people";
    db.execute(sql, &values).await.map(drop)
}

/// Keeps what somebody brought, in the place of what they brought before.
pub(crate) async fn keep_draft(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    draft: &Draft,
    at: ServerTime,
) -> Result<(), StorageError> {
    let households = draft.roster.households.iter().map(|(name, household)| WrittenHousehold {
        name: name.clone(),
        village: household.village.as_str().to_owned(),
        people: household.people.clone(),
    });
    let columns = draft.roster.columns.clone();
    let body = encode(&Written { columns, households: households.collect() });
    let values = [township.into(), account.into(), draft.version.into(), (&body).into(), at.into()];
    let sql = "INSERT INTO roster_draft (township, account, version, body, made_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (township, account) DO UPDATE SET \
               version = excluded.version, body = excluded.body, made_at = excluded.made_at";
    db.execute(sql, &values).await.map(drop)
}

/// What somebody brought last; it is no draft any more.
pub(crate) async fn take_draft(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<Option<Draft>, StorageError> {
    let sql =
        "DELETE FROM roster_draft WHERE township = $1 AND account = $2 RETURNING version, body";
    let Some(row) = db.row(sql, &[township.into(), account.into()]).await? else {
        return Ok(None);
    };
    let mut row = row.of("roster_draft");
    let (version, Written { columns, households }) = (row.take()?, row.decode()?);
    let read = |one: WrittenHousehold| {
        let village = Division::read(&one.village).map_err(|_| UNREADABLE)?;
        Ok((one.name, Household { village, people: one.people }))
    };
    let households = households.into_iter().map(read).collect::<Result<_, StorageError>>()?;
    Ok(Some(Draft { version, roster: Roster { columns, households } }))
}
