//! Expressions of the public test suites of JavaRosa, Enketo, ODK Web Forms, CommCare and of the
//! ODK XForms specification, with the values that those suites expect. `tests/conformance` has the
//! facts; what differs here on purpose stands in `differences.toml`, with the reason. What passes is
//! told by `docs/conformance.md`, which is written from here.

mod case;
#[path = "../shared/page.rs"]
mod page;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use case::{Case, add_choices, answers, declarations, languages, lists, place, texts};
use form::compile::FaultKind;
use form::definition::Definition;
use form::model::Language;
use form::surroundings::Fixed;
use form::{InstanceId, Session, compile};
use roxmltree::Document;
use serde::Deserialize;
use table::{Judged, Outcome, file_of};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

/// Cases that come to something else here, and why.
#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    why: String,
    expressions: Vec<String>,
}

fn find(session: &Session, from: InstanceId, path: &[&str]) -> Option<InstanceId> {
    let Some((first, rest)) = path.split_first() else { return Some(from) };
    let (name, row) = match first.split_once('[') {
        Some((name, row)) => (name, row.trim_end_matches(']').parse::<usize>().ok()?),
        None => (*first, 1),
    };
    let children = session.children(from);
    let at = children.into_iter().find(|at| session.form().node(at.node).name == name)?;
    let rows = session.rows(at);
    let at = if rows.is_empty() { at } else { *rows.get(row - 1)? };
    find(session, at, rest)
}

/// What the expression comes to, as text, or why it is refused.
fn value(case: &Case, wrap: &str) -> Result<String, Vec<FaultKind>> {
    let xml = case.instance.as_deref().unwrap_or("<data/>");
    let document = Document::parse(xml).expect("the instance is XML");
    let root = document.root_element();
    let mut all = declarations(root);
    let given = answers(root, &all);
    let expression = wrap.replace("{}", &case.expression);
    let label = format!("${{={expression}}}");
    let context = case.context.as_deref().unwrap_or("/");
    let path: Vec<&str> = context.split('/').filter(|step| !step.is_empty()).skip(1).collect();
    let spoken = languages(case);
    let mut definition = Definition {
        root: root.tag_name().name().to_owned(),
        languages: spoken.iter().map(|name| Language { name: name.clone(), code: None }).collect(),
        lists: case.secondary.iter().flat_map(lists).collect(),
        texts: texts(case, &spoken),
        ..Definition::default()
    };
    if path.is_empty() {
        definition.instance_name = Some(expression);
    } else {
        assert!(place(&mut all, &path, &label), "{context}");
    }
    definition.declarations = all;
    add_choices(case, &spoken, &mut definition);
    let form = compile(&definition)
        .map_err(|faults| faults.into_iter().map(|fault| fault.kind).collect::<Vec<_>>())?;
    let now = case.now.as_deref().map_or(datetime!(2026-11-23 09:05:07 UTC), |now| {
        OffsetDateTime::parse(now, &Rfc3339).expect("a moment")
    });
    let (session, _) = Session::resume(Rc::new(form), Rc::new(Fixed::at(now)), &given);
    if path.is_empty() {
        return Ok(session.name().unwrap_or_default());
    }
    let at = find(&session, session.root(), &path).expect("the context is there");
    Ok(session.label(at).unwrap_or_default())
}

/// Refusals that are meant: what could only be a mistake in a form is told to its author, and
/// does not come to nothing on somebody's phone.
fn meant(faults: &[FaultKind]) -> Option<&'static str> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::NothingThere(_) | FaultKind::BareName(_) => Some("a path to nothing"),
        FaultKind::UnknownFunction(_) => Some("a function that ODK's specification does not have"),
        FaultKind::WrongArity { .. } => Some("a wrong number of arguments"),
        FaultKind::WorkedOutPattern => Some("a pattern that is worked out"),
        FaultKind::WantsNodes(_) => Some("a value where nodes are wanted"),
        _ => None,
    })
}

fn is_meant(what: &str) -> bool {
    what.contains("refused: a ")
}

