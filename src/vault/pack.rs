//! The township's pack and its forms, so that everything works without a network.

use form::Form;
use protocol::pack::PhonePack;
use protocol::{Digest, decode, encode};

use super::Vault;
use super::error::VaultError;
use super::store::{Place, Write};
use crate::device::crypto;

/// The record in [`Place::Settings`].
const PACK: &str = "pack";

impl Vault {
    /// The pack, if it was ever loaded.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn pack(&self) -> Result<Option<PhonePack>, VaultError> {
        let bytes = self.store().bytes(Place::Settings, PACK).await?;
        // One that cannot be read, or is of another version of the app, is loaded again.
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Keeps the pack.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn keep_pack(&self, pack: &PhonePack) -> Result<(), VaultError> {
        self.store().write(&[Write::bytes(Place::Settings, PACK, &encode(pack))]).await
    }

    /// A form, if it was ever loaded.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] and others.
    pub async fn form(&self, digest: Digest) -> Result<Option<Form>, VaultError> {
        let Some(bytes) = self.store().bytes(Place::Forms, &digest.to_string()).await? else {
            return Ok(None);
        };
        Form::from_bytes(&bytes).map(Some).map_err(|_| VaultError::Damaged)
    }

    /// Whether the form was ever loaded.
    pub(crate) async fn has_form(&self, digest: Digest) -> Result<bool, VaultError> {
        Ok(!self.store().keys(Place::Forms, &digest.to_string()).await?.is_empty())
    }

    /// Keeps a form, compiled. It never changes, and drafts may need it for years.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the bytes are not the form of this digest; then nothing was
    /// kept.
    pub async fn keep_form(&self, digest: Digest, bytes: &[u8]) -> Result<(), VaultError> {
        if crypto::digest(bytes).await? != digest {
            return Err(VaultError::Damaged);
        }
        self.store().write(&[Write::bytes(Place::Forms, digest, bytes)]).await
    }
}
