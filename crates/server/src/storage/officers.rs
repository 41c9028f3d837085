//! How officers prove who they are.

use protocol::id::Digest;
use protocol::{ServerTime, Township};

use super::{Connection, Row, StorageError};

/// What an officer signs in with.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    /// In the PHC string format.
    pub(crate) password: String,
    /// Wrong passwords since the last right one.
    pub(crate) failures: u64,
    /// When the last wrong one was.
    pub(crate) failed_at: ServerTime,
    /// Whether it is one that a demonstration gave.
    pub(crate) is_demonstration: bool,
    /// The secret of their second factor, where they have one.
    pub(crate) second: Option<[u8; 20]>,
    /// The last time step that a code of it was used of.
    pub(crate) second_used: u64,
    /// Who gave them the password, where they have to change it.
    pub(crate) given_by: Option<String>,
    pub(crate) given_at: ServerTime,
    /// When they signed in last.
    pub(crate) signed_in_at: ServerTime,
}

impl Credential {
    /// Whether there is a password to sign in with, and not only a provider's word.
    pub(crate) fn has_password(&self) -> bool {
        !self.password.is_empty()
    }
}

/// A sign-in that goes on.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) account: String,
    /// What every form of this session must carry.
    pub(crate) csrf: String,
    pub(crate) begun_at: ServerTime,
    pub(crate) seen_at: ServerTime,
    /// As which of their posts they work, counted from 0.
    pub(crate) post: u64,
    /// How they came in, as the console numbers it.
    pub(crate) entrance: u64,
}

/// A password that is to be kept.
pub(crate) struct NewPassword<'a> {
    /// In the PHC string format.
    pub(crate) hash: &'a str,
    pub(crate) is_demonstration: bool,
    /// Who gave it, where its holder has to change it.
    pub(crate) given_by: Option<&'a str>,
    pub(crate) at: ServerTime,
}

/// What an account signs in with.
pub(crate) async fn credential(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
) -> Result<Option<Credential>, StorageError> {
    let sql = "SELECT password, failures, failed_at, is_demonstration, second, second_used, given_by, \
               given_at, signed_in_at FROM credential WHERE township = $1 AND account = $2";
    let row = db.row(sql, &[township.into(), account.into()]).await?;
    row.map(|row| read_credential(&mut row.of("credential"))).transpose()
}

/// What stands in a row from `password` on.
pub(crate) fn read_credential(row: &mut Row) -> Result<Credential, StorageError> {
    Ok(Credential {
        password: row.take()?,
        failures: row.take()?,
        failed_at: row.take()?,
        is_demonstration: row.take::<i64>()? != 0,
        second: row.take()?,
        second_used: row.take()?,
        given_by: row.take()?,
        given_at: row.take()?,
        signed_in_at: row.take()?,
    })
}

/// Sets a password, and ends what was signed in with the one before.
pub(crate) async fn set_password(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    password: &NewPassword<'_>,
) -> Result<(), StorageError> {
    let is_demonstration = u64::from(password.is_demonstration);
    let values = [
        township.into(),
        account.into(),
        password.hash.into(),
        is_demonstration.into(),
        password.given_by.into(),
        password.at.into(),
    ];
    db.execute(
        "INSERT INTO credential \
         (township, account, password, failures, failed_at, is_demonstration, given_by, given_at) \
         VALUES ($1, $2, $3, 0, 0, $4, $5, $6) ON CONFLICT (township, account) DO UPDATE SET \
         password = excluded.password, failures = 0, is_demonstration = $4, given_by = $5, given_at = $6",
        &values,
    )
    .await?;
    super::accounts::end_sessions(db, township, account).await
}

/// Keeps how often an account failed to sign in.
pub(crate) async fn set_failures(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    failures: u64,
    failed_at: ServerTime,
) -> Result<(), StorageError> {
    let sql = "UPDATE credential SET failures = $3, failed_at = $4 \
               WHERE township = $1 AND account = $2";
    let values = [township.into(), account.into(), failures.into(), failed_at.into()];
    db.execute(sql, &values).await?;
    Ok(())
}

