//! Expressions of the public test suites of JavaRosa, Enketo, ODK Web Forms, CommCare and of the
//! ODK XForms specification, with the values that those suites expect. `tests/conformance` has the
//! facts; what differs here on purpose stands in `differences.toml`, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use form::answers::{Answers, Content, Entry};
use form::compile::FaultKind;
use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, ListDefinition, SelectDefinition,
    SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{InstanceId, Session, compile};
use roxmltree::{Document, Node};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    source: String,
    expression: String,
    expect: Option<String>,
    truth: Option<bool>,
    number: Option<f64>,
    near: Option<f64>,
    tolerance: Option<f64>,
    #[serde(default)]
    nan: bool,
    #[serde(default)]
    error: bool,
    instance: Option<String>,
    context: Option<String>,
    now: Option<String>,
    #[serde(default)]
    note: String,
    language: Option<String>,
    #[serde(default)]
    secondary: Vec<Secondary>,
    #[serde(default)]
    text: Vec<Translation>,
    #[serde(default)]
    choice: Vec<Labelled>,
}

/// A secondary instance.
#[derive(Deserialize)]
struct Secondary {
    id: String,
    xml: String,
}

/// A text that expressions call by its id.
#[derive(Deserialize)]
struct Translation {
    language: String,
    id: String,
    value: String,
}

