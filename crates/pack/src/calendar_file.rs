//! `calendar.json`: the State Council's notices, by year.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Calendar, Date, Year};
use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::read;

const FILE: &str = "calendar.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    off: Vec<String>,
    work: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

pub(crate) fn read(files: &Files, faults: &mut Faults) -> Option<Calendar> {
    let text = read::text(files, FILE, faults)?;
    let years: BTreeMap<i32, Written> = match serde_json::from_str(text) {
        Ok(years) => years,
        Err(error) => {
            let what = format!("第 {} 行读不懂：{error}", error.line());
            faults.tell(FILE, what, "每年写 off（放假）、work（调休上班）、source（文件号）");
            return None;
        }
    };
    let years = years.into_iter().map(|(year, written)| {
        let off = days(year, &written.off, faults);
        let work = days(year, &written.work, faults);
        for day in off.intersection(&work) {
            faults.tell(FILE, format!("{day} 既放假又上班"), "只留一处");
        }
        (year, Year { off, work })
    });
    Some(Calendar::new(years.collect()))
}

fn days(year: i32, texts: &[String], faults: &mut Faults) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for text in texts {
        match read::day(text).filter(|day| day.year() == year) {
            Some(day) => drop(days.insert(day)),
            None => faults.tell(
                FILE,
                format!("{text} 不是 {year} 年的日子"),
                format!("写成 {year}-01-31 这样"),
            ),
        }
    }
    days
}