/// Gives an account a second factor, or takes it away; a code of `used` is not taken any more.
pub(crate) async fn set_second(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    second: Option<&[u8; 20]>,
    used: u64,
) -> Result<(), StorageError> {
    let sql = "UPDATE credential SET second = $3, second_used = $4 \
               WHERE township = $1 AND account = $2";
    let second = second.map(<[u8; 20]>::as_slice);
    db.execute(sql, &[township.into(), account.into(), second.into(), used.into()]).await.map(drop)
}

/// Keeps the last time step that a code was used of. Tells whether it is a later one than before: of two
/// who use a code side by side, one is let in.
pub(crate) async fn use_code(
    db: &mut dyn Connection,
    township: &Township,
    account: &str,
    step: u64,
) -> Result<bool, StorageError> {
    let sql = "UPDATE credential SET second_used = $3 \
               WHERE township = $1 AND account = $2 AND second_used < $3";
    let rows = db.execute(sql, &[township.into(), account.into(), step.into()]).await?;
    Ok(rows == 1)
}

/// Begins a session; `token` is the digest of what the browser holds.
pub(crate) async fn begin_session(
    db: &mut dyn Connection,
    township: &Township,
    token: &Digest,
    session: &Session,
) -> Result<(), StorageError> {
    let values = [
        township.into(),
        token.into(),
        (&session.account).into(),
        (&session.csrf).into(),
        session.begun_at.into(),
        session.seen_at.into(),
        session.entrance.into(),
    ];
    db.execute(
        "INSERT INTO session (township, token, account, csrf, begun_at, seen_at, entrance) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &values,
    )
    .await?;
    let sql = "UPDATE credential SET signed_in_at = $3 WHERE township = $1 AND account = $2";
    let values = [township.into(), (&session.account).into(), session.begun_at.into()];
    db.execute(sql, &values).await.map(drop)
}

/// The session of a token.
pub(crate) async fn session(
    db: &mut dyn Connection,
    township: &Township,
    token: &Digest,
) -> Result<Option<Session>, StorageError> {
    let sql = "SELECT account, csrf, begun_at, seen_at, post, entrance FROM session \
               WHERE township = $1 AND token = $2";
    let row = db.row(sql, &[township.into(), token.into()]).await?;
    row.map(|row| row.of("session"))
        .map(|mut row| {
            Ok(Session {
                account: row.take()?,
                csrf: row.take()?,
                begun_at: row.take()?,
                seen_at: row.take()?,
                post: row.take()?,
                entrance: row.take()?,
            })
        })
        .transpose()
}

/// Says that the officer of a session was seen.
pub(crate) async fn see(
    db: &mut dyn Connection,
    township: &Township,
    token: &Digest,
    now: ServerTime,
) -> Result<(), StorageError> {
    let sql = "UPDATE session SET seen_at = $3 WHERE township = $1 AND token = $2";
    db.execute(sql, &[township.into(), token.into(), now.into()]).await?;
    Ok(())
}

/// Says as which post somebody goes on.
pub(crate) async fn take_post(
    db: &mut dyn Connection,
    township: &Township,
    token: &Digest,
    post: u64,
) -> Result<(), StorageError> {
    let sql = "UPDATE session SET post = $3 WHERE township = $1 AND token = $2";
    db.execute(sql, &[township.into(), token.into(), post.into()]).await.map(drop)
}

/// Ends a session, and all that nobody was seen in since `idle_since`.
pub(crate) async fn end_session(
    db: &mut dyn Connection,
    township: &Township,
    token: &Digest,
    idle_since: ServerTime,
) -> Result<(), StorageError> {
    let sql = "DELETE FROM session WHERE township = $1 AND (token = $2 OR seen_at < $3)";
    db.execute(sql, &[township.into(), token.into(), idle_since.into()]).await?;
    Ok(())
}
