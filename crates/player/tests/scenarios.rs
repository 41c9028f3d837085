//! What JavaRosa's and ODK Web Forms' own tests say of whole forms: `tests/scenarios` has the facts,
//! as forms, deeds and what must hold. What is otherwise here on purpose stands in
//! `differences.toml`, with the reason. What passes is told by `docs/conformance.md`, which is written
//! from here.

mod notation;
#[path = "../../form/tests/shared/page.rs"]
mod page;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use form::EntityDeed;
use notation::{Expectation, Scenario, Step};
use player::{NodeState, Player};
use serde::Deserialize;
use table::Judged;
use time::macros::datetime;

#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    why: String,
    scenarios: Vec<String>,
}

fn play(scenario: &Scenario) -> Result<(), String> {
    let checked = xlsform::check(scenario.workbook.as_bytes(), &scenario.files);
    let errors: Vec<_> = checked.faults.iter().filter(|fault| fault.is_error()).collect();
    if scenario.is_refused() {
        return match checked.form {
            None => Ok(()),
            Some(_) => Err("the form is not refused".to_owned()),
        };
    }
    let Some(form) = checked.form else {
        let told: Vec<_> = errors.iter().map(ToString::to_string).collect();
        return Err(format!("the form is refused: {}", told.join(" / ")));
    };
    let now = scenario.now().unwrap_or(datetime!(2026-11-23 09:00 UTC));
    let mut player = Player::open(Rc::new(form), now);
    for (line, step) in &scenario.steps {
        take(&mut player, step).map_err(|what| format!("{line}: {what}"))?;
    }
    Ok(())
}

fn take(player: &mut Player, step: &Step) -> Result<(), String> {
    match step {
        Step::Act(action) => player.act(action).map_err(|error| error.to_string()),
        Step::Refuse(action) => match player.act(action) {
            Err(_) => Ok(()),
            Ok(()) => Err("it is not refused".to_owned()),
        },
        Step::Reload => {
            player.reload();
            Ok(())
        }
        Step::Now(now) => {
            player.wait_until(*now);
            Ok(())
        }
        Step::Expect(path, expectation) => expect(player, path, expectation),
        Step::Entities(expected) => same(entities(player), expected.clone()),
        Step::Refused => Ok(()),
    }
}

fn expect(player: &Player, path: &str, expectation: &Expectation) -> Result<(), String> {
    let state = player.state();
    let found = state.get(path);
    if let Expectation::Rows(count) = expectation {
        let prefix = format!("{path}[");
        let is_row = |own: &&(String, NodeState)| {
            own.0.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('/'))
        };
        return same(state.nodes.iter().filter(is_row).count(), *count);
    }
    let Some(node) = found else {
        return if *expectation == Expectation::Missing { Ok(()) } else { Err("not there".into()) };
    };
    let (value, relevant, required, readonly, valid, label, choices) = match node.clone() {
        NodeState::Holder { relevant, readonly, label } => {
            (String::new(), relevant, false, readonly, true, label, None)
        }
        NodeState::Calculated { value, relevant } => {
            (value, relevant, false, true, true, None, None)
        }
        NodeState::Question { value, relevant, required, readonly, valid, label, choices } => {
            (value, relevant, required, readonly, valid, label, choices)
        }
    };
    match expectation {
        Expectation::Value(expected) => same(value, expected.clone()),
        Expectation::Relevant(expected) => same(relevant, *expected),
        Expectation::Required(expected) => same(required, *expected),
        Expectation::ReadOnly(expected) => same(readonly, *expected),
        Expectation::Valid(expected) => same(valid, *expected),
        Expectation::Label(expected) => same(label.unwrap_or_default(), expected.clone()),
        Expectation::Choices(expected) => same(choices.unwrap_or_default(), expected.clone()),
        Expectation::ChoiceLabels(expected) => same(choice_labels(player, path), expected.clone()),
        Expectation::Missing => Err("it is there".to_owned()),
        Expectation::Rows(_) => Ok(()),
    }
}

fn choice_labels(player: &Player, path: &str) -> Vec<String> {
    let session = player.session();
    let Some(at) = player.find(path).ok() else { return Vec::new() };
    let choices = session.choices(at).into_iter();
    choices.map(|choice| session.choice_label(at, choice).into_owned()).collect()
}

/// `create people “Tom” full_name=Tom`, with the path of a row where it is one's.
fn entities(player: &Player) -> Vec<String> {
    let changes = player.session().entities(&mut |_| "new".to_owned());
    let told = changes.into_iter().map(|change| {
        let deed = match change.deed {
            EntityDeed::Create => "create".to_owned(),
            EntityDeed::Update(state) => {
                let version = state.base_version.map(|version| format!(" of version {version}"));
                format!("update {}{}", change.id, version.unwrap_or_default())
            }
        };
        let at = if change.at.is_empty() { String::new() } else { format!("{}: ", change.at) };
        let columns = change.columns.iter().map(|(name, value)| format!(" {name}={value}"));
        let columns: String = columns.collect();
        format!("{at}{deed} {} “{}”{columns}", change.dataset, change.label)
    });
    told.collect()
}

fn same<T: PartialEq + core::fmt::Debug>(own: T, expected: T) -> Result<(), String> {
    if own == expected { Ok(()) } else { Err(format!("{own:?} instead of {expected:?}")) }
}

fn files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("it is a text"))
        })
        .collect()
}

#[test]
fn forms_behave_as_the_public_suites_expect() {
    let text = include_str!("scenarios/differences.toml");
    let differences: Differences = toml::from_str(text).expect("the differences can be read");
    let why = |name: &str| {
        let mut all = differences.difference.iter();
        let found = all.find(|difference| difference.scenarios.iter().any(|own| own == name));
        found.map(|difference| difference.why.clone())
    };
    let (mut report, mut judged) = (String::new(), Vec::new());
    for (file, text) in files() {
        for scenario in notation::read(&text) {
            let name = format!("{file}: {}", scenario.name);
            let source = scenario.source().to_owned();
            let outcome = catch_unwind(AssertUnwindSafe(|| play(&scenario)))
                .unwrap_or_else(|_| Err("a panic".to_owned()));
            match (outcome, why(&name)) {
                (Ok(()), _) => judged.push(Judged { name, source, why: None }),
                (Err(_), Some(why)) => judged.push(Judged { name, source, why: Some(why) }),
                (Err(what), None) => {
                    let _ = writeln!(report, "{name}\t{what}\t{}", scenario.about);
                }
            }
        }
    }
    let is_idle =
        |known: &&String| !judged.iter().any(|own| own.why.is_some() && own.name == **known);
    let known = || differences.difference.iter().flat_map(|difference| &difference.scenarios);
    assert!(differences.difference.iter().all(|difference| !difference.why.is_empty()));
    let idle: Vec<_> = known().filter(is_idle).collect();
    assert!(idle.is_empty(), "these are no differences: {idle:?}");
    assert!(report.is_empty(), "{report}");
    page::check("scenarios", &table::section(&judged));
}
