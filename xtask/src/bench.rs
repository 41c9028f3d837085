//! `cargo xtask bench`: what this build achieves, beside its peers where they are here, and beside
//! the figures to reach (`docs/ARCHITECTURE.md`) where not.

mod line;
mod page;

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use self::line::Line;
use crate::flags::Bench;
use crate::tools::debian;
use crate::{app, say, workspace};

/// What can be measured.
const CASES: [&str; 8] = [
    "bytes_to_first_question",
    "cold_start",
    "warm_start_offline",
    "answer_household",
    "answer_large_household",
    "answer_repair",
    "save",
    "deliver_200",
];

/// Measures all cases, or those that are named.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    if let Some(unknown) = bench.name.iter().find(|name| !CASES.contains(&name.as_str())) {
        bail!("there is no case {unknown}; there are {}", CASES.join(", "));
    }
    let shell = workspace::shell()?;
    debian::install()?;
    app::build()?;
    let page = page::build(&shell)?;
    say("Building the server as it is given away: about 6 minutes the first time");
    cmd!(shell, "cargo build --quiet --locked --release --package cli").quiet().run()?;
    let all = CASES.map(str::to_owned);
    let cases = if bench.name.is_empty() { &all[..] } else { &bench.name };
    let output = cmd!(shell, "cargo run --quiet --locked --package bench -- {cases...}")
        .env("XST_SERVER", workspace::target().join("release/xst"))
        .env("XST_PACK", workspace::root().join("township"))
        .env("XST_APP", workspace::root().join("dist"))
        .env("XST_BENCH_PAGE", page)
        .quiet();
    let output = Command::from(output).stderr(Stdio::inherit()).output()?;
    for line in String::from_utf8(output.stdout)?.lines() {
        match bench.json {
            true => println!("{line}"),
            false => println!("{}", Line::read(line).with_context(|| format!("what is {line}"))?),
        }
    }
    if output.status.success() { Ok(()) } else { bail!("not everything could be measured") }
}
