//! The township's pack, its forms and guides, so that everything works without a network.

use form::Form;
use protocol::pack::{Guide, PhonePack};
use protocol::{Digest, Signed, decode, encode};

use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::{Place, Write};

/// The record in [`Place::Settings`].
const PACK: &str = "pack";

impl<P: Phone> Device<P> {
    /// The pack, if it was ever loaded.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn pack(&self) -> Result<Option<PhonePack>, VaultError> {
        // One that cannot be read, or is of another version of the app, is loaded again.
        Ok(self.signed_pack().await?.and_then(|signed| signed.claim().ok()))
    }

    /// The pack as it was served, if it was ever loaded.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn signed_pack(&self) -> Result<Option<Signed<PhonePack>>, VaultError> {
        let bytes = self.store().get(Place::Settings, PACK).await?;
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Keeps the pack.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn keep_pack(&self, pack: &Signed<PhonePack>) -> Result<(), VaultError> {
        self.store().write(&[Write::put(Place::Settings, PACK, encode(pack))]).await
    }

    /// A form, if it was ever loaded.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] and others.
    pub async fn form(&self, digest: Digest) -> Result<Option<Form>, VaultError> {
        let Some(bytes) = self.store().get(Place::Forms, &digest.to_string()).await? else {
            return Ok(None);
        };
        Form::from_bytes(&bytes).map(Some).map_err(|_| VaultError::Damaged)
    }

    /// A guide, if it was ever loaded.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] and others.
    pub async fn guide(&self, digest: Digest) -> Result<Option<Guide>, VaultError> {
        let bytes = self.store().get(Place::Forms, &digest.to_string()).await?;
        bytes.map(|bytes| decode(&bytes).map_err(|_| VaultError::Damaged)).transpose()
    }

    /// The bytes of whatever has this digest, if it was ever loaded.
    pub async fn content(&self, digest: Digest) -> Result<Option<Vec<u8>>, VaultError> {
        self.store().get(Place::Forms, &digest.to_string()).await
    }

    /// Whether the form, guide, picture or sound was ever loaded.
    pub async fn has_content(&self, digest: Digest) -> Result<bool, VaultError> {
        Ok(!self.store().keys(Place::Forms, &digest.to_string()).await?.is_empty())
    }

    /// Keeps a compiled form, which never changes and drafts may need for years, or a guide.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the bytes are not those of this digest; then nothing was kept.
    pub async fn keep_content(&self, digest: Digest, bytes: &[u8]) -> Result<(), VaultError> {
        if self.crypto().digest(bytes).await? != digest {
            return Err(VaultError::Damaged);
        }
        self.store().write(&[Write::put(Place::Forms, digest, bytes.to_vec())]).await
    }
}
