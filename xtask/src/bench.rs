//! `cargo xtask bench`: what this build achieves, beside its peers where they are here, and beside
//! the figures to reach (`docs/ARCHITECTURE.md`) where not.

mod line;
mod page;
mod peer;

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use self::line::Line;
use crate::flags::Bench;
use crate::tools::debian;
use crate::{app, say, workspace};

/// What can be measured of the app.
const CASES: [&str; 21] = [
    "bytes_to_first_question",
    "cold_start",
    "warm_start_offline",
    "answer_household",
    "answer_large_household",
    "answer_repair",
    "save",
    "unlock",
    "list_10000",
    "deliver_200",
    "photo_set",
    "filling.answer_family",
    "filling.answer_1000",
    "filling.open",
    "scroll.rows",
    "scroll.drafts",
    "photo.save",
    "photo.memory",
    "photo.growth",
    "video.save",
    "video.memory",
];

/// What PouchDB and Dexie do too, at least one of them.
const STORE_CASES: [&str; 3] = ["save", "list_10000", "deliver_200"];

/// What can be measured of the form engine, most of it beside ODK's: all of it is called `form`.
const FORM_CASES: [&str; 18] = [
    "engine.size",
    "flat.load",
    "flat.fill",
    "flat.change",
    "flat.hide",
    "flat.show",
    "family.grow",
    "family.fill",
    "family.fill_first",
    "family.change",
    "cascade.level",
    "villages.open",
    "villages.filter",
    "flat_10000.change",
    "flat_100000.change",
    "flat_10000.memory",
    "counted_1000.grow",
    "counted_10000.grow",
];

/// Measures all cases of the app, or those that are named.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    let cases = cases(&bench.name)?;
    let shell = workspace::shell()?;
    debian::install()?;
    app::build()?;
    let page = page::build(&shell)?;
    say("Building the server as it is given away: about 6 minutes the first time");
    cmd!(shell, "cargo build --quiet --locked --release --package cli").quiet().run()?;
    if cases.iter().any(|case| FORM_CASES.contains(case))
        && let Err(error) = peer::engine(&page)
    {
        say(format!("ODK's engine could not be had, so nothing stands beside ours: {error:#}"));
    }
    if cases.iter().any(|case| STORE_CASES.contains(case))
        && let Err(error) = peer::stores(&page)
    {
        say(format!(
            "PouchDB and Dexie could not be had, so they do not stand beside ours: {error:#}"
        ));
    }
    let couch = cases.contains(&"deliver_200").then(peer::couch);
    if let Some(Err(error)) = &couch {
        say(format!("PouchDB has nothing to deliver to, so it delivers nothing: {error:#}"));
    }
    let output = cmd!(shell, "cargo run --quiet --locked --package bench -- {cases...}")
        .env("XST_SERVER", workspace::target().join("release/xst"))
        .env("XST_PACK", workspace::root().join("township"))
        .env("XST_APP", workspace::root().join("dist"))
        .env("XST_BENCH_PAGE", &page)
        .envs(couch.into_iter().flatten().map(|couch| ("XST_BENCH_COUCH", couch)))
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

/// The cases that are named; `form` names all of the form engine, and what stands before the dot of
/// several cases names them all.
fn cases(names: &[String]) -> Result<Vec<&'static str>> {
    if names.is_empty() {
        return Ok(CASES.to_vec());
    }
    let mut cases = Vec::new();
    for name in names {
        if name == "form" {
            cases.extend(FORM_CASES);
            continue;
        }
        let before = cases.len();
        let is_named =
            |case: &&str| *case == name || case.split_once('.').is_some_and(|(of, _)| of == name);
        cases.extend(CASES.iter().chain(&FORM_CASES).copied().filter(is_named));
        if cases.len() == before {
            bail!(
                "there is no case {name}; there are form, {}, {}",
                CASES.join(", "),
                FORM_CASES.join(", ")
            );
        }
    }
    Ok(cases)
}