/// A choice of a question.
#[derive(Deserialize)]
struct Labelled {
    nodeset: String,
    value: String,
    language: String,
    label: String,
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

/// Elements as declarations: several of one name are a repeat.
fn declarations(parent: Node<'_, '_>) -> Vec<Declaration> {
    let mut found: Vec<Declaration> = Vec::new();
    for (name, all) in by_name(parent) {
        let mut children: Vec<Declaration> = Vec::new();
        for element in &all {
            for child in declarations(*element) {
                match children.iter_mut().find(|own| own.name == child.name) {
                    Some(own) => merge(own, child),
                    None => children.push(child),
                }
            }
        }
        let kind = if all.len() > 1 {
            DeclaredKind::Repeat { bounds: Bounds { min: 0, max: None }, initial: 0, count: None }
        } else if children.is_empty() {
            DeclaredKind::Question(Question::Text(TextKind::Line))
        } else {
            DeclaredKind::Group
        };
        let has_text =
            |element: &Node<'_, '_>| element.text().is_some_and(|text| !text.trim().is_empty());
        let is_list_of_values = all.len() > 1 && (children.is_empty() || all.iter().any(has_text));
        if is_list_of_values {
            children.push(value_of_row());
        }
        found.push(Declaration { name, kind, children, ..Declaration::default() });
    }
    found
}

/// Repeats here hold nodes and no value of their own.
fn value_of_row() -> Declaration {
    Declaration {
        name: "value-of-row".to_owned(),
        kind: DeclaredKind::Question(Question::Text(TextKind::Line)),
        ..Declaration::default()
    }
}

fn merge(own: &mut Declaration, other: Declaration) {
    if matches!(other.kind, DeclaredKind::Repeat { .. })
        || (matches!(other.kind, DeclaredKind::Group)
            && matches!(own.kind, DeclaredKind::Question(_)))
    {
        own.kind = other.kind;
    }
    for child in other.children {
        match own.children.iter_mut().find(|old| old.name == child.name) {
            Some(old) => merge(old, child),
            None => own.children.push(child),
        }
    }
}

fn by_name<'a, 'd>(parent: Node<'a, 'd>) -> Vec<(String, Vec<Node<'a, 'd>>)> {
    let mut found: Vec<(String, Vec<Node<'a, 'd>>)> = Vec::new();
    for element in parent.children().filter(Node::is_element) {
        let name = element.tag_name().name();
        match found.iter_mut().find(|(own, _)| own == name) {
            Some((_, all)) => all.push(element),
            None => found.push((name.to_owned(), vec![element])),
        }
    }
    found
}

fn answers(parent: Node<'_, '_>, declarations: &[Declaration]) -> Answers {
    let mut entries = Vec::new();
    for (name, all) in by_name(parent) {
        let Some(own) = declarations.iter().find(|own| own.name == name) else { continue };
        let text = |element: Node<'_, '_>| element.text().unwrap_or_default().to_owned();
        let content = match own.kind {
            DeclaredKind::Repeat { .. } => Content::Rows(
                all.iter()
                    .map(|row| {
                        let mut inner = answers(*row, &own.children);
                        if own.children.iter().any(|child| child.name == "value-of-row") {
                            let content = Content::Value(text(*row));
                            inner.0.push(Entry { name: "value-of-row".to_owned(), content });
                        }
                        inner
                    })
                    .collect(),
            ),
            DeclaredKind::Group => Content::Group(answers(all[0], &own.children)),
            _ => Content::Value(text(all[0])),
        };
        entries.push(Entry { name, content });
    }
    Answers(entries)
}

/// Puts the expression where its context is: into the label there.
fn place(declarations: &mut [Declaration], path: &[&str], label: &str) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    let name = first.split('[').next().unwrap_or(first);
    let Some(own) = declarations.iter_mut().find(|own| own.name == name) else { return false };
    if rest.is_empty() {
        own.label = vec![(0, label.to_owned())];
        return true;
    }
    place(&mut own.children, rest, label)
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

/// A secondary instance as a list: the children of its items are the columns.
fn list(secondary: &Secondary) -> ListDefinition {
    let document = Document::parse(&secondary.xml).expect("the instance is XML");
    let mut columns: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for item in document.root_element().children().filter(Node::is_element) {
        let mut cells = vec![String::new(); columns.len()];
        for cell in item.children().filter(Node::is_element) {
            let name = cell.tag_name().name();
            let place = columns.iter().position(|own| own == name).unwrap_or_else(|| {
                columns.push(name.to_owned());
                cells.push(String::new());
                columns.len() - 1
            });
            cells[place] = cell.text().unwrap_or_default().to_owned();
        }
        rows.push(ChoiceDefinition { cells, ..ChoiceDefinition::default() });
    }
    ListDefinition { name: secondary.id.clone(), columns, choices: rows, row: None }
}

/// Makes the questions that have choices select questions.
fn add_choices(case: &Case, languages: &[String], definition: &mut Definition) {
    let language = |own: &str| languages.iter().position(|one| one == own).unwrap_or_default();
    let nodesets: BTreeSet<&str> = case.choice.iter().map(|one| one.nodeset.as_str()).collect();
    for nodeset in nodesets {
        let mut choices: Vec<ChoiceDefinition> = Vec::new();
        for own in case.choice.iter().filter(|own| own.nodeset == nodeset) {
            let label = (language(&own.language), own.label.clone());
            match choices.iter_mut().find(|choice| choice.cells[0] == own.value) {
                Some(choice) => choice.label.push(label),
                None => choices.push(ChoiceDefinition {
                    cells: vec![own.value.clone()],
                    label: vec![label],
                    ..ChoiceDefinition::default()
                }),
            }
        }
        let columns = vec!["name".to_owned()];
        let name = nodeset.to_owned();
        definition.lists.push(ListDefinition { name, columns, choices, row: None });
        let path: Vec<&str> = nodeset.split('/').filter(|step| !step.is_empty()).collect();
        let from =
            SelectFrom::List { list: nodeset.to_owned(), value: "name".to_owned(), label: None };
        let select = SelectDefinition { kind: SelectKind::One, from, filter: None, shuffle: None };
        if let Some(own) = declaration(&mut definition.declarations, &path[1..]) {
            own.kind = DeclaredKind::Select(Box::new(select));
        }
    }
}

fn declaration<'d>(all: &'d mut [Declaration], path: &[&str]) -> Option<&'d mut Declaration> {
    let (first, rest) = path.split_first()?;
    let own = all.iter_mut().find(|own| own.name == *first)?;
    if rest.is_empty() { Some(own) } else { declaration(&mut own.children, rest) }
}

/// The languages of a case, the one that is spoken first.
fn languages(case: &Case) -> Vec<String> {
    let texts = case.text.iter().map(|text| &text.language);
    let named =
        case.language.iter().chain(texts).chain(case.choice.iter().map(|own| &own.language));
    let mut all: Vec<String> = Vec::new();
    for language in named {
        if !all.contains(language) {
            all.push(language.clone());
        }
    }
    if all.is_empty() { vec!["default".to_owned()] } else { all }
}

fn texts(case: &Case, languages: &[String]) -> Vec<(String, Vec<(usize, String)>)> {
    let mut texts: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for text in &case.text {
        let language = languages.iter().position(|own| *own == text.language).unwrap_or_default();
        texts.entry(text.id.clone()).or_default().push((language, text.value.clone()));
    }
    texts.into_iter().collect()
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
        lists: case.secondary.iter().map(list).collect(),
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
