//! `cargo xtask bench`: what this build achieves, beside its peers where they are here.
//!
//! Each program below measures cases of its own and prints one JSON object a line: `case`, `ours`,
//! `unit`, and where a peer ran beside it `peer` and `peer_name`.

mod line;

use std::process::Command;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use self::line::Line;
use crate::flags::Bench;
use crate::tools::debian;
use crate::{app, say, workspace};

/// A package's program, and the cases that it measures.
struct Program {
    package: &'static str,
    name: &'static str,
    cases: &'static [&'static str],
}

const PROGRAMS: [Program; 1] = [Program {
    package: "e2e",
    name: "bench-browser",
    cases: &["bytes_to_first_question", "cold_start", "warm_start_offline", "answer_repair"],
}];

/// Measures all cases, or those that are named.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    let known = || PROGRAMS.iter().flat_map(|program| program.cases);
    if let Some(unknown) = bench.name.iter().find(|name| known().all(|case| case != name)) {
        let known: Vec<&str> = known().copied().collect();
        bail!("there is no case {unknown}; there are {}", known.join(", "));
    }
    let shell = workspace::shell()?;
    debian::install()?;
    app::build()?;
    say(
        "Building the server as it is given away, for honest figures: about 6 minutes the first time",
    );
    cmd!(shell, "cargo build --quiet --locked --release --package cli").quiet().run()?;
    for program in PROGRAMS {
        let wanted: Vec<&str> = program
            .cases
            .iter()
            .copied()
            .filter(|case| bench.name.is_empty() || bench.name.iter().any(|name| name == case))
            .collect();
        if !wanted.is_empty() {
            measure(&shell, &program, &wanted, bench.json)?;
        }
    }
    Ok(())
}

fn measure(shell: &Shell, program: &Program, cases: &[&str], json: bool) -> Result<()> {
    let Program { package, name, .. } = program;
    let output =
        cmd!(shell, "cargo run --quiet --locked --package {package} --bin {name} -- {cases...}")
            .env("XST_SERVER", workspace::target().join("release/xst"))
            .env("XST_PACK", workspace::root().join("township"))
            .env("XST_APP", workspace::root().join("dist"))
            .quiet();
    let output = Command::from(output).stderr(std::process::Stdio::inherit()).output()?;
    let text = String::from_utf8(output.stdout)?;
    for line in text.lines() {
        if json {
            println!("{line}");
        } else {
            println!("{}", Line::read(line).with_context(|| format!("{name} says {line}"))?);
        }
    }
    if output.status.success() { Ok(()) } else { bail!("{name} failed") }
}
