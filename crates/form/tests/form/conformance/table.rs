//! The section of `docs/conformance.md` on expressions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of one case.
pub(super) struct Judged {
    /// The suite, and the file in it.
    pub(super) file: (Suite, String),
    /// The test that it comes from, as its source says.
    pub(super) source: String,
    pub(super) expression: String,
    pub(super) outcome: Outcome,
}

/// What a case came to.
pub(super) enum Outcome {
    Same,
    /// Told to the author when the form is compiled: what can only be a mistake.
    Refused(String),
    /// Something else, on purpose.
    Different(String),
}

/// The public suites.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Suite {
    JavaRosa,
    Enketo,
    WebForms,
    CommCare,
    Specification,
    Rxeval,
}

impl Suite {
    fn name(self) -> &'static str {
        match self {
            Self::JavaRosa => "JavaRosa",
            Self::Enketo => "openrosa-xpath-evaluator (Enketo)",
            Self::WebForms => "ODK Web Forms, `packages/xpath`",
            Self::CommCare => "CommCare core",
            Self::Specification => "ODK XForms specification",
            Self::Rxeval => "rxeval",
        }
    }
}

/// The suite and the file that a source names.
pub(super) fn file_of(source: &str) -> (Suite, String) {
    let (repository, rest) = source.split_once(' ').expect("a source names its suite");
    let word = |text: &str| text.split([' ', ':']).next().unwrap_or_default().to_owned();
    match repository {
        "getodk/javarosa" => (Suite::JavaRosa, word(rest)),
        "getodk/web-forms" => (Suite::WebForms, word(rest)),
        "dimagi/commcare-core" => (Suite::CommCare, word(rest)),
        "enketo/openrosa-xpath-evaluator" => match rest.split_once(' ') {
            Some(("unit", rest)) => (Suite::Enketo, format!("unit/{}", word(rest))),
            Some((_, rest)) => (Suite::Enketo, word(rest)),
            None => panic!("{source} names no file"),
        },
        "getodk/xforms-spec" => {
            let is_table = rest.starts_with("function table");
            let section = if is_table { "function table" } else { rest };
            (Suite::Specification, section.split(',').next().unwrap_or_default().to_owned())
        }
        "rxeval" => (Suite::Rxeval, "tests/oracle".to_owned()),
        other => panic!("nobody knows the suite {other}"),
    }
}

#[derive(Default)]
struct Count {
    tests: BTreeSet<String>,
    cases: usize,
    same: usize,
    refused: usize,
    different: usize,
}

impl Count {
    fn add(&mut self, judged: &Judged) {
        self.tests.insert(judged.source.clone());
        self.cases += 1;
        match judged.outcome {
            Outcome::Same => self.same += 1,
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Different(_) => self.different += 1,
        }
    }

    fn row(&self, name: &str) -> String {
        let Self { tests, cases, same, refused, different } = self;
        format!("| {name} | {} | {cases} | {same} | {different} | {refused} |\n", tests.len())
    }
}

const HEAD: &str = "| file | tests named | cases | same | different on purpose | refused on purpose |\n\
                    |---|---|---|---|---|---|\n";

/// The section on expressions.
pub(super) fn section(all: &[Judged]) -> String {
    let mut suites: BTreeMap<Suite, BTreeMap<&str, Count>> = BTreeMap::new();
    let (mut refused, mut different) = (BTreeMap::new(), BTreeMap::new());
    for judged in all {
        let (suite, file) = &judged.file;
        suites.entry(*suite).or_default().entry(file).or_default().add(judged);
        let (list, why) = match &judged.outcome {
            Outcome::Same => continue,
            Outcome::Refused(why) => (&mut refused, why),
            Outcome::Different(why) => (&mut different, why),
        };
        list.entry(why.as_str()).or_insert_with(Vec::new).push(judged.expression.as_str());
    }
    let mut text = HEAD.replace("| file |", "| suite |");
    let mut total = Count::default();
    all.iter().for_each(|judged| total.add(judged));
    for (suite, files) in &suites {
        let mut count = Count::default();
        all.iter().filter(|judged| judged.file.0 == *suite).for_each(|judged| count.add(judged));
        text.push_str(&count.row(&format!("{} ({} files)", suite.name(), files.len())));
    }
    text.push_str(&total.row("**all**"));
    for (suite, files) in &suites {
        let _ = write!(text, "\n### {}\n\n{HEAD}", suite.name());
        files.iter().for_each(|(file, count)| text.push_str(&count.row(&format!("`{file}`"))));
    }
    text.push_str("\n### Different on purpose\n");
    text.push_str(&reasons(&different));
    text.push_str("\n### Refused on purpose\n");
    text.push_str(&reasons(&refused));
    text
}

fn reasons(all: &BTreeMap<&str, Vec<&str>>) -> String {
    let mut text = String::new();
    for (why, expressions) in all {
        let count = match expressions.len() {
            1 => "1 case".to_owned(),
            several => format!("{several} cases"),
        };
        let expressions: BTreeSet<&str> = expressions.iter().copied().collect();
        let written: Vec<_> = expressions.into_iter().map(code).collect();
        let _ = write!(text, "\n* **{why}** ({count})\n  {}\n", written.join(" · "));
    }
    text
}

/// An expression as code on one line.
fn code(expression: &str) -> String {
    let line = expression.replace('\n', "\\n");
    if line.contains('`') { format!("`` {line} ``") } else { format!("`{line}`") }
}
