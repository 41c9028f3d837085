//! All forms that are in this repository: the township's, and those of the public suites.

#[path = "../../../crates/player/tests/notation/mod.rs"]
#[expect(dead_code, reason = "the steps are for the test of the scenarios")]
mod notation;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The township's.
    Township,
    /// A public suite's.
    Suite,
}

/// A form as its author wrote it.
pub struct Sample {
    /// What it is called here.
    pub name: String,
    /// Whose it is.
    pub origin: Origin,
    /// The spreadsheet.
    pub path: PathBuf,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// The files beside it.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// All of them, and the folder that those without a file of their own stand in.
pub struct Samples {
    /// The forms.
    pub all: Vec<Sample>,
    _folder: TempDir,
}

impl Samples {
    /// Gathers them.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn gather() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut all = township()?;
        all.extend(suites(folder.path())?);
        Ok(Self { all, _folder: folder })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn township() -> Result<Vec<Sample>> {
    let mut all = Vec::new();
    for path in files(&root().join("township/forms"), "xlsx")? {
        let name = path.file_stem().context("a name")?.to_string_lossy().into_owned();
        let bytes = fs::read(&path)?;
        all.push(Sample { name, origin: Origin::Township, path, bytes, files: BTreeMap::new() });
    }
    Ok(all)
}

fn suites(folder: &Path) -> Result<Vec<Sample>> {
    let mut all = Vec::new();
    for path in files(&root().join("crates/player/tests/scenarios"), "txt")? {
        let suite = path.file_stem().context("a name")?.to_string_lossy().into_owned();
        for scenario in notation::read(&fs::read_to_string(&path)?) {
            // A form without an id is called by its file.
            let own = folder.join(format!("{suite}-{}", all.len()));
            fs::create_dir(&own)?;
            let path = own.join("data.csv");
            fs::write(&path, &scenario.workbook)?;
            all.push(Sample {
                name: format!("{suite}: {}", scenario.name),
                origin: Origin::Suite,
                path,
                bytes: scenario.workbook.into_bytes(),
                files: scenario.files,
            });
        }
    }
    Ok(all)
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|own| own == ending) {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}
