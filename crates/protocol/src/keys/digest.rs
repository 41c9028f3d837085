//! Digests by suite.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use crate::envelope::Envelope;
use crate::id::Digest;
use crate::suite::Suite;

/// A digest of bytes that come one after the other.
#[derive(Clone, Debug)]
pub enum Hasher {
    /// SHA-256, of suite 1.
    Sha256(Sha256),
    /// SM3, of suite 2.
    Sm3(Sm3),
}

impl Hasher {
    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sm3(hash) => hash.update(bytes),
        }
    }

    /// The digest of all that was taken in.
    pub fn finish(self) -> Digest {
        match self {
            Self::Sha256(hash) => Digest(hash.finalize().into()),
            Self::Sm3(hash) => Digest(hash.finalize().into()),
        }
    }
}

impl Suite {
    /// Begins a digest by the suite's algorithm.
    pub fn hasher(self) -> Hasher {
        match self {
            Self::One => Hasher::Sha256(Sha256::new()),
            Self::Two => Hasher::Sm3(Sm3::new()),
        }
    }

    /// The digest of `bytes` by the suite's algorithm.
    pub fn digest(self, bytes: &[u8]) -> Digest {
        let mut hasher = self.hasher();
        hasher.update(bytes);
        hasher.finish()
    }

    /// The suite that bytes which came for an envelope (and were read as `envelope`, where that was
    /// possible) are digested by: the one they name, else the first, so that a refusal can say what
    /// was seen of bytes that name none.
    pub fn of_letter(envelope: Option<&Envelope>) -> Self {
        envelope.and_then(|envelope| envelope.suite.try_into().ok()).unwrap_or(Self::One)
    }
}
