//! The township's private keys, in a file that only the server may read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use protocol::Suite;
use protocol::keys::{NotKeys, TownshipKeys, system_random};

/// The file in the data folder.
pub(crate) const FILE: &str = "township.keys";

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the key file cannot be read or written")]
    File(#[from] io::Error),
    /// The file is not a key file.
    #[error(transparent)]
    NotKeys(#[from] NotKeys),
}

/// Reads the keys in `folder`, and makes new ones of suite 1, which every browser has, where there
/// are none.
pub(crate) fn load_or_generate(folder: &Path) -> Result<TownshipKeys, KeyError> {
    match load(folder)? {
        Some(keys) => Ok(keys),
        None => {
            let keys = TownshipKeys::generate(Suite::One, &mut system_random());
            keep(folder, &keys)?;
            Ok(keys)
        }
    }
}

/// Makes keys of `suite` for the township whose data are in `folder`, unless it has some; those of
/// other suites stay. Gives the suites that there are keys of now, which a server offers when it
/// starts the next time. In an empty folder they are the township's first: it is run on that suite
/// alone.
///
/// # Errors
/// See [`KeyError`].
pub fn add_suite(folder: &Path, suite: Suite) -> Result<Vec<Suite>, KeyError> {
    fs::create_dir_all(folder)?;
    let random = &mut system_random();
    let keys = match load(folder)? {
        Some(mut keys) => {
            keys.add(suite, random);
            keys
        }
        None => TownshipKeys::generate(suite, random),
    };
    keep(folder, &keys)?;
    Ok(keys.suites())
}

fn load(folder: &Path) -> Result<Option<TownshipKeys>, KeyError> {
    match fs::read(folder.join(FILE)) {
        Ok(bytes) => Ok(Some(TownshipKeys::from_bytes(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn keep(folder: &Path, keys: &TownshipKeys) -> Result<(), KeyError> {
    let unfinished = folder.join(format!("{FILE}.new"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(&keys.to_bytes())?;
    file.sync_all()?;
    // A phone may seal to these keys in a moment: they are never to be half written.
    fs::rename(&unfinished, folder.join(FILE))?;
    File::open(folder)?.sync_all()?;
    Ok(())
}
