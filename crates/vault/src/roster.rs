//! What a clerk's phone knows of its village's people (台账): sealed like everything else of the account,
//! and dropped with its keys.

use minicbor::{Decode, Encode};
use protocol::pack::Roster;
use protocol::{Digest, RosterRequest, Signed, decode};

use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::Place;
use crate::vault::Vault;

/// The record in [`Place::Settings`].
const ROSTER: &str = "roster";

#[derive(Encode, Decode)]
struct Kept {
    /// Of the bytes.
    #[n(0)]
    digest: Digest,
    /// As the township gave them.
    #[cbor(n(1), with = "minicbor::bytes")]
    bytes: Vec<u8>,
}

impl<P: Phone> Device<P> {
    /// Asks the township for the roster, where it gave this device to somebody; `known` is the one that
    /// is kept.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn roster_request(
        &self,
        known: Option<Digest>,
    ) -> Result<Option<Signed<RosterRequest>>, VaultError> {
        let Some(certificate) = self.certificate().await? else { return Ok(None) };
        let request = RosterRequest {
            township: certificate.township,
            device: self.key(),
            heard_at: certificate.confirmed_at,
            known,
        };
        self.sign(&request).await.map(Some)
    }
}

impl<P: Phone> Vault<P> {
    /// What is known of the people whom this account's holder serves; none where the township gave
    /// nothing.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn roster(&self) -> Result<Option<Roster>, VaultError> {
        let kept = self.kept_roster().await?;
        kept.map(|kept| decode(&kept.bytes).map_err(|_| VaultError::Damaged)).transpose()
    }

    /// Which of them is kept.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn roster_digest(&self) -> Result<Option<Digest>, VaultError> {
        Ok(self.kept_roster().await?.map(|kept| kept.digest))
    }

    /// Keeps what the township gave, in the place of what it gave before.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where that is no roster, and others; then the one before stays.
    pub async fn keep_roster(&self, bytes: Vec<u8>) -> Result<(), VaultError> {
        decode::<Roster>(&bytes).map_err(|_| VaultError::Damaged)?;
        let kept = Kept { digest: self.crypto().digest(&bytes).await?, bytes };
        let write = self.sealed(Place::Settings, ROSTER, &kept).await?;
        self.store().write(&[write]).await
    }

    /// Forgets it: its holder serves nobody here any more.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn forget_roster(&self) -> Result<(), VaultError> {
        self.store().write(&[self.deleted(Place::Settings, ROSTER)]).await
    }

    async fn kept_roster(&self) -> Result<Option<Kept>, VaultError> {
        match self.record(Place::Settings, ROSTER).await {
            Ok(kept) => Ok(Some(kept)),
            // What cannot be read is had anew.
            Err(VaultError::Gone | VaultError::Damaged | VaultError::Crypto(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
