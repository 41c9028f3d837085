//! The pack in force, and taking over a new one while the server runs.

mod watch;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use pack::{Faults, Files, Pack, PublicKeys};
use protocol::id::Digest;
use protocol::keys::{Ring, TownshipKeys};
use protocol::{ServerTime, Suite, Township};

pub(crate) use watch::{marks, watch};

use crate::storage::{self, Database, StorageError};
use crate::supervision;

/// A pack that is served.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(crate) pack: Arc<Pack>,
    /// What all editions together are known by.
    pub(crate) version: Digest,
    editions: Vec<Edition>,
}

/// What phones of one suite hold of a pack.
#[derive(Debug)]
pub(crate) struct Edition {
    suite: Suite,
    /// What they know it by.
    pub(crate) version: Digest,
    /// The encoded [`PhonePack`](protocol::pack::PhonePack), signed in the suite.
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
    /// One reads at a time: else who began earlier and ends later would bring back what was before.
    reading: tokio::sync::Mutex<()>,
}

impl Packs {
    /// Takes a pack that was [`issue`]d into force.
    pub(crate) fn new(folder: PathBuf, first: InForce) -> Self {
        let in_force = RwLock::new(Arc::new(first));
        Self { folder, in_force, reading: tokio::sync::Mutex::default() }
    }

    /// The pack in force. Whoever asks keeps it to the end of what they are doing.
    pub(crate) fn in_force(&self) -> Arc<InForce> {
        Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the folder again; what is in it comes into force, under these keys, if it has no fault.
    /// One that has leaves the pack in force, and does not keep the keys from phones.
    pub(crate) async fn reload(
        &self,
        storage: &dyn Database,
        keys: &TownshipKeys,
        now: ServerTime,
    ) -> Result<(), PackError> {
        let _alone = self.reading.lock().await;
        let own = Arc::clone(&self.in_force().pack);
        let read = read(&self.folder).await;
        let (next, fault) = match read.and_then(|pack| of_township(pack, &own.township.id)) {
            Ok(pack) => (pack, None),
            Err(fault) => (own, Some(fault)),
        };
        let next = issue(next, keys, storage, now).await?;
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        fault.map_or(Ok(()), Err)
    }
}

/// Refuses a pack of another township.
fn of_township(pack: Arc<Pack>, own: &Township) -> Result<Arc<Pack>, PackError> {
    match &pack.township.id {
        found if found == own => Ok(pack),
        found => Err(PackError::Elsewhere { found: found.0.clone(), own: own.0.clone() }),
    }
}

impl InForce {
    /// What phones of a suite hold; none where the township does not have the suite.
    pub(crate) fn edition(&self, suite: Suite) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.suite == suite)
    }
}

/// Reads and checks the pack in `folder`.
pub(crate) async fn read(folder: &Path) -> Result<Arc<Pack>, PackError> {
    let folder = folder.to_owned();
    let pack = tokio::task::spawn_blocking(move || -> Result<Pack, PackError> {
        Ok(Pack::load(&Files::read(&folder)?)?)
    });
    Ok(Arc::new(pack.await.map_err(std::io::Error::other)??))
}

/// Signs a pack in each suite that there are keys of, to be served from now on. Keeps its forms, so
/// that applications that were begun with them can arrive at any time, what people are told before
/// they begin, and its workflows, which cases keep to their end.
pub(crate) async fn issue(
    pack: Arc<Pack>,
    keys: &TownshipKeys,
    storage: &dyn Database,
    now: ServerTime,
) -> Result<InForce, PackError> {
    let (version, township) = (version(&pack, keys), &pack.township.id);
    let mut transaction = storage.write().await?;
    let db = &mut *transaction;
    for item in &pack.items {
        storage::forms::keep(db, township, item, now).await?;
        storage::notices::keep(db, township, item, now).await?;
    }
    for workflow in &pack.workflows {
        storage::workflows::keep(db, township, workflow, now).await?;
    }
    let serial = storage::packs::issue(db, township, &version, now).await?;
    // It may count days otherwise than the one before.
    storage::cases::all_are_due(db, township).await?;
    supervision::renew_limits(db, township, &pack).await?;
    transaction.commit().await?;
    let editions = keys.rings().map(|ring| edition(&pack, ring, serial)).collect();
    Ok(InForce { pack, version, editions })
}

/// All editions have one serial, so that it is the version of all that it belongs to.
fn version(pack: &Pack, keys: &TownshipKeys) -> Digest {
    let editions = keys.rings().map(|ring| pack.version(&public(ring)).0);
    Digest::of(&editions.collect::<Vec<_>>().concat())
}

fn edition(pack: &Pack, ring: Ring<'_>, serial: u64) -> Edition {
    let phone = pack.phone(public(ring), serial);
    let bytes = protocol::encode(&ring.sign(&phone));
    Edition { suite: ring.suite(), version: phone.version, bytes }
}

fn public(ring: Ring<'_>) -> PublicKeys {
    PublicKeys {
        sealing: ring.sealing_key(),
        signing: ring.signing_keys(),
        successions: ring.successions(),
    }
}
