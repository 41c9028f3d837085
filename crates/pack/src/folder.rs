//! The files of a pack, read at once, so that checking them is pure.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use protocol::id::Digest;

/// Where pictures and sounds of forms lie, of whatever kind they are.
pub(crate) const MEDIA: &str = "forms/media/";

/// Where drawings of the way to offices lie.
pub(crate) const MAPS: &str = "maps/";

/// Kinds of other files that belong to a pack; whatever else lies beside them is left alone.
const KINDS: [&str; 8] = ["toml", "json", "xlsx", "xls", "ods", "csv", "xml", "geojson"];

/// The files of a pack by their paths, with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Reads a folder.
    ///
    /// # Errors
    /// When the folder, or a file in it, cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        Ok(Self(files))
    }

    /// A digest of all names and contents.
    pub fn digest(&self) -> Digest {
        let mut whole = b"xst pack v1\0".to_vec();
        for (path, bytes) in &self.0 {
            whole.extend(Digest::of(path.as_bytes()).0);
            whole.extend(Digest::of(bytes).0);
        }
        Digest::of(&whole)
    }

    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    pub(crate) fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().map(String::as_str).filter(move |path| path.starts_with(folder))
    }
}

fn collect(folder: &Path, above: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // Spreadsheet programs leave `~$name.xlsx` and `.~lock` files while a file is open.
        if name.starts_with(['.', '~']) {
            continue;
        }
        let path = format!("{above}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if [MEDIA, MAPS].contains(&above)
            || KINDS.iter().any(|kind| name.ends_with(&format!(".{kind}")))
        {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
