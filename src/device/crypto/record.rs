//! The vault's cipher: AES-256-GCM, each record bound to the place where it is kept.
//!
//! Records are sealed with the data key, and the data key is sealed with the device's secret. A
//! PIN will seal the data key once more, and no record changes.

use wasm_bindgen::JsCast;
use web_sys::CryptoKey;

use super::keep::KeptKey;
use super::subtle::{CryptoError, aes_key, algorithm, decrypt, encrypt, settle, subtle, usages};
use crate::device::random;

const NONCE: usize = 12;
const DATA_KEY: &[u8] = b"xst data key v1";

/// An AES key that does not leave this browser.
#[derive(Clone)]
pub struct DeviceSecret(CryptoKey);

/// The key that records are sealed with.
#[derive(Clone)]
pub struct RecordKey(CryptoKey);

impl DeviceSecret {
    /// A new one, and how it is to be kept.
    pub(crate) async fn generate(as_bytes: bool) -> Result<KeptKey, CryptoError> {
        if as_bytes {
            return Ok(KeptKey::Bytes(random::bytes::<32>().to_vec()));
        }
        let how = algorithm("AES-GCM", &[("length", 256.into())]);
        let may = usages(&["encrypt", "decrypt"]);
        let key = settle(subtle()?.generate_key_with_object(&how, false, &may)).await?;
        Ok(KeptKey::Object(key.unchecked_into()))
    }

    /// Takes up what [`DeviceSecret::generate`] made.
    pub(crate) async fn from_kept(kept: &KeptKey) -> Result<Self, CryptoError> {
        match kept {
            KeptKey::Object(key) => Ok(Self(key.clone())),
            KeptKey::Bytes(key) => {
                let key = key.as_slice().try_into().map_err(|_| CryptoError::Damaged)?;
                Ok(Self(aes_key(key).await?))
            }
        }
    }

    /// A new data key, sealed.
    pub(crate) async fn new_data_key(&self) -> Result<Vec<u8>, CryptoError> {
        seal(&self.0, DATA_KEY, &random::bytes::<32>()).await
    }

    /// Opens what [`DeviceSecret::new_data_key`] made.
    pub(crate) async fn open_data_key(&self, sealed: &[u8]) -> Result<RecordKey, CryptoError> {
        let key = open(&self.0, DATA_KEY, sealed).await?;
        let key: [u8; 32] = key.try_into().map_err(|_| CryptoError::Damaged)?;
        Ok(RecordKey(aes_key(&key).await?))
    }
}

impl RecordKey {
    /// Seals a record that is kept at `place`.
    pub(crate) async fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal(&self.0, place.as_bytes(), plain).await
    }

    /// Opens the record that is kept at `place`.
    pub(crate) async fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        open(&self.0, place.as_bytes(), sealed).await
    }
}

/// `nonce ‖ ciphertext`. Random nonces are good for 2^32 records under one key (NIST SP 800-38D
/// section 8.3): a save a second for a century.
async fn seal(key: &CryptoKey, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let nonce = random::bytes::<NONCE>();
    let sealed = encrypt(key, &nonce, associated, plain).await?;
    Ok([nonce.as_slice(), &sealed].concat())
}

async fn open(key: &CryptoKey, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CryptoError::Damaged)?;
    decrypt(key, nonce, associated, sealed).await
}
