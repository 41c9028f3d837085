//! Keeping things durably: the only module that names SQL.
//!
//! The SQL text stands once, in the common part of SQLite's and PostgreSQL's dialects (`$1`,
//! `ON CONFLICT`, `RETURNING`), in one file for each family of tables; a [`Database`] only runs
//! it. What a statement cannot say in both dialects is not said.
//!
//! # Invariants
//! * Every table's key begins with the township.
//! * A transaction that was committed is durable: it survives SIGKILL and power loss.
//! * Every number that is counted up (case numbers, a case's events, a device's facts) is counted
//!   by an `UPDATE` of the row that holds it, so that its order is the order of commits even where
//!   transactions run side by side.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod cases;
pub(crate) mod devices;
pub(crate) mod documents;
pub(crate) mod envelopes;
pub(crate) mod facts;
pub(crate) mod files;
pub(crate) mod forms;
mod migrations;
pub(crate) mod notices;
pub(crate) mod officers;
mod on_disk;
pub(crate) mod outgoing;
pub(crate) mod packs;
mod postgres;
pub(crate) mod provider;
pub(crate) mod recovery;
pub(crate) mod recusals;
pub(crate) mod refused;
pub(crate) mod reminders;
pub(crate) mod residents;
mod row;
mod sqlite;
pub(crate) mod tasks;
mod value;
pub(crate) mod workflows;

use std::future::Future;
use std::pin::Pin;

pub(crate) use on_disk::OnDisk;
pub(crate) use postgres::Postgres;
pub(crate) use row::Row;
pub(crate) use sqlite::Sqlite;
pub(crate) use value::Value;

/// Something that comes later.
pub type Eventually<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A database.
pub(crate) trait Database: Send + Sync {
    /// A connection that sees what was committed.
    fn read(&self) -> Eventually<'_, Result<Box<dyn Connection>, StorageError>>;

    /// Begins a transaction. Dropped without a commit, it leaves no trace.
    fn write(&self) -> Eventually<'_, Result<Box<dyn Transaction>, StorageError>>;
}

/// Runs statements.
pub(crate) trait Connection: Send {
    /// Runs a statement and tells how many rows it touched.
    fn execute<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<u64, StorageError>>;

    /// Runs a statement and gives its rows.
    fn rows<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<Vec<Row>, StorageError>>;
}

/// Statements that are durable together or not at all.
pub(crate) trait Transaction: Connection {
    /// Makes them durable.
    fn commit(self: Box<Self>) -> Eventually<'static, Result<(), StorageError>>;
}

impl dyn Connection + '_ {
    /// The only row of a statement that gives at most one.
    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Marks a place in the transaction to which it can go back.
    pub(crate) async fn mark(&mut self) -> Result<(), StorageError> {
        self.execute("SAVEPOINT mark", &[]).await.map(drop)
    }

    /// Undoes what was done since the mark.
    pub(crate) async fn back_to_mark(&mut self) -> Result<(), StorageError> {
        self.execute("ROLLBACK TO SAVEPOINT mark", &[]).await.map(drop)
    }

    /// Forgets the mark; what was done since then is part of the transaction.
    pub(crate) async fn forget_mark(&mut self) -> Result<(), StorageError> {
        self.execute("RELEASE SAVEPOINT mark", &[]).await.map(drop)
    }
}

/// Why something was not kept, or could not be read. Nothing that was kept before is lost.
///
/// Whoever gets one answers "later": the disk may be cleared, the database come back.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No room is left.
    #[error("no room is left for the database: clear the disk or raise the limit")]
    Full,
    /// The database does not answer, or not as it should.
    #[error("the database does not answer as it should")]
    Database(#[from] sqlx::Error),
    /// The folder for files does not take or give a file.
    #[error("the folder for files does not answer as it should")]
    Folder(#[from] std::io::Error),
    /// Something that was kept is not what this program writes.
    #[error("the database holds something unreadable in {0}: restore it from a backup")]
    Unreadable(&'static str),
    /// There are no keys of a suite that envelopes were received in.
    #[error("the key file has no keys of suite {}: restore it from its backup", .0.number())]
    NoKeys(protocol::Suite),
}