/// Whether a case holds; else what it came to.
fn judge(case: &Case) -> Result<(), String> {
    let told = |wrap: &str| {
        value(case, wrap).unwrap_or_else(|faults| match meant(&faults) {
            Some(why) => format!("refused: {why}"),
            None => format!("refused: {faults:?}"),
        })
    };
    let same = |own: String, expected: String| {
        if own == expected { Ok(()) } else { Err(format!("{own:?} instead of {expected:?}")) }
    };
    if case.error {
        return match value(case, "{}") {
            Err(_) => Ok(()),
            Ok(text) if text.is_empty() => Ok(()),
            Ok(text) => Err(format!("{text:?} instead of a refusal")),
        };
    }
    if let Some(expected) = &case.expect {
        return same(told("string({})"), expected.clone());
    }
    if let Some(truth) = case.truth {
        return same(told("boolean({})"), truth.to_string());
    }
    let text = told("number({})");
    if case.nan {
        return same(text, "NaN".to_owned());
    }
    let expected = case.number.or(case.near).expect("every case expects something");
    let tolerance = case.tolerance.unwrap_or(1e-9);
    let own: f64 = text.parse().map_err(|_| format!("{text:?} instead of {expected}"))?;
    let near = (own - expected).abs() <= tolerance * expected.abs().max(1.0);
    if own == expected || near { Ok(()) } else { Err(format!("{own} instead of {expected}")) }
}

fn tables() -> BTreeMap<String, Vec<Case>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == "differences" || path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        tables.insert(name, table.case);
    }
    tables
}

/// What became of a case; what differs without a reason is told.
fn judged(case: &Case, differences: &Differences) -> Result<Judged, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| judge(case)))
        .unwrap_or_else(|_| Err("a panic".to_owned()));
    let is_known = |difference: &&Difference| difference.expressions.contains(&case.expression);
    let known = differences.difference.iter().find(is_known);
    let outcome = match (outcome, known) {
        (Ok(()), _) => Outcome::Same,
        (Err(what), _) if is_meant(&what) => Outcome::Refused(refusal(&what)),
        (Err(_), Some(difference)) => Outcome::Different(difference.why.clone()),
        (Err(what), None) => {
            let Case { source, expression, note, context, .. } = case;
            return Err(format!("{expression}\t{what}\t[{source}] {context:?} {note}"));
        }
    };
    let (source, expression) = (case.source.clone(), case.expression.clone());
    Ok(Judged { file: file_of(&source), source, expression, outcome })
}

/// Why something was refused, without what was expected.
fn refusal(what: &str) -> String {
    let (_, why) = what.split_once("refused: ").unwrap_or(("", what));
    why.split('"').next().unwrap_or(why).to_owned()
}

#[test]
fn expressions_come_to_what_the_public_suites_expect() {
    let text = include_str!("../conformance/differences.toml");
    let differences: Differences = toml::from_str(text).expect("the differences can be read");
    let cases = tables()
        .into_iter()
        .flat_map(|(name, cases)| cases.into_iter().map(move |case| (name.clone(), case)));
    let (mut all, mut report) = (Vec::new(), String::new());
    for (name, case) in cases {
        match judged(&case, &differences) {
            Ok(judged) => all.push(judged),
            Err(what) => {
                let _ = writeln!(report, "{name}: {what}");
            }
        }
    }
    let is_idle = |known: &&String| {
        let differs = |judged: &Judged| {
            matches!(judged.outcome, Outcome::Different(_)) && judged.expression == **known
        };
        !all.iter().any(differs)
    };
    let known = || differences.difference.iter().flat_map(|difference| &difference.expressions);
    assert!(differences.difference.iter().all(|difference| !difference.why.is_empty()));
    let idle: Vec<_> = known().filter(is_idle).collect();
    assert!(idle.is_empty(), "these are no differences: {idle:?}");
    assert!(report.is_empty(), "{report}");
    page::check("expressions", &table::section(&all));
}
