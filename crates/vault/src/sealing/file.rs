//! Sealing and opening files (`docs/wire.md`, Files), some of their pieces at a time.

use core::ops::Range;

use protocol::file::{LONGEST, nonce, pieces, plain_range, sealed_range};
use protocol::{Digest, FileKey};
use sha2::{Digest as _, Sha256};

use crate::error::CryptoError;
use crate::phone::Crypto;

/// A file that is being sealed with a key of its own, from its first piece to its last.
pub struct FileSealing<C: Crypto> {
    cipher: C::Cipher,
    key: [u8; 32],
    length: u64,
    next: u64,
    plain: Sha256,
    sealed: Sha256,
}

/// What a manifest tells of a file that was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFile {
    /// Bytes before sealing.
    pub length: u64,
    /// SHA-256 before sealing.
    pub digest: Digest,
    /// SHA-256 of the sealed bytes.
    pub sealed_digest: Digest,
    /// The key.
    pub key: FileKey,
}

impl<C: Crypto> FileSealing<C> {
    /// Begins with a file of `length` bytes, under a new key.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn begin(crypto: &C, length: u64) -> Result<Self, CryptoError> {
        if length > LONGEST {
            return Err(CryptoError::Failed);
        }
        let key = crypto.random();
        let cipher = crypto.cipher(&key).await?;
        let (plain, sealed) = (Sha256::new(), Sha256::new());
        Ok(Self { cipher, key, length, next: 0, plain, sealed })
    }

    /// Seals the next pieces of the file: `plain` is all of them, one after the other.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn seal(&mut self, crypto: &C, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        // A browser digests only what it has whole, so this is done here.
        self.plain.update(plain);
        let from = plain_range(self.length, self.next).start;
        let mut all = Vec::with_capacity(plain.len());
        let mut taken = 0;
        while taken < plain.len() || (self.length == 0 && self.next == 0) {
            let range = plain_range(self.length, self.next);
            let end = (range.end - from) as usize;
            let piece = plain.get(taken..end).ok_or(CryptoError::Failed)?;
            let nonce = nonce(self.length, self.next);
            all.extend(crypto.encrypt(&self.cipher, &nonce, &[], piece).await?);
            (taken, self.next) = (end, self.next + 1);
        }
        self.sealed.update(&all);
        Ok(all)
    }

    /// What is to be told of the file, all of whose pieces were sealed.
    ///
    /// # Errors
    /// [`CryptoError::Failed`] where some were not.
    pub fn finish(self) -> Result<SealedFile, CryptoError> {
        if self.next != pieces(self.length) {
            return Err(CryptoError::Failed);
        }
        Ok(SealedFile {
            length: self.length,
            digest: Digest(self.plain.finalize().into()),
            sealed_digest: Digest(self.sealed.finalize().into()),
            key: FileKey::Aes256(self.key),
        })
    }
}

/// A file of which pieces are opened.
pub struct FileOpening<C: Crypto> {
    cipher: C::Cipher,
    length: u64,
}

impl<C: Crypto> FileOpening<C> {
    /// Begins with a file of `length` bytes before sealing.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn begin(crypto: &C, key: &FileKey, length: u64) -> Result<Self, CryptoError> {
        // A phone has suite 1 only, and opens nothing but what it sealed.
        let FileKey::Aes256(key) = key else { return Err(CryptoError::Failed) };
        Ok(Self { cipher: crypto.cipher(key).await?, length })
    }

    /// Opens these pieces of the file: `sealed` is all of them, one after the other.
    ///
    /// # Errors
    /// [`CryptoError::Damaged`] where they are not what was sealed.
    pub async fn open(
        &self,
        crypto: &C,
        places: Range<u64>,
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let from = sealed_range(self.length, places.start).start;
        let mut plain = Vec::with_capacity(sealed.len());
        for place in places {
            let range = sealed_range(self.length, place);
            let piece = sealed.get((range.start - from) as usize..(range.end - from) as usize);
            let piece = piece.ok_or(CryptoError::Damaged)?;
            plain.extend(
                crypto.decrypt(&self.cipher, &nonce(self.length, place), &[], piece).await?,
            );
        }
        Ok(plain)
    }
}
