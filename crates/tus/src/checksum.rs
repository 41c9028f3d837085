//! `Upload-Checksum`: `algorithm base64`, over the body of one request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest as _;

use crate::refusal::Refusal;

/// A digest by which a piece can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-1, which every server with this extension must know. It tells what the network spoiled,
    /// not what somebody altered on purpose.
    Sha1,
}

impl Algorithm {
    /// All of them, the best first.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sha1];

    /// As tus calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha1 => "sha1",
        }
    }

    /// The bytes of a digest.
    fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha1 => 20,
        }
    }
}

/// What a piece's digest has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    algorithm: Algorithm,
    digest: Vec<u8>,
}

impl Checksum {
    /// Reads the header's value.
    ///
    /// # Errors
    /// [`Refusal::Algorithm`] and [`Refusal::Checksum`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let (name, digest) = text.split_once(' ').ok_or(Refusal::Checksum)?;
        let mut all = Algorithm::ALL.into_iter();
        let algorithm = all.find(|own| own.name() == name).ok_or(Refusal::Algorithm)?;
        let digest = STANDARD.decode(digest.trim()).map_err(|_| Refusal::Checksum)?;
        match digest.len() == algorithm.length() {
            true => Ok(Self { algorithm, digest }),
            false => Err(Refusal::Checksum),
        }
    }

    /// The checksum of `bytes`.
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Self {
        let mut hash = Hash::begin(algorithm);
        hash.update(bytes);
        Self { algorithm, digest: hash.finish() }
    }

    /// As it is written in the header.
    pub fn write(&self) -> String {
        format!("{} {}", self.algorithm.name(), STANDARD.encode(&self.digest))
    }

    /// Begins to check a piece by it.
    pub fn begin(self) -> Running {
        Running { hash: Hash::begin(self.algorithm), wanted: self.digest }
    }
}

/// A check under way: bytes go in as they come.
pub struct Running {
    hash: Hash,
    wanted: Vec<u8>,
}

impl Running {
    /// The next bytes of the piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
    }

    /// Whether all that came is what the checksum says.
    pub fn is_met(self) -> bool {
        self.hash.finish() == self.wanted
    }
}

enum Hash {
    Sha256(sha2::Sha256),
    Sha1(sha1::Sha1),
}

impl Hash {
    fn begin(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Algorithm::Sha1 => Self::Sha1(sha1::Sha1::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sha1(hash) => hash.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha256(hash) => hash.finalize().to_vec(),
            Self::Sha1(hash) => hash.finalize().to_vec(),
        }
    }
}
