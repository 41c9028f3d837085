//! Phones, network and township in simulated time (`tests/simulation`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use super::breaks::{BREAKS, Break};
use super::lint;
use super::tally::{self, Tally};
use crate::flags::Test;
use crate::{say, workspace};

/// How many schedules are run, and how many where time is no matter.
const SCHEDULES: &str = "2000";
const MANY_SCHEDULES: &str = "100000";
/// So many schedules must be enough to find what was broken on purpose.
const TO_FIND_A_BREAK: &str = "1000";

/// Runs schedules; with `--long` many, and with the code broken on purpose. `--long --only` runs no
/// more than the breaks whose name holds that.
pub(crate) fn run(shell: &Shell, test: &Test) -> Result<Tally> {
    if let (true, Some(only)) = (test.long, &test.only) {
        return find_breaks(Some(only));
    }
    let schedules = if test.long { MANY_SCHEDULES } else { SCHEDULES };
    // Where so many are run, optimizing all of it costs less than it saves.
    let profile = if test.long { "release" } else { "dev" };
    let tests = cmd!(
        shell,
        "cargo test --locked --profile {profile} --workspace --test schedules --no-fail-fast"
    )
    .env("XST_SCHEDULES", schedules);
    let mut tally = tally::count(lint::while_built(tests)?)?;
    if test.long {
        tally += find_breaks(None)?;
    }
    Ok(tally)
}

fn find_breaks(only: Option<&str>) -> Result<Tally> {
    let copy = workspace::target().join("breaks");
    let shell = workspace::shell()?;
    copy_tree(&shell, &copy)?;
    shell.change_dir(&copy);
    let mut tally = Tally::default();
    for each in BREAKS.iter().filter(|each| only.is_none_or(|only| each.name.contains(only))) {
        let is_found = is_found(&shell, &copy, each)?;
        say(format!(
            "broken on purpose: {}: {}",
            each.name,
            if is_found { "found" } else { "NOT FOUND" }
        ));
        tally += Tally { passed: u32::from(is_found), failed: u32::from(!is_found) };
    }
    Ok(tally)
}

/// Whether the simulation fails with the code broken so.
fn is_found(shell: &Shell, copy: &Path, each: &Break) -> Result<bool> {
    let file = copy.join(each.file);
    let whole = fs::read_to_string(&file)?;
    if whole.matches(each.from).count() != 1 {
        bail!("{}: what is to be broken does not stand in {} once", each.name, each.file);
    }
    fs::write(&file, whole.replacen(each.from, each.to, 1))?;
    let target = copy.join("target");
    let build = cmd!(shell, "cargo test --locked --package simulation --no-run --quiet")
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "--cap-lints allow");
    let built = build.quiet().run().with_context(|| format!("{}: it must build", each.name));
    let tests = cmd!(shell, "cargo test --locked --package simulation --test schedules nothing_is")
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "--cap-lints allow")
        .env("XST_SCHEDULES", TO_FIND_A_BREAK);
    let passed = built.map(|()| tests.quiet().ignore_stdout().ignore_stderr().run().is_ok());
    fs::write(&file, whole)?;
    Ok(!passed?)
}

/// Copies whatever belongs to the repository.
fn copy_tree(shell: &Shell, to: &Path) -> Result<()> {
    for name in cmd!(shell, "git ls-files").quiet().read()?.lines() {
        let (from, to) = (workspace::root().join(name), to.join(name));
        let is_same = || Some(fs::read(&from).ok()? == fs::read(&to).ok()?);
        // What is the same keeps its time, so that it is not built again.
        if from.is_file() && is_same() != Some(true) {
            fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
            fs::copy(from, to)?;
        }
    }
    Ok(())
}
