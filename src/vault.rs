//! What the phone keeps: drafts, files, what is to be delivered, what became of it, the pack and
//! its forms. In IndexedDB, which nothing outside this module names.
//!
//! * Drafts, captured files' keys and what was sent are sealed record by record (AES-256-GCM,
//!   bound to its place) with the data key; files have been sealed since they were captured, and
//!   envelopes since they were finished. How far a delivery is, and forms and the pack, are plain:
//!   they tell nothing about a person, and have to be readable without a PIN.
//! * Everything that belongs together is written in one short transaction, durable when it is told
//!   to be done. A phone that dies has either all of it or nothing.
//! * A record that cannot be read is listed as damaged, kept as it is, and in nobody's way.

mod carried;
mod cases;
mod deliveries;
mod drafts;
mod error;
mod files;
mod finish;
mod keys;
mod pack;
mod records;
mod renewal;
mod store;
mod stores;

use std::rc::Rc;

pub use cases::{Case, Sent, SentSummary};
pub use deliveries::{DeliveryFile, DeliveryRecord, Refused};
pub use drafts::{Draft, DraftSummary, Progress};
pub use error::VaultError;
pub use files::OpenFile;
pub use finish::Finish;
pub use records::Listing;

use protocol::{PublicKey, Signed, Statement};

use crate::device::crypto::{RecordKey, SigningKey};
use crate::device::storage;
use store::Store;

/// The name of the database.
pub const NAME: &str = "xiangshitong";

/// What the phone keeps. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Rc<Inner>);

struct Inner {
    store: Store,
    records: RecordKey,
    signing: SigningKey,
}

impl Vault {
    /// Opens the vault called `name` ([`NAME`], but for tests); makes it where there is none.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn open(name: &str) -> Result<Self, VaultError> {
        storage::ask_to_persist();
        let store = Store::new(name);
        let keys = keys::take_up(&store).await?;
        Ok(Self(Rc::new(Inner { store, records: keys.records, signing: keys.signing })))
    }

    /// This device's public key.
    pub fn device(&self) -> PublicKey {
        self.0.signing.public()
    }

    /// Signs `statement` as this device.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn sign<T: Statement>(&self, statement: &T) -> Result<Signed<T>, VaultError> {
        Ok(self.0.signing.sign(statement).await?)
    }

    fn store(&self) -> &Store {
        &self.0.store
    }
}
