//! Packages of npm's registry, of which only files are wanted.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use sha2::{Digest, Sha512};
use xshell::{Shell, cmd};

/// A published package, as it was looked at.
pub(crate) struct Package {
    /// Its name and version.
    pub(crate) name: &'static str,
    /// SHA-512 of its archive, so that no other can be used in its place.
    pub(crate) digest: &'static str,
}

impl Package {
    /// Fetches it and unpacks it to `package/` in `folder`, where the shell is.
    pub(crate) fn unpack(&self, shell: &Shell, folder: &Path) -> Result<()> {
        let Self { name, digest } = *self;
        let archive = cmd!(shell, "npm pack --silent {name}").quiet().read()?;
        let archive = archive.trim();
        let is: String = Sha512::digest(fs::read(folder.join(archive))?)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        ensure!(is == digest, "{name} is not the one that was looked at: its SHA-512 is {is}");
        cmd!(shell, "tar --extract --gzip --file {archive}").quiet().run()?;
        shell.remove_path(archive)?;
        Ok(())
    }
}
