//! The phone's own authenticator (a fingerprint, a face, the phone's PIN) in the place of an account's
//! PIN: WebAuthn's `prf` extension gives a secret that only this phone's owner gets from it, always the
//! same for the same salt.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::account::AccountId;
use crate::device::Device;
use crate::error::VaultError;
use crate::lock::{LockError, Missed};
use crate::phone::Phone;
use crate::pin::Pin;
use crate::spare::SpareKey;
use crate::vault::Vault;

/// What the authenticator has to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticator {
    /// The credential's id.
    pub credential: Vec<u8>,
    /// What its secret is made of.
    pub salt: [u8; 32],
}

/// A spare key that the authenticator's secret opens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct WithAuthenticator {
    #[n(0)]
    spare: SpareKey,
    #[n(1)]
    credential: ByteVec,
    #[cbor(n(2), with = "minicbor::bytes")]
    salt: [u8; 32],
}

impl<P: Phone> Device<P> {
    /// The authenticator that opens an account, if one does.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn authenticator(&self, id: AccountId) -> Result<Option<Authenticator>, VaultError> {
        let record = self.account_record(id).await?;
        let bound = record.and_then(|record| record.with_authenticator);
        Ok(bound
            .map(|bound| Authenticator { credential: bound.credential.into(), salt: bound.salt }))
    }

    /// Lets an authenticator open an account, beside its PIN: the one that `make` gives once the PIN is
    /// known to be right, with its secret. Before, it would leave a credential on the phone that opens
    /// nothing.
    ///
    /// # Errors
    /// See [`LockError`], and within whatever `make` did not succeed for; then it is as it was.
    /// [`VaultError::Gone`] where the account has no PIN, or got another meanwhile in another tab.
    pub async fn bind_authenticator<E>(
        &self,
        id: AccountId,
        pin: &Pin,
        make: impl AsyncFnOnce() -> Result<(Authenticator, [u8; 32]), E>,
    ) -> Result<Result<(), E>, LockError> {
        let before = self.record_of(id).await?;
        let key = self.data_key(id, Some(pin)).await?;
        let (authenticator, secret) = match make().await {
            Ok(made) => made,
            Err(error) => return Ok(Err(error)),
        };
        let spare = SpareKey::make(self, &before, &key, &secret).await?;
        let credential = authenticator.credential.into();
        let bound = WithAuthenticator { spare, credential, salt: authenticator.salt };
        let bind = self.change_record(id, |record| {
            if record.key != before.key || record.lock.is_none() {
                return Err(VaultError::Gone);
            }
            record.with_authenticator = Some(bound.clone());
            Ok(())
        });
        bind.await?;
        Ok(Ok(()))
    }

    /// Lets nothing but the PIN open an account.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn forget_authenticator(&self, id: AccountId) -> Result<(), VaultError> {
        self.change_record(id, |record| {
            record.with_authenticator = None;
            Ok(())
        })
        .await
    }

    /// Opens an account with the secret that its authenticator gave.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where none is bound, [`VaultError::Crypto`] where that is not its secret,
    /// and others.
    pub async fn unlock_by_authenticator(
        &self,
        id: AccountId,
        secret: &[u8; 32],
    ) -> Result<Vault<P>, VaultError> {
        let record = self.record_of(id).await?;
        let bound = record.with_authenticator.as_ref().ok_or(VaultError::Gone)?;
        let key = bound.spare.open(self, &record, secret).await?;
        self.change_record(id, |record| {
            record.missed = Missed::default();
            Ok(())
        })
        .await?;
        self.entrust_if_it_can(id, &key).await;
        self.vault(id, &key).await
    }
}
