//! The township's keys: in force in memory, kept in a file, and rotated by an operator while the
//! server runs.

mod file;
mod rotate;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use protocol::keys::{NotKeys, Ring, TownshipKeys, system_random};
use protocol::{KeyId, Suite};

pub use rotate::{NotRotated, Rotation};

use crate::server::DATABASE;
use crate::storage::StorageError;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the key file cannot be read or written")]
    File(#[from] io::Error),
    /// The file is not a key file.
    #[error(transparent)]
    NotKeys(#[from] NotKeys),
    /// There is a database, and no key file beside it.
    #[error(
        "there is a database but no {}: restore it from its backup. New keys would open nothing \
         that phones have sealed, and no phone that knows the old ones would believe them",
        file::FILE
    )]
    Missing,
}

/// The keys in force, and the data folder that they are kept in.
pub(crate) struct Keys {
    folder: PathBuf,
    in_force: RwLock<Arc<TownshipKeys>>,
}

impl Keys {
    /// Reads the keys in `folder`. In one that `is_new`, makes them.
    pub(crate) fn open(folder: PathBuf, is_new: bool) -> Result<Self, KeyError> {
        let keys = match is_new {
            true => file::load_or_generate(&folder)?,
            false => file::load(&folder).map_err(expected)?,
        };
        Ok(Self { folder, in_force: RwLock::new(Arc::new(keys)) })
    }

    /// The keys in force. Whoever signs and names the key asks once.
    pub(crate) fn in_force(&self) -> Arc<TownshipKeys> {
        Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file again. Where it cannot be read, the keys in force stay.
    pub(crate) fn reload(&self) -> Result<(), KeyError> {
        let keys = Arc::new(file::load(&self.folder)?);
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Where the keys are kept.
    pub(crate) fn file(&self) -> PathBuf {
        file::path(&self.folder)
    }
}

/// The keys in the suite of an envelope that was received.
pub(crate) fn in_suite(keys: &TownshipKeys, suite: Suite) -> Result<Ring<'_>, StorageError> {
    keys.ring(suite).ok_or(StorageError::NoKeys(suite))
}

/// Makes keys of `suite` for the township whose data are in `folder`, unless it has some; those of
/// other suites stay. Gives the suites that there are keys of now. A server that runs takes them up
/// when it next looks at the file. In an empty folder they are the township's first: it is run on
/// that suite alone.
///
/// # Errors
/// See [`KeyError`].
pub fn add_suite(folder: &Path, suite: Suite) -> Result<Vec<Suite>, KeyError> {
    std::fs::create_dir_all(folder)?;
    let keys = match is_new(folder) {
        true => file::make(folder, suite)?,
        false => {
            file::change(folder, |keys| keys.add(suite, &mut system_random())).map_err(expected)?
        }
    };
    Ok(keys.suites())
}

/// Whether nothing was ever received into a data folder, by what is in it: its database may be
/// elsewhere.
pub(crate) fn is_new(folder: &Path) -> bool {
    !folder.join(DATABASE).exists()
}

/// What it means that there are no keys where there were some.
fn expected(error: KeyError) -> KeyError {
    match error {
        KeyError::File(cause) if cause.kind() == io::ErrorKind::NotFound => KeyError::Missing,
        other => other,
    }
}

/// What a township's keys in one suite are called, those in force first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyIds {
    /// The suite.
    pub suite: Suite,
    /// Those that envelopes are or were sealed to.
    pub sealing: Vec<KeyId>,
    /// Those that sign or signed receipts.
    pub signing: Vec<KeyId>,
}

impl KeyIds {
    /// Those of the keys in the data folder `folder`, in each suite that there are some of.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn read(folder: &Path) -> Result<Vec<Self>, KeyError> {
        Ok(file::load(folder)?.rings().map(Self::of).collect())
    }

    fn of(ring: Ring<'_>) -> Self {
        let signing = ring.signing_keys().iter().map(protocol::PublicKey::key_id).collect();
        Self { suite: ring.suite(), sealing: ring.sealing_key_ids(), signing }
    }
}
