//! What a target begins with: everything of its kind that the repository has.

#[allow(dead_code)] // What is done with the forms, and what must hold then.
#[path = "../../../crates/player/tests/notation/mod.rs"]
mod notation;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use form::expression::{Function, RareFunction};
use toml::{Table, Value};

/// The expressions of the public suites.
///
/// # Panics
/// When they are not where they were.
pub fn expressions() -> Vec<String> {
    let mut all = Vec::new();
    for path in files("crates/form/tests/conformance", "toml") {
        let text = fs::read_to_string(&path).expect("it is a text");
        let table: Table = text.parse().expect("it is TOML");
        let cases = table.get("case").and_then(Value::as_array).into_iter().flatten();
        let expressions = cases.filter_map(|case| case.get("expression")?.as_str());
        all.extend(expressions.map(str::to_owned));
    }
    all
}

/// A form in pyxform's notation, and the files beside it.
pub struct Written {
    /// The form.
    pub workbook: String,
    /// The files, by name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The forms of the public suites.
///
/// # Panics
/// When they are not where they were.
pub fn forms() -> Vec<Written> {
    let mut all = Vec::new();
    for path in files("crates/player/tests/scenarios", "txt") {
        let text = fs::read_to_string(&path).expect("it is a text");
        let scenarios = notation::read(&text).into_iter();
        all.extend(scenarios.map(|scenario| Written {
            workbook: scenario.workbook,
            files: scenario.files.into_iter().collect(),
        }));
    }
    all
}

/// The workbooks in a folder of the repository.
///
/// # Panics
/// When they are not where they were.
pub fn workbooks(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    files(folder, ending).iter().map(|path| fs::read(path).expect("it can be read")).collect()
}

/// The names of all functions.
pub fn functions() -> impl Iterator<Item = &'static str> {
    let rare = RareFunction::ALL.iter().map(|function| function.spelling());
    Function::ALL.iter().map(|function| function.spelling()).chain(rare)
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|own| own == ending)).collect();
    files.sort();
    files
}

/// What stands in several of `texts`, between what divides them.
pub fn common(texts: impl Iterator<Item = String>, dividers: &[char]) -> Vec<String> {
    let mut counted = BTreeMap::<String, u32>::new();
    for text in texts {
        let pieces: BTreeSet<&str> = text.split(dividers).collect();
        for piece in pieces.into_iter().filter(|piece| (2..=40).contains(&piece.len())) {
            *counted.entry(piece.to_owned()).or_default() += 1;
        }
    }
    counted.into_iter().filter(|(_, count)| *count > 2).map(|(piece, _)| piece).collect()
}
