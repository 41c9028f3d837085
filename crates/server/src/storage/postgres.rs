//! PostgreSQL: any number of servers over one database, each with its own connections.
//!
//! Transactions run side by side at the isolation that PostgreSQL has by itself (READ COMMITTED): whatever
//! must not happen twice is one statement, or waits at the row that it counts up. Two that wait for each
//! other are told apart by PostgreSQL, which ends one of them: it left no trace, and is tried again by who
//! asked.

use std::ops::DerefMut;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{
    PgArguments, PgColumn, PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow,
};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

use super::row::Cell;
use super::value::written;
use super::{Connection, Database, Eventually, Row, StorageError, Transaction, Value, migrations};

/// How many connections a server has. PostgreSQL has a hundred for all, where nobody says more.
const CONNECTIONS: u32 = 12;
/// How long a request waits for one.
const PATIENCE: Duration = Duration::from_secs(10);
/// PostgreSQL's `disk_full`.
const FULL: &str = "53100";
/// So often a server that starts beside others tries to bring the tables up to date.
const TRIES: u32 = 5;

/// A database on a server.
pub(crate) struct Postgres(PgPool);

impl Postgres {
    /// Connects to `postgres://…`, and brings the tables up to date.
    pub(crate) async fn open(url: &str) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(url)?.application_name("xst");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        let database = Self(pool);
        let mut tries = 1;
        // Of several that make the same table at once, all but one are told that it is there.
        while let Err(error) = migrations::run(&database, migrations::POSTGRES).await {
            if tries == TRIES {
                return Err(error);
            }
            tries += 1;
        }
        Ok(database)
    }
}

impl Database for Postgres {
    fn read(&self) -> Eventually<'_, Result<Box<dyn Connection>, StorageError>> {
        Box::pin(async {
            let connection = self.0.acquire().await.map_err(told)?;
            Ok(Box::new(Over(connection)) as Box<dyn Connection>)
        })
    }

    fn write(&self) -> Eventually<'_, Result<Box<dyn Transaction>, StorageError>> {
        Box::pin(async {
            let transaction = self.0.begin().await.map_err(told)?;
            Ok(Box::new(Over(transaction)) as Box<dyn Transaction>)
        })
    }
}

/// A connection that was lent, or a transaction on one.
struct Over<C>(C);

impl<C: DerefMut<Target = PgConnection> + Send> Connection for Over<C> {
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

impl Transaction for Over<sqlx::Transaction<'static, sqlx::Postgres>> {
    fn commit(self: Box<Self>) -> Eventually<'static, Result<(), StorageError>> {
        Box::pin(async move { self.0.commit().await.map_err(told) })
    }
}

async fn execute(
    connection: &mut PgConnection,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<u64, StorageError> {
    let done = bind(sql, values).execute(connection).await.map_err(told)?;
    Ok(done.rows_affected())
}

async fn rows(
    connection: &mut PgConnection,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<Vec<Row>, StorageError> {
    let rows = bind(sql, values).fetch_all(connection).await.map_err(told)?;
    rows.iter().map(cells).collect()
}

fn bind(
    sql: &'static str,
    values: &[Value<'_>],
) -> sqlx::query::Query<'static, sqlx::Postgres, PgArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Integer(value) => query.bind(*value),
        Value::Text(value) => query.bind(value.map(written)),
        Value::Bytes(value) => query.bind(value.map(<[u8]>::to_vec)),
    })
}

fn cells(row: &PgRow) -> Result<Row, StorageError> {
    let cell = |column: &PgColumn| {
        let place = column.ordinal();
        let raw = row.try_get_raw(place)?;
        Ok(match raw.type_info().name() {
            _ if raw.is_null() => Cell::Empty,
            "INT8" => Cell::Integer(row.try_get(place)?),
            "INT4" => Cell::Integer(row.try_get::<i32, _>(place)?.into()),
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
