//! A township's pack that changes while people use it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::browser::given;

/// A copy of the demonstration township's pack, to be changed.
pub struct Pack(PathBuf);

/// An item that only a test has.
#[derive(Clone, Copy, Debug)]
pub struct TestItem<'a> {
    /// What people call it.
    pub name: &'a str,
    /// What stands below that.
    pub tagline: &'a str,
    /// Five digits, its own.
    pub code: &'a str,
    /// The form, as CSV.
    pub form: &'a str,
    /// The question that tells one application from another, if one does.
    pub person: Option<&'a str>,
}

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

    /// Writes an item and its form, new or in place of what it was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_item(&self, id: &str, item: &TestItem<'_>) -> Result<()> {
        let TestItem { name, tagline, code, form, person } = item;
        self.write(&format!("forms/{id}.csv"), form)?;
        let summary =
            person.map_or_else(String::new, |person| format!("[summary]\nperson = \"{person}\"\n"));
        let written = format!(
            "name = \"{name}\"\ntagline = \"{tagline}\"\nicon = \"paper\"\ncode = \"{code}\"\n\
             form = \"{id}.csv\"\nkeywords = []\noffice = \"gg\"\npromised = {{ workdays = 2 }}\nworkflow = \"baoxiu\"\n\
             [guide]\nsteps = []\nlimit = \"\"\nfee = \"\"\n[notice]\nanonymous = true\nkeep_years = 1\n{summary}"
        );
        self.write(&format!("items/{id}.toml"), &written)
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
