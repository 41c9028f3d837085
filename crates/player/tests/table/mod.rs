//! The section of `docs/conformance.md` on scenarios.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of one scenario.
pub(crate) struct Judged {
    pub(crate) name: String,
    /// `getodk/javarosa src/test/…/RepeatTest.java "a test"`
    pub(crate) source: String,
    /// Why it goes otherwise here, on purpose.
    pub(crate) why: Option<String>,
}

impl Judged {
    /// The suite, and the file in it.
    fn file(&self) -> (&'static str, String) {
        let mut words = self.source.split(' ');
        let (repository, path) = (words.next().unwrap_or_default(), words.next());
        let path = path.unwrap_or_else(|| panic!("{} names no file", self.source));
        match repository {
            "getodk/javarosa" => {
                let file = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".java");
                let is_of_xpath = path.contains("/xpath/") && file == "DateTimeTest";
                let folder = if is_of_xpath { "xpath/" } else { "" };
                ("JavaRosa", format!("{folder}{file}"))
            }
            "getodk/web-forms" => {
                let file = path.trim_start_matches("packages/scenario/test/");
                ("ODK Web Forms, `packages/scenario`", file.trim_end_matches(".test.ts").to_owned())
            }
            other => panic!("nobody knows the suite {other}"),
        }
    }
}

#[derive(Default)]
struct Count {
    tests: BTreeSet<String>,
    cases: usize,
    different: usize,
}

impl Count {
    fn add(&mut self, judged: &Judged) {
        self.tests.insert(judged.source.clone());
        self.cases += 1;
        self.different += usize::from(judged.why.is_some());
    }

    fn row(&self, name: &str) -> String {
        let Self { tests, cases, different } = self;
        format!("| {name} | {} | {cases} | {} | {different} |\n", tests.len(), cases - different)
    }
}

const HEAD: &str = "| file | tests named | scenarios | same | different on purpose |\n\
                    |---|---|---|---|---|\n";

/// The section.
pub(crate) fn section(all: &[Judged]) -> String {
    let mut suites: BTreeMap<&str, BTreeMap<String, Count>> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut total = Count::default();
    for judged in all {
        let (suite, file) = judged.file();
        suites.entry(suite).or_default().entry(file).or_default().add(judged);
        total.add(judged);
        if let Some(why) = &judged.why {
            reasons.entry(why).or_default().push(&judged.name);
        }
    }
    let mut text = HEAD.replace("| file |", "| suite |");
    for (suite, files) in &suites {
        let mut count = Count::default();
        all.iter().filter(|judged| judged.file().0 == *suite).for_each(|judged| count.add(judged));
        text.push_str(&count.row(&format!("{suite} ({} files)", files.len())));
    }
    text.push_str(&total.row("**all**"));
    for (suite, files) in &suites {
        let _ = write!(text, "\n### {suite}\n\n{HEAD}");
        files.iter().for_each(|(file, count)| text.push_str(&count.row(&format!("`{file}`"))));
    }
    text.push_str("\n### Scenarios that go otherwise on purpose\n");
    for (why, names) in reasons {
        let _ = write!(text, "\n* **{why}**\n");
        for name in names {
            let _ = writeln!(text, "  * {name}");
        }
    }
    text
}
