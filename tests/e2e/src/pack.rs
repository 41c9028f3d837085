//! A township's pack that changes while people use it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::browser::given;

/// A copy of the demonstration township's pack, to be changed.
pub struct Pack(PathBuf);

impl Pack {
    /// Copies it to `folder`.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn copy(folder: PathBuf) -> Result<Self> {
        copy(&given("XST_PACK")?, &folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes one of its files. A server that runs notices.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &str, text: &str) -> Result<()> {
        fs::write(self.0.join(path), text).with_context(|| format!("{path} is not written"))
    }

    /// Has the township offer the item of `items/<id>.toml` too.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn offer(&self, id: &str) -> Result<()> {
        let township = fs::read_to_string(self.0.join("township.toml"))?;
        let (before, after) = township.split_once("items = [").context("it names its items")?;
        self.write("township.toml", &format!("{before}items = [\"{id}\", {after}"))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
