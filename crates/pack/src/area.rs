//! `areas.toml`: the villages of the township, with what they were before.

use calendar::Date;
use checks::Division;
use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::read;

const FILE: &str = "areas.toml";

/// A village of the township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its 12-digit division code.
    pub code: Division,
    /// What people call it.
    pub name: String,
    /// From which day on it is; none where it always was.
    pub from: Option<Date>,
    /// Until which day it was, that day too; none where it still is.
    pub until: Option<Date>,
    /// The villages that it was made of, by their codes of then.
    pub was: Vec<Division>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    area: Vec<WrittenArea>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenArea {
    code: String,
    name: String,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    was: Vec<String>,
}

/// The villages; none where there is no such file: a township that works nothing by village.
pub(crate) fn read(files: &Files, faults: &mut Faults) -> Vec<Area> {
    if files.get(FILE).is_none() {
        return Vec::new();
    }
    let written = read::toml::<Written>(files, FILE, faults).map(|file| file.area);
    let mut areas: Vec<Area> = Vec::new();
    for area in written.unwrap_or_default() {
        let Some(code) = expect_division(FILE, &area.code, faults) else { continue };
        if areas.iter().any(|other| other.code == code) {
            faults.tell(FILE, format!("{} 写了两次", area.code), "每个代码只能用一次");
        }
        areas.push(Area {
            code,
            name: area.name,
            from: read::optional_day(FILE, area.from.as_ref(), faults),
            until: read::optional_day(FILE, area.until.as_ref(), faults),
            was: area.was.iter().filter_map(|code| expect_division(FILE, code, faults)).collect(),
        });
    }
    for (was, by) in areas.iter().flat_map(|area| area.was.iter().map(move |was| (was, area))) {
        let is_closed = areas.iter().any(|area| area.code == *was && area.until.is_some());
        if !is_closed {
            let what = format!("{} 并入了 {}，却没有写到哪一天", was.as_str(), by.name);
            faults.tell(FILE, what, "给它写 [[area]] 和 until");
        }
    }
    areas
}

/// Tells a fault where a code is none.
pub(crate) fn expect_division(file: &str, code: &str, faults: &mut Faults) -> Option<Division> {
    let found = Division::read(code).ok();
    if found.is_none() {
        faults.tell(file, format!("{code} 不是区划代码"), "填 12 位数字");
    }
    found
}
