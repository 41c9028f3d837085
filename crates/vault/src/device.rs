//! The device: its keys, its outbox, the pack. What needs nobody's PIN, so that whatever was finished
//! is delivered from a locked phone and from a service worker too.

use std::rc::Rc;

use protocol::{
    Contents, Order, Outside, Packing, PublicKey, Signature, Signed, Statement, encode,
};

use crate::error::VaultError;
use crate::phone::{Crypto, DeviceKeys, Phone, Signer};

/// This device. Cheap to clone.
pub struct Device<P: Phone>(Rc<Inner<P>>);

struct Inner<P: Phone> {
    phone: P,
    signer: <P::Crypto as Crypto>::Signer,
    secret: <P::Crypto as Crypto>::Cipher,
}

impl<P: Phone> Clone for Device<P> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P: Phone> Device<P> {
    /// Takes up the keys of `phone`; makes them where there are none.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn of(phone: P) -> Result<Self, VaultError> {
        let DeviceKeys { signer, secret } = phone.device().await?;
        Ok(Self(Rc::new(Inner { phone, signer, secret })))
    }

    /// Its public key, which names it.
    pub fn key(&self) -> PublicKey {
        self.0.signer.public()
    }

    /// Whether the phone still has these keys: another tab may have heard that they are to be dropped.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn is_current(&self) -> Result<bool, VaultError> {
        Ok(self.phone().device().await?.signer.public() == self.key())
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

    /// An `order`, signed for the envelope that `outside` stands on, and not packed.
    pub(crate) async fn contents(
        &self,
        order: &Order,
        outside: &Outside,
    ) -> Result<Contents, VaultError> {
        let order = encode(order);
        let signature = self.0.signer.sign(&outside.message(&order)).await?;
        Ok(Contents { packing: Packing::Plain, author: self.key().compact(), signature, order })
    }

    /// Whether somebody signed something, as the phone can tell.
    pub fn verifier(&self) -> impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool + use<P> {
        let device = self.clone();
        async move |by: &PublicKey, message: &[u8], signature: &Signature| {
            device.crypto().verify(by, message, signature).await
        }
    }

    /// The phone that it is.
    pub fn phone(&self) -> &P {
        &self.0.phone
    }

    /// The phone's cryptography.
    pub fn crypto(&self) -> &P::Crypto {
        self.0.phone.crypto()
    }

    pub(crate) fn store(&self) -> &P::Store {
        self.0.phone.store()
    }

    /// Seals what only this device may open.
    pub(crate) fn secret(&self) -> &<P::Crypto as Crypto>::Cipher {
        &self.0.secret
    }
}
