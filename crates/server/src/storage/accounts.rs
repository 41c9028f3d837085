//! What an administrator sees of accounts, and does to them.

use std::collections::BTreeMap;

use protocol::{ServerTime, Township};

use super::officers::{Credential, read_credential};
use super::{Connection, StorageError};

/// What each account signs in with.
pub(crate) async fn credentials(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<BTreeMap<String, Credential>, StorageError> {
    let sql = "SELECT account, password, failures, failed_at, is_demonstration, second, second_used, \
               given_by, given_at, signed_in_at FROM credential WHERE township = $1";
    let rows = db.rows(sql, &[township.into()]).await?.into_iter();
    rows.map(|row| {
        let mut row = row.of("credential");
        Ok((row.take()?, read_credential(&mut row)?))
    })
    .collect()
}

/// How many sessions of each account go on that were used after `idle_since` and begun after
/// `begun_since`.
pub(crate) async fn open_sessions(
    db: &mut dyn Connection,
    township: &Township,
    idle_since: ServerTime,
    begun_since: ServerTime,
) -> Result<BTreeMap<String, u64>, StorageError> {
    let sql = "SELECT account, COUNT(*) FROM session \
               WHERE township = $1 AND seen_at > $2 AND begun_at > $3 GROUP BY account";
    let rows = db.rows(sql, &[township.into(), idle_since.into(), begun_since.into()]).await?;
    let read = rows.into_iter().map(|row| {
        let mut row = row.of("session");
        Ok((row.take()?, row.take()?))
    });
    read.collect()
}

/// Ends every session of an account, and what it has begun of others.
pub(crate) async fn end_sessions(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<(), StorageError> {
    let sql = "DELETE FROM session WHERE township = $1 AND account = $2";
    db.execute(sql, &[township.into(), account.into()]).await?;
    let sql = "DELETE FROM provider_half WHERE township = $1 AND account = $2";
    db.execute(sql, &[township.into(), account.into()]).await.map(drop)
}

/// Makes an account one that somebody can sign in to, without a password where it has none.
pub(crate) async fn make(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<(), StorageError> {
    let sql = "INSERT INTO credential \
               (township, account, password, failures, failed_at, is_demonstration) \
               VALUES ($1, $2, '', 0, 0, 0) ON CONFLICT (township, account) DO NOTHING";
    db.execute(sql, &[township.into(), account.into()]).await.map(drop)
}
