//! SQLite: one connection writes, others read beside it.

use std::ops::DerefMut;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool,
    SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Column as _, Row as _, SqlitePool as Pool, TypeInfo as _, ValueRef as _};

use super::row::Cell;
use super::value::written;
use super::{Connection, Database, Eventually, Row, StorageError, Transaction, Value, migrations};

/// How many connections read beside the one that writes.
const READERS: u32 = 4;
/// SQLite's `SQLITE_FULL`.
const FULL: &str = "13";

/// A database in a file.
pub(crate) struct Sqlite {
    writer: Pool,
    readers: Pool,
}

impl Sqlite {
    /// Opens the file, makes it where there is none, and brings its tables up to date. `most_bytes`
    /// limits how large it may grow.
    pub(crate) async fn open(file: &Path, most_bytes: Option<u64>) -> Result<Self, StorageError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // In WAL mode only FULL keeps the last transactions through a power failure.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let writing = match most_bytes {
            Some(bytes) => options.clone().pragma("max_page_count", (bytes / 4096).to_string()),
            None => options.clone(),
        };
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(writing).await?;
        let database = Self { writer, readers: SqlitePool::connect_lazy_with(options.clone()) };
        migrations::run(&database, migrations::SQLITE).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS);
        Ok(Self { readers: readers.connect_with(options.read_only(true)).await?, ..database })
    }
}

impl Database for Sqlite {
    fn read(&self) -> Eventually<'_, Result<Box<dyn Connection>, StorageError>> {
        Box::pin(async {
            let connection = self.readers.acquire().await.map_err(told)?;
            Ok(Box::new(Over(connection)) as Box<dyn Connection>)
        })
    }

    fn write(&self) -> Eventually<'_, Result<Box<dyn Transaction>, StorageError>> {
        Box::pin(async {
            // IMMEDIATE: a transaction that will write waits for its turn before it reads.
            let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(told)?;
            Ok(Box::new(Over(transaction)) as Box<dyn Transaction>)
        })
    }
}

/// A connection that was lent, or a transaction on one.
struct Over<C>(C);

impl<C: DerefMut<Target = SqliteConnection> + Send> Connection for Over<C> {
    fn execute<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<u64, StorageError>> {
        Box::pin(execute(&mut self.0, sql, values))
    }

    fn rows<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<Vec<Row>, StorageError>> {
        Box::pin(rows(&mut self.0, sql, values))
    }
}

impl Transaction for Over<sqlx::Transaction<'static, sqlx::Sqlite>> {
    fn commit(self: Box<Self>) -> Eventually<'static, Result<(), StorageError>> {
        Box::pin(async move { self.0.commit().await.map_err(told) })
    }
}

async fn execute(
    connection: &mut SqliteConnection,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<u64, StorageError> {
    let done = bind(sql, values).execute(connection).await.map_err(told)?;
    Ok(done.rows_affected())
}

async fn rows(
    connection: &mut SqliteConnection,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<Vec<Row>, StorageError> {
    let rows = bind(sql, values).fetch_all(connection).await.map_err(told)?;
    rows.iter().map(cells).collect()
}

fn bind(
    sql: &'static str,
    values: &[Value<'_>],
) -> sqlx::query::Query<'static, sqlx::Sqlite, SqliteArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Integer(value) => query.bind(*value),
        Value::Text(value) => query.bind(value.map(written)),
        Value::Bytes(value) => query.bind(value.map(<[u8]>::to_vec)),
    })
}

fn cells(row: &SqliteRow) -> Result<Row, StorageError> {
    let cell = |column: &sqlx::sqlite::SqliteColumn| {
        let place = column.ordinal();
        let raw = row.try_get_raw(place)?;
        Ok(match raw.type_info().name() {
            _ if raw.is_null() => Cell::Empty,
            "INTEGER" => Cell::Integer(row.try_get(place)?),
            "TEXT" => Cell::Text(row.try_get(place)?),
            _ => Cell::Bytes(row.try_get(place)?),
        })
    };
    let cells: Result<Vec<_>, sqlx::Error> = row.columns().iter().map(cell).collect();
    Ok(Row::new(cells?))
}

fn told(error: sqlx::Error) -> StorageError {
    match error.as_database_error().and_then(|error| error.code()) {
        Some(code) if code == FULL => StorageError::Full,
        _ => StorageError::Database(error),
    }
}
