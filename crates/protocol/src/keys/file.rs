//! Sealing and opening files, piece by piece: a server never holds a whole file.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit};

use super::suite_2::Sm4Gcm;
use crate::file::{FileKey, nonce, pieces, plain_range, sealed_length, sealed_range};

/// Sealed bytes that are not what was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file is damaged: piece {piece} is not as it was sealed")]
pub struct DamagedFile {
    /// Which piece, counted from 0.
    pub piece: u64,
}

/// Opens piece `place` of a file of `length` bytes; `sealed` is what stands in its
/// [`sealed_range`].
///
/// # Errors
/// When the piece is damaged, or not this one of this file.
pub fn open_piece(
    key: &FileKey,
    length: u64,
    place: u64,
    sealed: &[u8],
) -> Result<Vec<u8>, DamagedFile> {
    let opened = match key {
        FileKey::Aes256(key) => open_by(&Aes256Gcm::new(key.into()), length, place, sealed),
        FileKey::Sm4(key) => open_by(&Sm4Gcm::new(key.into()), length, place, sealed),
    };
    opened.ok_or(DamagedFile { piece: place })
}

/// Opens a whole file of `length` bytes.
///
/// # Errors
/// When it is damaged.
pub fn open_file(key: &FileKey, length: u64, sealed: &[u8]) -> Result<Vec<u8>, DamagedFile> {
    if sealed.len() as u64 != sealed_length(length) {
        return Err(DamagedFile { piece: 0 });
    }
    let mut plain = Vec::new();
    for place in 0..pieces(length) {
        let range = sealed_range(length, place);
        let piece = &sealed[range.start as usize..range.end as usize];
        plain.extend(open_piece(key, length, place, piece)?);
    }
    Ok(plain)
}

/// Seals a whole file. Each key seals one file once: a second would give both away.
pub fn seal_file(key: &FileKey, plain: &[u8]) -> Vec<u8> {
    match key {
        FileKey::Aes256(key) => seal_by(&Aes256Gcm::new(key.into()), plain),
        FileKey::Sm4(key) => seal_by(&Sm4Gcm::new(key.into()), plain),
    }
}

fn open_by(
    cipher: &impl Aead<NonceSize = U12>,
    length: u64,
    place: u64,
    sealed: &[u8],
) -> Option<Vec<u8>> {
    cipher.decrypt(&nonce(length, place).into(), sealed).ok()
}

fn seal_by(cipher: &impl Aead<NonceSize = U12>, plain: &[u8]) -> Vec<u8> {
    let length = plain.len() as u64;
    (0..pieces(length))
        .flat_map(|place| {
            let range = plain_range(length, place);
            let piece = &plain[range.start as usize..range.end as usize];
            cipher
                .encrypt(&nonce(length, place).into(), piece)
                .expect("GCM seals anything shorter than 64 GiB")
        })
        .collect()
}
