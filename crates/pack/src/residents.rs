//! `residents.toml`: who keeps the township's roster of its people, and what its tables call what forms
//! ask for. The people themselves are never in a pack, which anybody may load.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::office::Office;
use crate::read;

const FILE: &str = "residents.toml";

/// Who keeps the roster, and how.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residents {
    /// The office whose handlers and head bring new tables.
    pub office: String,
    /// What its tables call each column, by what forms call it: 姓名 for `name`.
    pub headings: BTreeMap<String, String>,
}

/// Reads the file; a township may keep no roster.
pub(crate) fn read(files: &Files, offices: &[Office], faults: &mut Faults) -> Option<Residents> {
    files.get(FILE)?;
    let residents: Residents = read::toml(files, FILE, faults)?;
    if !offices.iter().any(|office| office.id == residents.office) {
        let what = format!("office 是 {}，offices.toml 里没有", residents.office);
        faults.tell(FILE, what, "填 offices.toml 里有的机构");
    }
    for (column, heading) in &residents.headings {
        let mut others = residents.headings.iter().filter(|(other, _)| *other != column);
        if others.any(|(_, other)| other == heading) {
            faults.tell(FILE, format!("“{heading}”写了两次"), "每个列名只能说一样东西");
        }
    }
    Some(residents)
}
