//! A PIN that was forgotten on a phone which the township gave to somebody: the township can help.
//! How, and what it never sees, is told in [`protocol::recovery`].

use minicbor::{Decode, Encode};
use protocol::{Entrusted, RecoveryRequest, Signed};

use crate::account::AccountId;
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone};
use crate::pin::Pin;
use crate::sealing::entrust;
use crate::spare::SpareKey;
use crate::vault::Vault;

/// A spare key, and the secret that opens it, which only the township can read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct WithTownship {
    #[n(0)]
    spare: SpareKey,
    #[n(1)]
    entrusted: Entrusted,
}

impl<P: Phone> Device<P> {
    /// Whether the township can help whoever forgot the PIN of an account.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn can_be_helped(&self, id: AccountId) -> Result<bool, VaultError> {
        let record = self.account_record(id).await?;
        Ok(record.is_some_and(|record| record.with_township.is_some()))
    }

    /// Asks the township for its help with an account.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where it cannot help, and others.
    pub async fn recovery_request(
        &self,
        id: AccountId,
    ) -> Result<Signed<RecoveryRequest>, VaultError> {
        let WithTownship { entrusted, .. } =
            self.record_of(id).await?.with_township.ok_or(VaultError::Gone)?;
        let township = self.pack().await?.ok_or(VaultError::Gone)?.township;
        let (device, sent_at) = (self.key(), self.phone().now());
        self.sign(&RecoveryRequest { township, device, sent_at, entrusted }).await
    }

    /// Opens an account with the `secret` that the township gave back, and gives it another PIN.
    ///
    /// # Errors
    /// [`VaultError::Crypto`] where that is not the secret, and others; then it is as it was.
    pub async fn recover(
        &self,
        id: AccountId,
        secret: &[u8; 32],
        pin: &Pin,
    ) -> Result<Vault<P>, VaultError> {
        let before = self.record_of(id).await?;
        let helped = before.with_township.as_ref().ok_or(VaultError::Gone)?;
        let key = helped.spare.open(self, &before, secret).await?;
        let locked = self.seal_data_key(&before, &key, Some(pin)).await?;
        // The secret was told over a network: the next time it is another.
        self.put_lock(&before, &locked, |record| record.with_township = None).await?;
        self.entrust_if_it_can(id, &key).await;
        self.vault(id, &key).await
    }

    /// Entrusts the township with a spare key to an account that has a PIN, once the device is given to
    /// somebody who works for it. It is tried at each time that the PIN is typed: what fails now is for
    /// the next time, and keeps nobody out.
    pub(crate) async fn entrust_if_it_can(&self, id: AccountId, key: &[u8]) {
        let _ = self.entrust(id, key).await;
    }

    async fn entrust(&self, id: AccountId, key: &[u8]) -> Result<(), VaultError> {
        let before = self.record_of(id).await?;
        let is_wanted = before.lock.is_some() && before.with_township.is_none();
        if !is_wanted || self.certificate().await?.is_none() {
            return Ok(());
        }
        let Some(pack) = self.pack().await? else { return Ok(()) };
        let (crypto, secret) = (self.crypto(), self.crypto().random::<32>());
        let (township, recipient) = (&pack.township, &pack.sealing_key);
        let entrusted = entrust(crypto, &secret, &self.key(), township, recipient).await?;
        let spare = SpareKey::make(self, &before, key, &secret).await?;
        let made = WithTownship { spare, entrusted };
        self.change_record(id, |record| {
            // Another tab may have given it another PIN, or been faster.
            if record.key == before.key && record.with_township.is_none() {
                record.with_township = Some(made.clone());
            }
            Ok(())
        })
        .await
    }
}
