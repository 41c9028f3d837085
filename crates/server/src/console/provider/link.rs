//! Whose account it is when the provider says that it is somebody.

use protocol::Digest;

use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::provider::Link;
use crate::storage::{self, StorageError};

/// The longest name that a provider may have for somebody, in bytes (OpenID Connect Core, section 2).
const LONGEST: usize = 255;

/// Somebody at a provider, and the account that is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedAccount {
    /// What the provider calls them.
    pub subject: String,
    /// Their account.
    pub account: String,
}

/// Why an account is not linked.
#[derive(Debug, thiserror::Error)]
pub enum NotLinked {
    /// No officer of the pack has this account.
    #[error("officers.toml 里没有账号 {0}")]
    Unknown(String),
    /// Nobody is named, or longer than anybody is.
    #[error("没有写统一认证里的标识，或者太长")]
    Nobody,
    /// It is somebody's already: one person does not come in as two.
    #[error("这个标识已经连着一个账号了，请先断开")]
    Taken,
    /// There is nothing to be taken back.
    #[error("没有这样连着")]
    NotSo,
    /// Could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What the audit calls somebody at the provider: the beginning of a digest, since what providers call
/// people by may be a telephone number, and the audit is for ever.
pub(crate) fn mark(subject: &str) -> String {
    Digest::of(subject.as_bytes()).to_string().chars().take(12).collect()
}

/// Links an account, which needs no password then.
pub(crate) async fn link(
    server: &Server,
    issuer: &str,
    linked: LinkedAccount,
    who: &str,
) -> Result<(), NotLinked> {
    let LinkedAccount { subject, account } = linked;
    let subject = subject.trim().to_owned();
    if subject.is_empty() || subject.len() > LONGEST {
        return Err(NotLinked::Nobody);
    }
    if server.packs.in_force().pack.officer(&account).is_none() {
        return Err(NotLinked::Unknown(account));
    }
    let now = server.clock.now();
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    let link = Link { subject, account: account.clone() };
    if !storage::provider::link(db, township, issuer, &link, now).await? {
        return Err(NotLinked::Taken);
    }
    storage::accounts::make(db, township, &account).await?;
    let did = Deed::Linked { account, mark: mark(&link.subject) };
    audit::record(db, township, &Entry { at: now, who: who.to_owned(), did }).await?;
    Ok(transaction.commit().await?)
}

/// Takes that back, and ends what the account is signed in with.
pub(crate) async fn unlink(
    server: &Server,
    issuer: &str,
    linked: LinkedAccount,
    who: &str,
) -> Result<(), NotLinked> {
    let LinkedAccount { subject, account } = linked;
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    let link = Link { subject, account: account.clone() };
    if !storage::provider::unlink(db, township, issuer, &link).await? {
        return Err(NotLinked::NotSo);
    }
    storage::accounts::end_sessions(db, township, &account).await?;
    let did = Deed::Unlinked { account, mark: mark(&link.subject) };
    audit::record(db, township, &Entry { at: server.clock.now(), who: who.to_owned(), did })
        .await?;
    Ok(transaction.commit().await?)
}

impl Server {
    /// Says that an account is of whom the provider at `issuer` calls `subject`.
    ///
    /// # Errors
    /// See [`NotLinked`].
    pub async fn link_account(&self, issuer: &str, linked: LinkedAccount) -> Result<(), NotLinked> {
        link(self, issuer, linked, OPERATOR).await
    }

    /// Takes that back, and ends what the account is signed in with.
    ///
    /// # Errors
    /// See [`NotLinked`].
    pub async fn unlink_account(
        &self,
        issuer: &str,
        linked: LinkedAccount,
    ) -> Result<(), NotLinked> {
        unlink(self, issuer, linked, OPERATOR).await
    }

    /// Which accounts are whose, at one provider.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn linked_accounts(&self, issuer: &str) -> Result<Vec<LinkedAccount>, StorageError> {
        let mut db = self.storage.read().await?;
        let links = storage::provider::links(&mut *db, &self.township, issuer).await?.into_iter();
        Ok(links.map(|Link { subject, account }| LinkedAccount { subject, account }).collect())
    }
}
