//! `offices.toml`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::Faults;
use crate::folder::Files;
use crate::read;

const OFFICES: &str = "offices.toml";

/// An office.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The pack's name for it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Where one calls.
    pub phone: String,
    /// When it is open.
    pub hours: String,
    /// Where it is, as a map would find it.
    pub address: String,
    /// How to find the way: past what, which door, which bus.
    #[serde(default)]
    pub way: String,
    /// A drawing of the way: the name of a file in `maps/`.
    pub map: Option<String>,
}

pub(crate) fn read_offices(files: &Files, faults: &mut Faults) -> Vec<Office> {
    let offices: Vec<Office> = list(files, OFFICES, "office", faults);
    unique(OFFICES, offices.iter().map(|office| office.id.as_str()), faults);
    offices
}

/// Tells a fault where there is no such office.
pub(crate) fn expect_office(file: &str, id: &str, offices: &[Office], faults: &mut Faults) {
    if offices.iter().all(|office| office.id != id) {
        let known: Vec<_> = offices.iter().map(|office| office.id.as_str()).collect();
        let remedy = format!("填 offices.toml 里有的：{}", known.join("、"));
        faults.tell(file, format!("没有叫 {id} 的机构"), remedy);
    }
}

/// The `[[key]]`s of a file that has nothing else.
pub(crate) fn list<T: DeserializeOwned>(
    files: &Files,
    path: &str,
    key: &str,
    faults: &mut Faults,
) -> Vec<T> {
    let file: Option<std::collections::BTreeMap<String, Vec<T>>> = read::toml(files, path, faults);
    let Some(mut file) = file else { return Vec::new() };
    let list = file.remove(key).unwrap_or_default();
    if list.is_empty() {
        faults.tell(path, format!("一个 [[{key}]] 也没有"), "至少写一个");
    }
    for other in file.keys() {
        faults.tell(path, format!("不认识 [[{other}]]"), format!("这里只写 [[{key}]]"));
    }
    list
}

/// Tells a fault where a name is used twice.
pub(crate) fn unique<'a>(file: &str, names: impl Iterator<Item = &'a str>, faults: &mut Faults) {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            faults.tell(file, format!("{name} 写了两次"), "每个名字只能用一次");
        }
    }
}
