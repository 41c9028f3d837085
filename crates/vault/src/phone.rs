//! What a vault stands on: a phone's disk, cryptography, clock and chance. In a browser that is
//! `crates/browser`; in the simulation, something that fails on purpose.

use protocol::{DeviceTime, Digest, PublicKey, Signature};

use crate::error::{CryptoError, VaultError};
use crate::pin::Cost;
use crate::place::{Place, Write};

/// A phone, or what stands for one.
pub trait Phone: 'static {
    /// Its disk.
    type Store: Store;
    /// Its cryptography.
    type Crypto: Crypto;
    /// Something that one tab has hold of. It lets go when it is dropped, and when the tab ends.
    type Hold: 'static;

    /// Its disk.
    fn store(&self) -> &Self::Store;

    /// Its cryptography.
    fn crypto(&self) -> &Self::Crypto;

    /// What its clock says, which anybody may have set.
    fn now(&self) -> DeviceTime;

    /// Milliseconds since some moment, on a clock that nobody sets.
    fn running_ms(&self) -> u64;

    /// What trying a PIN of an account is to cost.
    fn pin_cost(&self) -> Cost {
        Cost::PHONE
    }

    /// The keys of this device; makes them where there are none.
    ///
    /// # Errors
    /// See [`VaultError`].
    async fn device(&self) -> Result<DeviceKeys<Self::Crypto>, VaultError>;

    /// Takes hold of `name`. None where somebody has it already, here or in another tab, or where
    /// the phone cannot tell.
    async fn hold(&self, name: &str) -> Option<Self::Hold>;
}

/// Keys that do not leave the device.
pub struct DeviceKeys<C: Crypto> {
    /// Signs what this device states.
    pub signer: C::Signer,
    /// Seals data keys.
    pub secret: C::Cipher,
}

/// What can be read: the bytes at each place, none where there is nothing. What is no bytes any
/// more, because the disk is damaged, is given as no bytes at all, which nothing opens.
pub type Read = Vec<Option<Vec<u8>>>;

/// Named stores of bytes by text keys, changed in transactions that are durable when they are told
/// to be done, and not done at all where they fail.
pub trait Store: 'static {
    /// How many pieces of a sealed file (`docs/wire.md`) it keeps as one record, at most 65,536: as
    /// few as it writes without losing time over each transaction. Files that are kept were cut by
    /// it: it stays what it is.
    const TOGETHER: u64;

    /// What is at each of these places, all at one moment.
    ///
    /// # Errors
    /// See [`VaultError`].
    async fn read(&self, reads: &[(Place, String)]) -> Result<Read, VaultError>;

    /// All records whose keys begin with `prefix`, in the order of their keys.
    ///
    /// # Errors
    /// See [`VaultError`].
    async fn all(&self, place: Place, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError>;

    /// The keys that begin with `prefix`, in order.
    ///
    /// # Errors
    /// See [`VaultError`].
    async fn keys(&self, place: Place, prefix: &str) -> Result<Vec<String>, VaultError>;

    /// Reads, decides and writes in one transaction over `places`. `decide` may be asked twice,
    /// the second time after everything was written: what it decides then must come to the same.
    ///
    /// # Errors
    /// Those of `decide`, [`VaultError::Full`] and others; then nothing was changed.
    async fn change(
        &self,
        places: &[Place],
        reads: &[(Place, String)],
        decide: &dyn Fn(Read) -> Result<Vec<Write>, VaultError>,
    ) -> Result<(), VaultError>;

    /// What is at `key`.
    ///
    /// # Errors
    /// See [`VaultError`].
    async fn get(&self, place: Place, key: &str) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.read(&[(place, key.to_owned())]).await?.pop().flatten())
    }

    /// Does all of `writes`, or nothing.
    ///
    /// # Errors
    /// [`VaultError::Full`] and others; then nothing was changed.
    async fn write(&self, writes: &[Write]) -> Result<(), VaultError> {
        if writes.is_empty() {
            return Ok(());
        }
        let places: Vec<Place> = writes.iter().map(Write::place).collect();
        self.change(&places, &[], &|_| Ok(writes.to_vec())).await
    }
}

/// The algorithms of suite 1 (`docs/wire.md`), by whoever has them.
pub trait Crypto: 'static {
    /// AES-256-GCM with one key.
    type Cipher: Clone + 'static;
    /// The device's signing key.
    type Signer: Signer + Clone + 'static;

    /// The cipher of this key.
    ///
    /// # Errors
    /// See [`CryptoError`].
    async fn cipher(&self, key: &[u8; 32]) -> Result<Self::Cipher, CryptoError>;

    /// Seals `plain`; whoever opens it must know what it is `associated` with.
    ///
    /// # Errors
    /// See [`CryptoError`].
    async fn encrypt(
        &self,
        cipher: &Self::Cipher,
        nonce: &[u8; 12],
        associated: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError>;

    /// Opens what [`Crypto::encrypt`] sealed.
    ///
    /// # Errors
    /// [`CryptoError::Damaged`] where it is not what was sealed so.
    async fn decrypt(
        &self,
        cipher: &Self::Cipher,
        nonce: &[u8; 12],
        associated: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError>;

    /// SHA-256.
    ///
    /// # Errors
    /// See [`CryptoError`].
    async fn digest(&self, data: &[u8]) -> Result<Digest, CryptoError>;

    /// A new key pair's public half, and what it agrees on with `recipient` (ECDH on P-256).
    ///
    /// # Errors
    /// See [`CryptoError`].
    async fn agree(&self, recipient: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError>;

    /// Whether `by` signed `message`.
    async fn verify(&self, by: &PublicKey, message: &[u8], signature: &Signature) -> bool;

    /// `bytes`, packed by DEFLATE (RFC 1951); none where that cannot be done.
    async fn deflate(&self, bytes: &[u8]) -> Option<Vec<u8>>;

    /// Random bytes, good enough for keys.
    fn random<const N: usize>(&self) -> [u8; N];
}

/// A key that signs.
pub trait Signer {
    /// The public half.
    fn public(&self) -> PublicKey;

    /// ECDSA on P-256 with SHA-256.
    ///
    /// # Errors
    /// See [`CryptoError`].
    async fn sign(&self, message: &[u8]) -> Result<Signature, CryptoError>;
}
