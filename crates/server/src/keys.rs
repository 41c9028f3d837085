//! The township's private keys, in a file that only the server may read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

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

/// Reads the keys in `folder`, and makes new ones where there are none.
pub(crate) fn load_or_generate(folder: &Path) -> Result<TownshipKeys, KeyError> {
    let path = folder.join(FILE);
    match fs::read(&path) {
        Ok(bytes) => Ok(TownshipKeys::from_bytes(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => generate(folder),
        Err(error) => Err(error.into()),
    }
}

fn generate(folder: &Path) -> Result<TownshipKeys, KeyError> {
    let keys = TownshipKeys::generate(&mut system_random());
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
    Ok(keys)
}
