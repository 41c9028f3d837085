//! A phone's cryptography in software: the algorithms that browsers have.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate as _;
use protocol::{Digest, PublicKey, Signature, Suite};
use vault::{Crypto, CryptoError, Signer};

use crate::chance::Chance;

/// Cryptography with a chance of its own.
#[derive(Clone)]
pub(crate) struct Software(pub(crate) Chance);

/// A device's key.
#[derive(Clone)]
pub(crate) struct DeviceSigner(pub(crate) SigningKey);

impl Software {
    pub(crate) fn new_signer(&self) -> DeviceSigner {
        DeviceSigner(SigningKey::generate_from_rng(&mut self.0.clone()))
    }
}

impl DeviceSigner {
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_slice(bytes).unwrap())
    }

    pub(crate) fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes().into()
    }
}

pub(crate) fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
}

impl Crypto for Software {
    type Cipher = Aes256Gcm;
    type Signer = DeviceSigner;

    async fn cipher(&self, key: &[u8; 32]) -> Result<Aes256Gcm, CryptoError> {
        Ok(cipher(key))
    }

    async fn encrypt(
        &self,
        cipher: &Aes256Gcm,
        nonce: &[u8; 12],
        associated: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let payload = Payload { msg: plain, aad: associated };
        cipher.encrypt(&Nonce::from(*nonce), payload).map_err(|_| CryptoError::Failed)
    }

    async fn decrypt(
        &self,
        cipher: &Aes256Gcm,
        nonce: &[u8; 12],
        associated: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let payload = Payload { msg: sealed, aad: associated };
        cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| CryptoError::Damaged)
    }

    async fn digest(&self, data: &[u8]) -> Result<Digest, CryptoError> {
        Ok(Digest::of(data))
    }

    async fn agree(&self, recipient: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError> {
        let theirs = p256::PublicKey::from_sec1_bytes(recipient.point());
        let theirs = theirs.map_err(|_| CryptoError::Failed)?;
        let ours = p256::SecretKey::generate_from_rng(&mut self.0.clone());
        let agreed = p256::ecdh::diffie_hellman(ours.to_nonzero_scalar(), theirs.as_affine());
        let key = VerifyingKey::from(ours.public_key());
        Ok((public(&key), (*agreed.raw_secret_bytes()).into()))
    }

    async fn verify(&self, by: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        let key = VerifyingKey::from_sec1_bytes(by.point());
        let signature = p256::ecdsa::Signature::from_slice(&signature.0);
        match (key, signature) {
            (Ok(key), Ok(signature)) => key.verify(message, &signature).is_ok(),
            _ => false,
        }
    }

    async fn deflate(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        // Some browsers cannot.
        self.0.percent(90).then(|| miniz_oxide::deflate::compress_to_vec(bytes, 1))
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        self.0.bytes()
    }
}

impl Signer for DeviceSigner {
    fn public(&self) -> PublicKey {
        public(self.0.verifying_key())
    }

    async fn sign(&self, message: &[u8]) -> Result<Signature, CryptoError> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        Ok(Signature(signature.to_bytes().into()))
    }
}

fn public(key: &VerifyingKey) -> PublicKey {
    let mut bytes = [0; 65];
    bytes.copy_from_slice(key.to_sec1_point(false).as_bytes());
    PublicKey::new(Suite::One, bytes)
}
