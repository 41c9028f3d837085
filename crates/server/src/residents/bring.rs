//! Bringing a table of the township's people.

use std::collections::{BTreeMap, BTreeSet};

use pack::Pack;
use roster::{Changes, Expected, NotATable, Problem, Read, Roster, Table};

use crate::audit::{self, Deed, Entry};
use crate::cases::Now;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::residents::Draft;
use crate::storage::{self, Connection, StorageError};

/// Why a table was not taken in; then all is known as before.
#[derive(Debug, thiserror::Error)]
pub enum NotBrought {
    /// It is no table.
    #[error(transparent)]
    NotATable(#[from] NotATable),
    /// Something is wrong with it: all of that, in the order of its lines.
    #[error("表里有 {} 处不对，一处也没有收：改好再来", .0.len())]
    Wrong(Vec<Problem>),
    /// What is known has changed since somebody was shown what it changes, or nobody was.
    #[error("台账刚刚变过，请再看一遍这张表会改什么")]
    Changed,
    /// It could not be read or kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a table would change.
pub(crate) struct Preview {
    pub(crate) changes: Changes,
    /// Headings of columns that are not taken in.
    pub(crate) left_out: Vec<String>,
}

impl Server {
    /// Tells what a table would change, and changes nothing.
    ///
    /// # Errors
    /// See [`NotBrought`].
    pub async fn preview_roster(&self, table: &[u8]) -> Result<Changes, NotBrought> {
        let pack = self.packs.in_force();
        let read = read(&Now::new(self, &pack), table)?;
        let mut db = self.storage.read().await?;
        let known = storage::residents::all(&mut *db, &self.township).await?;
        Ok(Changes::between(&known.roster, &read.roster))
    }

    /// Takes a table in, as an operator.
    ///
    /// # Errors
    /// See [`NotBrought`].
    pub async fn bring_roster(&self, table: &[u8]) -> Result<Changes, NotBrought> {
        let pack = self.packs.in_force();
        let now = Now::new(self, &pack);
        let roster = read(&now, table)?.roster;
        let mut transaction = self.storage.write().await?;
        let db = &mut *transaction;
        let known = storage::residents::all(db, &self.township).await?;
        let draft = Draft { version: known.version, roster };
        let changes = take(db, now, audit::OPERATOR, &draft).await?;
        transaction.commit().await?;
        Ok(changes)
    }
}

/// Keeps a table that somebody brought until they say that it is to be taken, and tells what it would
/// change.
pub(crate) async fn show(now: Now<'_>, account: &str, table: &[u8]) -> Result<Preview, NotBrought> {
    let Read { roster, left_out } = read(&now, table)?;
    let (server, township) = (now.server, &now.server.township);
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let known = storage::residents::all(db, township).await?;
    let changes = Changes::between(&known.roster, &roster);
    let draft = Draft { version: known.version, roster };
    storage::residents::keep_draft(db, township, account, &draft, now.at).await?;
    transaction.commit().await?;
    Ok(Preview { changes, left_out })
}

/// Takes what somebody brought last.
pub(crate) async fn confirm(now: Now<'_>, account: &str) -> Result<Changes, NotBrought> {
    let mut transaction = now.server.storage.write().await?;
    let db = &mut *transaction;
    let draft = storage::residents::take_draft(db, &now.server.township, account).await?;
    let changes = take(db, now, account, &draft.ok_or(NotBrought::Changed)?).await?;
    transaction.commit().await?;
    Ok(changes)
}

async fn take(
    db: &mut dyn Connection,
    now: Now<'_>,
    account: &str,
    draft: &Draft,
) -> Result<Changes, NotBrought> {
    let township = &now.server.township;
    let known = storage::residents::all(db, township).await?;
    if known.version != draft.version {
        return Err(NotBrought::Changed);
    }
    let changes = Changes::between(&known.roster, &draft.roster);
    let is_made =
        storage::residents::change(db, township, &known, &changes, &draft.roster, now.at).await?;
    if !is_made {
        return Err(NotBrought::Changed);
    }
    let did = Deed::ChangedRoster {
        new: changes.new.len() as u64,
        changed: changes.changed.len() as u64,
        gone: changes.gone.len() as u64,
    };
    audit::record(db, township, &Entry { at: now.at, who: account.to_owned(), did }).await?;
    Ok(changes)
}

fn read(now: &Now<'_>, table: &[u8]) -> Result<Read, NotBrought> {
    let table = Table::read(table)?;
    Roster::read(&table, &expected(now.pack, now)).map_err(NotBrought::Wrong)
}

/// What the pack in force expects of a table.
fn expected<'p>(pack: &'p InForce, now: &Now<'_>) -> Expected<'p> {
    let pack: &'p Pack = &pack.pack;
    let today = now.local().date();
    let of_today = pack.areas.iter().filter(|area| {
        area.from.is_none_or(|from| from <= today) && area.until.is_none_or(|until| today <= until)
    });
    Expected {
        columns: asked_for(pack),
        headings: pack.residents.iter().flat_map(|own| headings(&own.headings)).collect(),
        villages: of_today.map(|area| (area.code.clone(), area.name.as_str())).collect(),
        today,
    }
}

fn headings(own: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    own.iter().map(|(column, heading)| (heading.as_str(), column.as_str()))
}

/// The columns that some form fills itself in from.
fn asked_for(pack: &Pack) -> BTreeSet<&str> {
    let forms = pack.items.iter().map(|item| &item.form.form);
    forms.flat_map(|form| form.nodes.iter().filter_map(|node| node.prefill())).collect()
}
