//! Sign-ins by way of a provider, and whose accounts they are of.

use protocol::id::Digest;
use protocol::{ServerTime, Township};

use super::{Connection, Row, StorageError};

/// A sign-in that went off to the provider.
pub(crate) struct Flow {
    /// The digest of what comes back in the address.
    pub(crate) state: Digest,
    /// The digest of what the browser holds that went.
    pub(crate) browser: Digest,
    /// What the provider's word must carry.
    pub(crate) nonce: String,
    /// What the code is to be redeemed with (RFC 7636).
    pub(crate) verifier: String,
    pub(crate) begun_at: ServerTime,
}

/// Whose account it is when a provider says that it is somebody.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) subject: String,
    pub(crate) account: String,
}

/// Keeps a sign-in that goes off, and forgets those that went before `since`; false where `most` are
/// under way.
pub(crate) async fn begin(
    db: &mut dyn Connection,
    township: &Township,
    flow: &Flow,
    since: ServerTime,
    most: u64,
) -> Result<bool, StorageError> {
    let sql = "DELETE FROM provider_flow WHERE township = $1 AND begun_at < $2";
    db.execute(sql, &[township.into(), since.into()]).await?;
    let sql = "SELECT COUNT(*) FROM provider_flow WHERE township = $1";
    let row = db.row(sql, &[township.into()]).await?;
    let under_way: u64 = row.map_or(Ok(0), |row| row.of("provider").take())?;
    if under_way >= most {
        return Ok(false);
    }
    let values = [
        township.into(),
        (&flow.state).into(),
        (&flow.browser).into(),
        (&flow.nonce).into(),
        (&flow.verifier).into(),
        flow.begun_at.into(),
    ];
    let sql = "INSERT INTO provider_flow (township, state, browser, nonce, verifier, begun_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    db.execute(sql, &values).await?;
    Ok(true)
}

/// Takes the sign-in of a state out, for the browser that it went off from: of two who bring it, one
/// gets it.
pub(crate) async fn take(
    db: &mut dyn Connection,
    township: &Township,
    state: &Digest,
    browser: &Digest,
) -> Result<Option<Flow>, StorageError> {
    let sql = "DELETE FROM provider_flow WHERE township = $1 AND state = $2 AND browser = $3 \
               RETURNING nonce, verifier, begun_at";
    let row = db.row(sql, &[township.into(), state.into(), browser.into()]).await?;
    row.map(|row| {
        let mut row = row.of("provider");
        let (nonce, verifier, begun_at) = (row.take()?, row.take()?, row.take()?);
        Ok(Flow { state: *state, browser: *browser, nonce, verifier, begun_at })
    })
    .transpose()
}

/// Keeps that somebody came back who still lacks a code, and forgets who came back before `since`.
pub(crate) async fn begin_half(
    db: &mut dyn Connection,
    township: &Township,
    browser: &Digest,
    account: &str,
    (now, since): (ServerTime, ServerTime),
) -> Result<(), StorageError> {
    let sql = "DELETE FROM provider_half WHERE township = $1 AND begun_at < $2";
    db.execute(sql, &[township.into(), since.into()]).await?;
    let sql = "INSERT INTO provider_half (township, browser, account, begun_at) \
               VALUES ($1, $2, $3, $4)";
    let values = [township.into(), browser.into(), account.into(), now.into()];
    db.execute(sql, &values).await.map(drop)
}

/// Who came back in a browser since then, and lacks a code.
pub(crate) async fn half(
    db: &mut dyn Connection,
    township: &Township,
    browser: &Digest,
    since: ServerTime,
) -> Result<Option<String>, StorageError> {
    let sql = "SELECT account FROM provider_half \
               WHERE township = $1 AND browser = $2 AND begun_at >= $3";
    let row = db.row(sql, &[township.into(), browser.into(), since.into()]).await?;
    row.map(|row| row.of("provider").take()).transpose()
}

/// Forgets who came back in a browser; false where nobody did any more.
pub(crate) async fn end_half(
    db: &mut dyn Connection,
    township: &Township,
    browser: &Digest,
) -> Result<bool, StorageError> {
    let sql = "DELETE FROM provider_half WHERE township = $1 AND browser = $2";
    Ok(db.execute(sql, &[township.into(), browser.into()]).await? == 1)
}

/// Says whose account somebody's is; false where they have one already.
pub(crate) async fn link(
    db: &mut dyn Connection,
    township: &Township,
    issuer: &str,
    link: &Link,
    now: ServerTime,
) -> Result<bool, StorageError> {
    let sql = "INSERT INTO provider_link (township, issuer, subject, account, linked_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (township, issuer, subject) DO NOTHING";
    let (subject, account) = (&link.subject, &link.account);
    let values = [township.into(), issuer.into(), subject.into(), account.into(), now.into()];
    Ok(db.execute(sql, &values).await? == 1)
}

/// Takes that back; false where it was not so.
pub(crate) async fn unlink(
    db: &mut dyn Connection,
    township: &Township,
    issuer: &str,
    link: &Link,
) -> Result<bool, StorageError> {
    let sql = "DELETE FROM provider_link \
               WHERE township = $1 AND issuer = $2 AND subject = $3 AND account = $4";
    let (subject, account) = (&link.subject, &link.account);
    let values = [township.into(), issuer.into(), subject.into(), account.into()];
    Ok(db.execute(sql, &values).await? == 1)
}

/// Whose account it is when the provider says that it is `subject`.
pub(crate) async fn linked(
    db: &mut dyn Connection,
    township: &Township,
    issuer: &str,
    subject: &str,
) -> Result<Option<String>, StorageError> {
    let sql = "SELECT account FROM provider_link \
               WHERE township = $1 AND issuer = $2 AND subject = $3";
    let row = db.row(sql, &[township.into(), issuer.into(), subject.into()]).await?;
    row.map(|row| row.of("provider").take()).transpose()
}

/// Whose accounts are whose, at one provider.
pub(crate) async fn links(
    db: &mut dyn Connection,
    township: &Township,
    issuer: &str,
) -> Result<Vec<Link>, StorageError> {
    let sql = "SELECT subject, account FROM provider_link \
               WHERE township = $1 AND issuer = $2 ORDER BY account, subject";
    let read = |row: Row| {
        let mut row = row.of("provider");
        Ok(Link { subject: row.take()?, account: row.take()? })
    };
    db.rows(sql, &[township.into(), issuer.into()]).await?.into_iter().map(read).collect()
}
