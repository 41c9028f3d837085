//! A device's key, where it is not a browser that keeps it.

use p256::ecdsa::SigningKey;
use p256::elliptic_curve::Generate;

use super::signature;
use super::{CryptoRng, seal};
use crate::envelope::{Contents, Envelope, Order};
use crate::key::PublicKey;
use crate::signed::{Signed, Statement};

/// A device's signing key.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// A new one.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        Self(SigningKey::generate_from_rng(random))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        signature::public(&self.0)
    }

    /// Signs `statement`.
    pub fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        signature::sign(statement, &self.0)
    }

    /// Signs `order` and seals it to a township's key.
    ///
    /// # Errors
    /// When `recipient` is not a key.
    pub fn seal(
        &self,
        order: &Order,
        recipient: &PublicKey,
        random: &mut impl CryptoRng,
    ) -> Result<Envelope, seal::NotAKey> {
        let contents = Contents { author: self.public().compact(), order: self.sign(order) };
        seal::seal(&contents, order, recipient, random)
    }
}

impl core::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "DeviceKey({:?})", self.public())
    }
}
