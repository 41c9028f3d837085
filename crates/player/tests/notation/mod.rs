//! Scenarios as they are written down: tables of an XLSForm, then deeds and what must hold.

use std::collections::BTreeMap;

use player::Action;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A form, what is done, and what must hold.
#[derive(Default)]
pub(crate) struct Scenario {
    /// What it says.
    pub(crate) name: String,
    /// Where it comes from, and what there is to say of it.
    pub(crate) about: String,
    /// The sheets, in pyxform's notation for .csv.
    pub(crate) workbook: String,
    /// The files beside the form.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The lines and what they mean.
    pub(crate) steps: Vec<(String, Step)>,
}

/// One line of a scenario.
pub(crate) enum Step {
    /// Done.
    Act(Action),
    /// Tried, and refused.
    Refuse(Action),
    /// Put away and taken up again.
    Reload,
    /// The clock is set.
    Now(OffsetDateTime),
    /// Must hold at a path.
    Expect(String, Expectation),
    /// What the answers do to entities must be this, a text for each.
    Entities(Vec<String>),
    /// The form itself must be refused.
    Refused,
}

/// What must hold.
#[derive(PartialEq)]
pub(crate) enum Expectation {
    Value(String),
    Relevant(bool),
    Required(bool),
    ReadOnly(bool),
    Valid(bool),
    Label(String),
    Choices(Vec<String>),
    ChoiceLabels(Vec<String>),
    Rows(usize),
    Missing,
}

impl Scenario {
    /// The test of a public suite that it comes from.
    pub(crate) fn source(&self) -> &str {
        let about = self.about.strip_prefix("source: ").unwrap_or_default();
        let ends =
            ["upstream: ", "note: "].iter().filter_map(|mark| about.find(&format!(" {mark}")));
        about[..ends.min().unwrap_or(about.len())].trim()
    }

    /// Whether the form must be refused.
    pub(crate) fn is_refused(&self) -> bool {
        self.steps.iter().any(|(_, step)| matches!(step, Step::Refused))
    }

    /// The time at which the form is opened, where the scenario says so first.
    pub(crate) fn now(&self) -> Option<OffsetDateTime> {
        match self.steps.first() {
            Some((_, Step::Now(now))) => Some(*now),
            _ => None,
        }
    }
}

const SHEETS: [&str; 6] = ["survey", "choices", "settings", "entities", "external_choices", "osm"];

/// What the lines that follow are.
enum Section {
    About,
    Sheet,
    File(String),
    Steps,
}

/// All scenarios of a file.
pub(crate) fn read(text: &str) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut section = Section::About;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            scenarios.push(Scenario { name: name.trim().to_owned(), ..Scenario::default() });
            section = Section::About;
            continue;
        }
        let Some(scenario) = scenarios.last_mut() else { continue };
        if let Some(next) = begun(line, scenario) {
            section = next;
            continue;
        }
        match &section {
            Section::About => {
                scenario.about.push_str(line);
                scenario.about.push(' ');
            }
            Section::Sheet => scenario.workbook.push_str(&row(line)),
            Section::File(name) => {
                let file = scenario.files.entry(name.clone()).or_default();
                file.extend(line.as_bytes());
                file.push(b'\n');
            }
            Section::Steps if line.trim().is_empty() => {}
            Section::Steps => scenario.steps.push((line.to_owned(), step(line))),
        }
    }
    scenarios
}

fn begun(line: &str, scenario: &mut Scenario) -> Option<Section> {
    let name = line.trim_end().strip_suffix(':')?;
    if let Some(file) = name.strip_prefix("file ") {
        return Some(Section::File(file.trim().to_owned()));
    }
    if name == "steps" {
        return Some(Section::Steps);
    }
    SHEETS.contains(&name).then(|| {
        scenario.workbook.push_str(&format!("{name}\n"));
        Section::Sheet
    })
}

/// `| a | b |` as a row of the sheet that was named before.
fn row(line: &str) -> String {
    let Some(inside) = line.trim().strip_prefix('|') else { return String::new() };
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let marked = inside.replace("\\|", "\u{0}");
    let cells = marked.split('|').map(|cell| {
        let cell = cell.trim_matches(' ').replace('\u{0}', "|").replace("\\n", "\n");
        format!("\"{}\"", cell.replace('"', "\"\""))
    });
    format!(",{}\n", cells.collect::<Vec<_>>().join(","))
}

fn step(line: &str) -> Step {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "reload" => Step::Reload,
        "now" => Step::Now(OffsetDateTime::parse(rest.trim(), &Rfc3339).expect("a moment")),
        "entities" => {
            let entities = rest.split(" | ").map(|entity| entity.trim().to_owned());
            Step::Entities(entities.filter(|entity| entity != "none").collect())
        }
        "refuse" => Step::Refuse(action(rest)),
        "expect" if rest.starts_with("error") => Step::Refused,
        "expect" => {
            let (path, what) = rest.split_once(' ').unwrap_or((rest, ""));
            Step::Expect(path.to_owned(), expectation(what))
        }
        _ => Step::Act(action(line)),
    }
}

fn action(line: &str) -> Action {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (path, value) = rest.split_once(' ').unwrap_or((rest, ""));
    let path = path.to_owned();
    match word {
        "set" => Action::Set { path, value: value.to_owned() },
        "add" => Action::Add { path },
        "remove" => Action::Remove { path },
        "language" => Action::Language { value: rest.to_owned() },
        other => panic!("{other} is no action"),
    }
}

fn expectation(what: &str) -> Expectation {
    let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
    let names = || rest.split_whitespace().map(str::to_owned).collect();
    let truth = || rest.trim() == "true";
    match word {
        "value" => Expectation::Value(rest.to_owned()),
        "empty" => Expectation::Value(String::new()),
        "relevant" => Expectation::Relevant(truth()),
        "required" => Expectation::Required(truth()),
        "readonly" => Expectation::ReadOnly(truth()),
        "valid" => Expectation::Valid(truth()),
        "label" => Expectation::Label(rest.to_owned()),
        "choices" => Expectation::Choices(names()),
        "choice-labels" => {
            let labels = rest.split("\\|").map(|label| label.trim().to_owned());
            Expectation::ChoiceLabels(labels.filter(|label| !label.is_empty()).collect())
        }
        "rows" => Expectation::Rows(rest.trim().parse().expect("a number")),
        "missing" => Expectation::Missing,
        other => panic!("nobody can expect {other}"),
    }
}
