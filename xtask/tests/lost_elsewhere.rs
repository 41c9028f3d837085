//! `docs/lost-elsewhere.md` and the tests that it names go on to name each other.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::fs;
use std::path::Path;

/// A line of the table.
struct Row {
    number: usize,
    /// Such as `getodk/collect#5317`.
    reports: Vec<String>,
    /// Files of the repository, and the functions in them.
    tests: Vec<(String, String)>,
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows() -> Vec<Row> {
    let page = text("docs/lost-elsewhere.md");
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.trim_matches('|').split(" | ");
        let number = cells.next()?.trim().parse().ok()?;
        let reports = cells.next()?.split('[').skip(1);
        let reports = reports.map(|link| link.split(']').next().unwrap().to_owned());
        let tests = cells.nth(2)?.split("<br>").filter(|test| test.contains('`')).map(|test| {
            let mut names = test.split('`');
            (names.nth(1).unwrap().to_owned(), names.nth(1).unwrap().to_owned())
        });
        Some(Row { number, reports: reports.collect(), tests: tests.collect() })
    });
    rows.collect()
}

/// The comment of a function; none where the file has no such function.
fn comment(source: &str, function: &str) -> Option<String> {
    let (before, _) = source.split_once(&format!("fn {function}("))?;
    let lines = before.lines().rev().skip(usize::from(!before.ends_with('\n')));
    let above = lines.take_while(|line| matches!(line.trim().get(..2), Some("//" | "#[")));
    Some(above.collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_report_has_a_test_that_names_it() {
    let rows = rows();
    assert!(rows.iter().map(|row| row.number).eq(1..=50), "fifty, in order");
    for Row { number, reports, tests } in &rows {
        // What cannot happen here at all has no test.
        assert!(!tests.is_empty() || *number == 40, "{number} has no test");
        let mut comments = String::new();
        for (file, function) in tests {
            let comment = comment(&text(file), function);
            let comment = comment.unwrap_or_else(|| panic!("{number}: no {function} in {file}"));
            let names_one = reports.iter().any(|report| comment.contains(report));
            assert!(names_one, "{number}: {function} in {file} names none of {reports:?}");
            comments += &comment;
        }
        let unnamed = reports.iter().find(|report| !comments.contains(*report));
        assert!(tests.is_empty() || unnamed.is_none(), "{number}: no test names {unnamed:?}");
    }
}
