//! The font files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use document::FontFile;

/// What files with fonts end with.
const KINDS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

struct OnDisk(PathBuf);

impl FontFile for OnDisk {
    fn read(&self) -> Option<Vec<u8>> {
        fs::read(&self.0).ok()
    }
}

/// All of them, always in the same order. A folder that cannot be read is as an empty one.
pub(super) fn files(folder: &Path) -> Vec<Box<dyn FontFile>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    paths.sort();
    paths.into_iter().map(|path| Box::new(OnDisk(path)) as Box<dyn FontFile>).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // Folders that are only linked to might go round in circles.
        match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            true => collect(&path, paths),
            false => {
                let kind = path.extension().and_then(|kind| kind.to_str());
                let kind = kind.map(str::to_ascii_lowercase).unwrap_or_default();
                if KINDS.contains(&kind.as_str()) && path.is_file() {
                    paths.push(path);
                }
            }
        }
    }
}
