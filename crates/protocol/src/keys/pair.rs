//! Key pairs, with what was made of their private halves.

use p256::elliptic_curve::{Generate, SecretKey};

use super::CryptoRng;
use super::algorithms::{Algorithms, public};
use crate::encoding::encode;
use crate::key::{PublicKey, Signature};
use crate::signed::{Signed, Statement};

/// A pair that signs.
pub(super) struct SigningPair<S: Algorithms> {
    secret: SecretKey<S::Curve>,
    key: S::SigningKey,
    public: PublicKey,
}

/// A pair that things are sealed to.
pub(super) struct SealingPair<S: Algorithms> {
    secret: SecretKey<S::Curve>,
    key: S::OpeningKey,
    public: PublicKey,
}

impl<S: Algorithms> SigningPair<S> {
    pub(super) fn generate(random: &mut impl CryptoRng) -> Self {
        Self::of(SecretKey::generate_from_rng(random))
    }

    /// None where the bytes are no private key.
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        SecretKey::from_slice(bytes).ok().map(Self::of)
    }

    fn of(secret: SecretKey<S::Curve>) -> Self {
        let (key, public) = (S::signing_key(&secret), public::<S>(&secret.public_key()));
        Self { secret, key, public }
    }

    pub(super) fn to_bytes(&self) -> [u8; 32] {
        self.secret.to_bytes().into()
    }

    pub(super) fn public(&self) -> PublicKey {
        self.public
    }

    pub(super) fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        let statement = encode(statement);
        let signature = self.sign_message(&Signed::<T>::message(&statement));
        Signed::new(statement, signature)
    }

    pub(super) fn sign_message(&self, message: &[u8]) -> Signature {
        S::sign(&self.key, message)
    }
}

impl<S: Algorithms> SealingPair<S> {
    pub(super) fn generate(random: &mut impl CryptoRng) -> Self {
        Self::of(SecretKey::generate_from_rng(random))
    }

    /// None where the bytes are no private key.
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        SecretKey::from_slice(bytes).ok().map(Self::of)
    }

    fn of(secret: SecretKey<S::Curve>) -> Self {
        let (key, public) = (S::opening_key(&secret), public::<S>(&secret.public_key()));
        Self { secret, key, public }
    }

    pub(super) fn to_bytes(&self) -> [u8; 32] {
        self.secret.to_bytes().into()
    }

    pub(super) fn public(&self) -> PublicKey {
        self.public
    }

    /// What opens what was sealed to this pair.
    pub(super) fn opening_key(&self) -> &S::OpeningKey {
        &self.key
    }
}
