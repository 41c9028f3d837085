//! The file that only the server may read. It is replaced as a whole: a phone may seal to its keys
//! in a moment, and they are never to be half written, nor lost to somebody who writes beside.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use protocol::Suite;
use protocol::keys::{TownshipKeys, system_random};

use super::KeyError;

/// The file in the data folder.
pub(super) const FILE: &str = "township.keys";

/// The file in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Reads the keys in `folder`.
pub(super) fn load(folder: &Path) -> Result<TownshipKeys, KeyError> {
    Ok(TownshipKeys::from_bytes(&fs::read(path(folder))?)?)
}

/// Reads the keys in `folder`, and makes new ones of suite 1, which every browser has, where there
/// are none.
pub(super) fn load_or_generate(folder: &Path) -> Result<TownshipKeys, KeyError> {
    let _turn = turn(folder)?;
    match load(folder) {
        Err(KeyError::File(error)) if error.kind() == io::ErrorKind::NotFound => {
            let keys = TownshipKeys::generate(Suite::One, &mut system_random());
            replace(folder, &keys)?;
            Ok(keys)
        }
        loaded => loaded,
    }
}

/// Adds keys of `suite` to those in `folder`, or makes them the first.
pub(super) fn make(folder: &Path, suite: Suite) -> Result<TownshipKeys, KeyError> {
    let _turn = turn(folder)?;
    let keys = match load(folder) {
        Err(KeyError::File(error)) if error.kind() == io::ErrorKind::NotFound => {
            TownshipKeys::generate(suite, &mut system_random())
        }
        loaded => {
            let mut keys = loaded?;
            keys.add(suite, &mut system_random());
            keys
        }
    };
    replace(folder, &keys)?;
    Ok(keys)
}

/// Changes the keys in `folder`, and gives them as they are now.
pub(super) fn change(
    folder: &Path,
    change: impl FnOnce(&mut TownshipKeys),
) -> Result<TownshipKeys, KeyError> {
    let _turn = turn(folder)?;
    let mut keys = load(folder)?;
    change(&mut keys);
    replace(folder, &keys)?;
    Ok(keys)
}

/// Waits until nobody else changes the keys; until the file is dropped, nobody does.
fn turn(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).open(folder.join(LOCK))?;
    file.lock()?;
    Ok(file)
}

const LOCK: &str = "township.keys.lock";

fn replace(folder: &Path, keys: &TownshipKeys) -> io::Result<()> {
    let unfinished = folder.join(format!("{FILE}.new"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(&keys.to_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path(folder))?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_that_start_and_change_keys_side_by_side_lose_none() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|all| {
            for _ in 0..4 {
                all.spawn(|| {
                    load_or_generate(folder.path()).unwrap();
                    let renew = |keys: &mut TownshipKeys| {
                        keys.renew_sealing_key(Suite::One, &mut system_random());
                    };
                    change(folder.path(), renew).unwrap();
                });
            }
        });
        let keys = load(folder.path()).unwrap();
        assert_eq!(keys.ring(Suite::One).unwrap().sealing_key_ids().len(), 5);
    }
}
