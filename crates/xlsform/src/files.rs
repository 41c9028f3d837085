//! The files beside a form: what `select_one_from_file`, `pulldata()`, `search()` and `instance()`
//! refer to by name.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// Where the files beside a form are.
pub trait Files {
    /// What the file called `name` holds; none where there is no such file.
    fn file(&self, name: &str) -> Option<Vec<u8>>;
}

/// No files at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

/// The files of a folder; not those of folders in it.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for NoFiles {
    fn file(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }
}

impl Files for Folder {
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        // A form comes from anybody: it must not name what lies elsewhere.
        let is_plain = !name.contains(['/', '\\', ':', '\0']) && name != "..";
        is_plain.then(|| std::fs::read(self.0.join(name)).ok()).flatten()
    }
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.get(name).cloned()
    }
}

impl Files for HashMap<String, Vec<u8>> {
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.get(name).cloned()
    }
}
