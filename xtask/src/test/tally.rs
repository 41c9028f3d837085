//! How many tests passed and failed, read from what they print.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use xshell::Cmd;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    /// A check that is no test, and passed.
    pub(crate) const CHECK: Self = Self { passed: 1, failed: 0 };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs test programs, shows what they print, and adds up what they say. Where something else
/// than a test failed, such as a build, that counts as one failure.
pub(crate) fn count(tests: Cmd<'_>) -> Result<Tally> {
    let mut child = Command::from(tests.quiet()).stdout(Stdio::piped()).spawn()?;
    let mut tally = Tally::default();
    let output = child.stdout.take().context("its output was asked for")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(part) = read_result(&line) {
            tally += part;
        }
    }
    if !child.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// Reads `test result: ok. 3 passed; 1 failed; 0 ignored; ...`, as libtest and wasm-bindgen's
/// runner print it.
fn read_result(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let of = |what: &str| {
        counts.split("; ").find_map(|count| count.strip_suffix(what)?.trim().parse().ok())
    };
    Some(Tally { passed: of("passed")?, failed: of("failed")? })
}

#[cfg(test)]
mod tests {
    use super::{Tally, read_result};

    #[test]
    fn a_result_line_is_counted_and_no_other() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(read_result(line), Some(Tally { passed: 3, failed: 1 }));
        assert_eq!(read_result("3 passed; 1 failed"), None);
        assert_eq!(read_result("test answers::keeps_order ... ok"), None);
    }
}
