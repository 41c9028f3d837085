//! The vault as a whole.

use std::rc::Rc;

use protocol::{PublicKey, Signature, Signed, Statement, encode};

use crate::error::VaultError;
use crate::keys;
use crate::phone::{Crypto, Phone, Signer};
use crate::sealing::RecordKey;

/// What the phone keeps. Cheap to clone.
pub struct Vault<P: Phone>(pub(crate) Rc<Inner<P>>);

pub(crate) struct Inner<P: Phone> {
    phone: P,
    signer: <P::Crypto as Crypto>::Signer,
    pub(crate) records: RecordKey<P::Crypto>,
}

impl<P: Phone> Clone for Vault<P> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P: Phone> Vault<P> {
    /// Opens the vault on `phone`; makes it where there is none.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn on(phone: P) -> Result<Self, VaultError> {
        let device = phone.device().await?;
        let records = keys::data_key(&phone, &device).await?;
        Ok(Self(Rc::new(Inner { phone, signer: device.signer, records })))
    }

    /// This device's public key.
    pub fn device(&self) -> PublicKey {
        self.0.signer.public()
    }

    /// Signs `statement` as this device.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn sign<T: Statement>(&self, statement: &T) -> Result<Signed<T>, VaultError> {
        let statement = encode(statement);
        let signature = self.0.signer.sign(&Signed::<T>::message(&statement)).await?;
        Ok(Signed::new(statement, signature))
    }

    /// The phone that it is on.
    pub fn phone(&self) -> &P {
        &self.0.phone
    }

    pub(crate) fn store(&self) -> &P::Store {
        self.0.phone.store()
    }

    /// Whether somebody signed something, as the phone can tell.
    pub fn verifier(&self) -> impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool + use<P> {
        let vault = self.clone();
        async move |by: &PublicKey, message: &[u8], signature: &Signature| {
            vault.crypto().verify(by, message, signature).await
        }
    }

    /// The phone's cryptography.
    pub fn crypto(&self) -> &P::Crypto {
        self.0.phone.crypto()
    }
}
