//! The pack in force, and taking over a new one while the server runs.

mod watch;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use pack::{Faults, Files, Pack};
use protocol::id::Digest;
use protocol::keys::TownshipKeys;
use protocol::{ServerTime, Suite, Township};

pub(crate) use watch::{marks, watch};

use crate::storage::{self, Database, StorageError};

/// A pack that is served.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(crate) pack: Pack,
    editions: Vec<Edition>,
}

/// What phones of one suite hold of a pack.
#[derive(Debug)]
pub(crate) struct Edition {
    suite: Suite,
    /// What they know it by.
    pub(crate) version: Digest,
    /// The encoded [`PhonePack`](protocol::pack::PhonePack).
    pub(crate) bytes: Vec<u8>,
}

/// Why a pack was not taken over. The one in force, if there is one, goes on serving.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The folder cannot be read.
    #[error("the pack's folder cannot be read")]
    Folder(#[from] std::io::Error),
    /// There is something wrong in it.
    #[error("the pack has faults:\n{0}")]
    Faults(#[from] Faults),
    /// It is another township's.
    #[error("the pack is of township {found}, but this server keeps the cases of {own}")]
    Elsewhere {
        /// Whose pack it is.
        found: String,
        /// Whose cases are in the database.
        own: String,
    },
    /// Its forms cannot be kept.
    #[error("the pack's forms cannot be kept")]
    Storage(#[from] StorageError),
}

/// Where the pack comes from, and which is in force.
pub(crate) struct Packs {
    folder: PathBuf,
    in_force: RwLock<Arc<InForce>>,
}

impl Packs {
    /// Takes a pack that was [`read`] into force.
    pub(crate) fn new(folder: PathBuf, first: InForce) -> Self {
        Self { folder, in_force: RwLock::new(Arc::new(first)) }
    }

    /// The pack in force. Whoever asks keeps it to the end of what they are doing.
    pub(crate) fn in_force(&self) -> Arc<InForce> {
        Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the folder again; what is in it comes into force if it has no fault.
    pub(crate) async fn reload(
        &self,
        storage: &dyn Database,
        keys: &TownshipKeys,
        now: ServerTime,
    ) -> Result<(), PackError> {
        let own = self.in_force().pack.township.id.clone();
        let next = read(&self.folder, keys).await?;
        next.expect_township(&own)?;
        next.keep_forms(storage, now).await?;
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(())
    }
}

impl InForce {
    /// What phones of a suite hold; none where the township does not have the suite.
    pub(crate) fn edition(&self, suite: Suite) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.suite == suite)
    }

    /// Refuses a pack of another township.
    fn expect_township(&self, own: &Township) -> Result<(), PackError> {
        match self.pack.township.id == *own {
            true => Ok(()),
            false => {
                let found = self.pack.township.id.0.clone();
                Err(PackError::Elsewhere { found, own: own.0.clone() })
            }
        }
    }

    /// Keeps the forms, so that applications that were begun with them can arrive at any time, and
    /// what people are told before they begin.
    pub(crate) async fn keep_forms(
        &self,
        storage: &dyn Database,
        now: ServerTime,
    ) -> Result<(), PackError> {
        let township = &self.pack.township.id;
        let mut transaction = storage.write().await?;
        for item in &self.pack.items {
            storage::forms::keep(&mut *transaction, township, item, now).await?;
            storage::notices::keep(&mut *transaction, township, item, now).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Reads and checks the pack in `folder`.
pub(crate) async fn read(folder: &Path, keys: &TownshipKeys) -> Result<InForce, PackError> {
    let folder = folder.to_owned();
    let pack = tokio::task::spawn_blocking(move || -> Result<Pack, PackError> {
        Ok(Pack::load(&Files::read(&folder)?)?)
    });
    let pack = pack.await.map_err(std::io::Error::other)??;
    let editions = keys.suites().into_iter().filter_map(|suite| edition(&pack, keys, suite));
    let editions = editions.collect();
    Ok(InForce { pack, editions })
}

fn edition(pack: &Pack, keys: &TownshipKeys, suite: Suite) -> Option<Edition> {
    let ring = keys.ring(suite)?;
    let phone = pack.phone(ring.sealing_key(), ring.signing_keys());
    Some(Edition { suite, version: phone.version, bytes: protocol::encode(&phone) })
}
