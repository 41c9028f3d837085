//! Tables as offices keep them, and what they change.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

mod changing;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use checks::Division;
use roster::{Expected, Problem, Read, Roster, Table};
use time::macros::date;

const HEADINGS: [&str; 6] = ["户编号", "姓名", "证件号码", "村", "联系电话", "血型"];

fn expected() -> Expected<'static> {
    let village = |code: &str, name| (Division::read(code).unwrap(), name);
    Expected {
        columns: BTreeSet::from(["name", "id", "village", "phone"]),
        headings: BTreeMap::from([
            ("户编号", "household"),
            ("姓名", "name"),
            ("证件号码", "id"),
            ("村", "village"),
            ("联系电话", "phone"),
        ]),
        villages: vec![village("529999101201", "示例一村"), village("529999101202", "示例二村")],
        today: date!(2026 - 11 - 30),
    }
}

fn table(rows: &[[&str; 6]]) -> Table {
    let row = |row: &[&str; 6]| row.map(str::to_owned).to_vec();
    let rows = (2..).zip(rows.iter().map(row)).collect();
    Table { headings: row(&HEADINGS), rows }
}

fn read(rows: &[[&str; 6]]) -> Result<Read, Vec<Problem>> {
    Roster::read(&table(rows), &expected())
}

fn people(rows: &[[&str; 6]]) -> Roster {
    read(rows).unwrap().roster
}
