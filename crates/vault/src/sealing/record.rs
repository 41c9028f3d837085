//! The vault's cipher: AES-256-GCM, each record bound to the place where it is kept.
//!
//! Records are sealed with the data key, and the data key is sealed with the device's secret.

use crate::error::CryptoError;
use crate::phone::{Crypto, DeviceKeys};

const NONCE: usize = 12;
const DATA_KEY: &[u8] = b"xst data key v1";

/// The key that records are sealed with.
pub(crate) struct RecordKey<C: Crypto>(C::Cipher);

impl<C: Crypto> RecordKey<C> {
    /// Seals a record that is kept at `place`.
    pub(crate) async fn seal(
        &self,
        crypto: &C,
        place: &str,
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        seal(crypto, &self.0, place.as_bytes(), plain).await
    }

    /// Opens the record that is kept at `place`.
    pub(crate) async fn open(
        &self,
        crypto: &C,
        place: &str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        open(crypto, &self.0, place.as_bytes(), sealed).await
    }
}

/// A new data key, sealed.
pub(crate) async fn new_data_key<C: Crypto>(
    crypto: &C,
    device: &DeviceKeys<C>,
) -> Result<Vec<u8>, CryptoError> {
    seal(crypto, &device.secret, DATA_KEY, &crypto.random::<32>()).await
}

/// Opens what [`new_data_key`] made.
pub(crate) async fn open_data_key<C: Crypto>(
    crypto: &C,
    device: &DeviceKeys<C>,
    sealed: &[u8],
) -> Result<RecordKey<C>, CryptoError> {
    let key = open(crypto, &device.secret, DATA_KEY, sealed).await?;
    let key: [u8; 32] = key.try_into().map_err(|_| CryptoError::Damaged)?;
    Ok(RecordKey(crypto.cipher(&key).await?))
}

/// `nonce ‖ ciphertext`. Random nonces are good for 2^32 records under one key (NIST SP 800-38D
/// section 8.3): a save a second for a century.
async fn seal<C: Crypto>(
    crypto: &C,
    cipher: &C::Cipher,
    associated: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let nonce = crypto.random::<NONCE>();
    let sealed = crypto.encrypt(cipher, &nonce, associated, plain).await?;
    Ok([nonce.as_slice(), &sealed].concat())
}

async fn open<C: Crypto>(
    crypto: &C,
    cipher: &C::Cipher,
    associated: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CryptoError::Damaged)?;
    crypto.decrypt(cipher, nonce, associated, sealed).await
}
