//! Spreadsheets become the XForms that pyxform 4.5.0 makes of them: `tests/pyxform` has the
//! spreadsheets, and what pyxform's XForm of each says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::facts;
use crate::page;

/// A spreadsheet, and what pyxform makes of it.
struct Case {
    name: String,
    sheets: String,
    facts: Vec<String>,
    /// What is otherwise here.
    otherwise: Vec<String>,
    /// Why it is.
    why: String,
}

fn cases(text: &str) -> Vec<Case> {
    let all = text.split("\n== ").map(|case| case.trim_start_matches("== "));
    let cases = all.filter(|case| !case.starts_with('#') && !case.trim().is_empty()).map(|case| {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (sheets, facts) = rest.split_once("=>\n").expect("an arrow");
        let (facts, otherwise) = facts.split_once("otherwise: ").unwrap_or((facts, ""));
        let lines = |text: &str| {
            text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let (why, otherwise) = otherwise.split_once('\n').unwrap_or((otherwise, ""));
        let (name, why) = (name.to_owned(), why.to_owned());
        let (facts, otherwise) = (lines(facts), lines(otherwise));
        Case { name, sheets: csv(sheets), facts, otherwise, why }
    });
    cases.collect()
}

/// A table of Markdown as text with commas.
fn csv(table: &str) -> String {
    let mut text = String::new();
    for line in table.lines() {
        let inside = line.trim_start_matches('|');
        let inside = inside.strip_suffix('|').unwrap_or(inside);
        let cells = inside.split('|').map(|cell| match cell.trim() {
            "" => String::new(),
            cell => format!("\"{}\"", cell.replace('"', "\"\"")),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

/// The files that the spreadsheets speak of.
fn files() -> BTreeMap<String, Vec<u8>> {
    let csv = "name,label,val,lbl,kind\na,A,1,One,k\n";
    let xml = "<root><item><name>a</name><label>A</label><val>1</val><lbl>One</lbl><kind>k</kind></item></root>";
    let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":null,
        "properties":{"title":"A","val":1,"lbl":"One","kind":"k"}}]}"#;
    let files = [("c.csv", csv), ("c.xml", xml), ("c.geojson", geojson)];
    files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

/// What is said otherwise than pyxform says it.
fn differences(case: &Case) -> Vec<String> {
    let read = xlsform::define(case.sheets.as_bytes(), &files());
    let definition = match (read, case.facts == ["refused"]) {
        (Err(_), true) => return Vec::new(),
        (Err(faults), false) => return vec![format!("+ refused: {}", faults[0])],
        (Ok(_), true) => return vec!["- refused".to_owned()],
        (Ok(definition), false) => definition,
    };
    let own = facts::of(&xform::write(&definition));
    let missing = case.facts.iter().filter(|fact| !own.contains(fact));
    let added = own.iter().filter(|fact| !case.facts.contains(fact));
    let missing = missing.map(|fact| format!("- {fact}"));
    missing.chain(added.map(|fact| format!("+ {fact}"))).collect()
}

#[test]
fn spreadsheets_become_what_pyxform_makes_of_them() {
    let mut report = String::new();
    let cases = cases(include_str!("../pyxform/forms.txt"));
    for case in &cases {
        let differences = differences(case);
        if differences != case.otherwise {
            let _ = writeln!(report, "== {}\n{}", case.name, differences.join("\n"));
        }
    }
    assert!(report.is_empty(), "{report}");
    page::check("spreadsheets", &section(&cases));
}

/// The section of `docs/conformance.md` on spreadsheets.
fn section(cases: &[Case]) -> String {
    let is_refused = |case: &&Case| case.facts == ["refused"];
    let count = |wanted: &dyn Fn(&&Case) -> bool| cases.iter().filter(|case| wanted(case)).count();
    let row = |what: &str, is_own: &dyn Fn(&&Case) -> bool| {
        let all = count(is_own);
        let same = count(&|case| is_own(case) && case.why.is_empty());
        format!("| {what} | {all} | {same} | {} |\n", all - same)
    };
    let mut text = "| pyxform 4.5.0 | spreadsheets | same | otherwise on purpose |\n\
                    |---|---|---|---|\n"
        .to_owned();
    text.push_str(&row("makes an XForm", &|case| !is_refused(case)));
    text.push_str(&row("refuses", &is_refused));
    text.push_str("\n### Spreadsheets that go otherwise on purpose\n");
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in cases.iter().filter(|case| !case.why.is_empty()) {
        reasons.entry(&case.why).or_default().push(&case.name);
    }
    for (why, names) in reasons {
        let _ = write!(text, "\n* **{why}**: {}", names.join("; "));
    }
    text
}
