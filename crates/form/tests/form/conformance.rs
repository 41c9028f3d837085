//! Expressions of the public test suites of JavaRosa, Enketo, ODK Web Forms, CommCare and of the
//! ODK XForms specification, with the values that those suites expect. `tests/conformance` has the
//! facts; what differs here on purpose stands in `differences.toml`, with the reason.

mod case;

use std::collections::{BTreeMap, BTreeSet};
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

#[test]
fn expressions_come_to_what_the_public_suites_expect() {
    let text = include_str!("../conformance/differences.toml");
    let differences: Differences = toml::from_str(text).expect("the differences can be read");
    let known: BTreeSet<&str> = differences
        .difference
        .iter()
        .inspect(|difference| assert!(!difference.why.is_empty()))
        .flat_map(|difference| difference.expressions.iter().map(String::as_str))
        .collect();
    let mut report = String::new();
    let mut differing = BTreeSet::new();
    for (name, cases) in tables() {
        let (mut passed, mut refused, count) = (0, 0, cases.len());
        for case in &cases {
            let outcome = catch_unwind(AssertUnwindSafe(|| judge(case)))
                .unwrap_or_else(|_| Err("a panic".to_owned()));
            match outcome {
                Ok(()) => passed += 1,
                Err(what) if is_meant(&what) => refused += 1,
                Err(_) if known.contains(case.expression.as_str()) => {
                    differing.insert(case.expression.clone());
                }
                Err(what) => {
                    let Case { source, expression, note, context, .. } = case;
                    let _ = writeln!(
                        report,
                        "{name}: {expression}\t{what}\t[{source}] {context:?} {note}"
                    );
                }
            }
        }
        eprintln!("{name}: {passed} of {count}, {refused} refused on purpose");
    }
    let idle: Vec<_> = known.iter().filter(|known| !differing.contains(**known)).collect();
    assert!(idle.is_empty(), "these are no differences: {idle:?}");
    assert!(report.is_empty(), "{report}");
}
