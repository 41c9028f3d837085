//! The vault's cipher: AES-256-GCM, each record bound to the place where it is kept.

use crate::error::CryptoError;
use crate::phone::Crypto;

const NONCE: usize = 12;

/// The key that an account's records are sealed with.
pub(crate) struct RecordKey<C: Crypto>(C::Cipher);

impl<C: Crypto> RecordKey<C> {
    /// From its bytes.
    pub(crate) async fn new(crypto: &C, key: &[u8; 32]) -> Result<Self, CryptoError> {
        Ok(Self(crypto.cipher(key).await?))
    }

    /// Seals a record that is kept at `place`.
    pub(crate) async fn seal(
        &self,
        crypto: &C,
        place: &str,
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        seal(crypto, &self.0, place, plain).await
    }

    /// Opens the record that is kept at `place`.
    pub(crate) async fn open(
        &self,
        crypto: &C,
        place: &str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        open(crypto, &self.0, place, sealed).await
    }
}

/// `nonce ‖ ciphertext`. Random nonces are good for 2^32 records under one key (NIST SP 800-38D
/// section 8.3): a save a second for a century.
pub(crate) async fn seal<C: Crypto>(
    crypto: &C,
    cipher: &C::Cipher,
    place: &str,
    plain: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let nonce = crypto.random::<NONCE>();
    let sealed = crypto.encrypt(cipher, &nonce, place.as_bytes(), plain).await?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] sealed for `place`.
pub(crate) async fn open<C: Crypto>(
    crypto: &C,
    cipher: &C::Cipher,
    place: &str,
    sealed: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CryptoError::Damaged)?;
    crypto.decrypt(cipher, nonce, place.as_bytes(), sealed).await
}
