//! Sealing and opening files (`docs/wire.md`, Files).

use protocol::file::{LONGEST, nonce, pieces, plain_range, sealed_length, sealed_range};
use protocol::{Digest, FileKey};

use crate::error::CryptoError;
use crate::phone::Crypto;

/// A file that was sealed, and what a manifest tells of it.
pub struct SealedFile {
    /// The sealed bytes, which are kept and delivered.
    pub bytes: Vec<u8>,
    /// SHA-256 of them.
    pub sealed_digest: Digest,
    /// Bytes before sealing.
    pub length: u64,
    /// SHA-256 before sealing.
    pub digest: Digest,
    /// The key.
    pub key: FileKey,
}

/// Seals a file with a key of its own.
///
/// # Errors
/// See [`CryptoError`].
pub async fn seal_file<C: Crypto>(crypto: &C, plain: &[u8]) -> Result<SealedFile, CryptoError> {
    let length = plain.len() as u64;
    if length > LONGEST {
        return Err(CryptoError::Failed);
    }
    let key = crypto.random();
    let cipher = crypto.cipher(&key).await?;
    let mut sealed = Vec::with_capacity(sealed_length(length) as usize);
    for place in 0..pieces(length) {
        let range = plain_range(length, place);
        let piece = &plain[range.start as usize..range.end as usize];
        sealed.extend(crypto.encrypt(&cipher, &nonce(length, place), &[], piece).await?);
    }
    Ok(SealedFile {
        sealed_digest: crypto.digest(&sealed).await?,
        bytes: sealed,
        length,
        digest: crypto.digest(plain).await?,
        key: FileKey::Aes256(key),
    })
}

/// Opens a file of `length` bytes.
///
/// # Errors
/// [`CryptoError::Damaged`] where it is not what was sealed.
pub async fn open_file<C: Crypto>(
    crypto: &C,
    key: &FileKey,
    length: u64,
    sealed: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    if sealed.len() as u64 != sealed_length(length) {
        return Err(CryptoError::Damaged);
    }
    // A phone has suite 1 only, and opens nothing but what it sealed.
    let FileKey::Aes256(key) = key else { return Err(CryptoError::Failed) };
    let cipher = crypto.cipher(key).await?;
    let mut plain = Vec::with_capacity(length as usize);
    for place in 0..pieces(length) {
        let range = sealed_range(length, place);
        let piece = &sealed[range.start as usize..range.end as usize];
        plain.extend(crypto.decrypt(&cipher, &nonce(length, place), &[], piece).await?);
    }
    Ok(plain)
}
