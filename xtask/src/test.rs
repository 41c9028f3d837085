//! `cargo xtask test`: every check and every test, and one line with the totals at the end.

mod breaks;
mod fuzz;
mod graph;
pub(crate) mod lint;
mod peers;
mod postgres;
mod simulation;
mod tally;

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use self::tally::Tally;
use crate::flags::Test;
use crate::tools::{axe, chromium_102, debian, geckodriver, wasm_bindgen, wasm_target};
use crate::{app, say, server, workspace};

/// So many rounds in bad weather in each of three engines, where time is no matter: 201 in all.
const ROUNDS_LONG: &str = "67";

/// Test programs that have a part of their own: they need more than Rust, or more time.
const ELSEWHERE: [&str; 5] = ["described", "differential", "end_to_end", "schedules", "uploads"];

type Part = fn(&Shell, &Test) -> Result<Tally>;

/// In the order in which they run: what is quick and fails often first.
const PARTS: [(&str, Part); 11] = [
    ("format", format),
    ("graph", graph::check),
    ("lint", lint::run),
    ("docs", docs),
    ("native", native),
    ("postgres", postgres::run),
    ("simulation", simulation::run),
    ("fuzz", fuzz::run),
    ("peers", peers::run),
    ("browser", browser),
    ("e2e", e2e),
];

/// Runs all parts, or those that are named.
pub(crate) fn run(test: &Test) -> Result<()> {
    if let Some(unknown) = test.part.iter().find(|part| PARTS.iter().all(|(name, _)| name != part))
    {
        bail!("there is no part {unknown}; there are {}", PARTS.map(|(name, _)| name).join(", "));
    }
    let shell = workspace::shell()?;
    let mut total = Tally::default();
    for (name, part) in PARTS {
        if !test.part.is_empty() && test.part.iter().all(|wanted| wanted != name) {
            continue;
        }
        say(format!("test: {name}"));
        let begun = Instant::now();
        let tally = part(&shell, test).unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            Tally { passed: 0, failed: 1 }
        });
        say(format!("test: {name}: {tally}, {} s", begun.elapsed().as_secs()));
        total += tally;
    }
    println!("{total}");
    if total.failed > 0 { bail!("not everything passed") } else { Ok(()) }
}

fn format(shell: &Shell, _: &Test) -> Result<Tally> {
    cmd!(shell, "cargo fmt --all --check").quiet().run()?;
    Ok(Tally::CHECK)
}

/// Of everything, where it is asked for by name or with `--long`; else of what the app is made of, for
/// which the libraries are checked already.
fn docs(shell: &Shell, test: &Test) -> Result<Tally> {
    let whole = !test.part.is_empty() || test.long;
    let of: &[&str] = match whole {
        true => &["--workspace"],
        false => &["--target", wasm_target::TARGET],
    };
    let packages = if whole { Vec::new() } else { app_packages(shell)? };
    cmd!(shell, "cargo doc --locked --no-deps {of...} {packages...}")
        .env("RUSTDOCFLAGS", "--deny warnings")
        .quiet()
        .run()?;
    Ok(Tally::CHECK)
}

/// Everything that is run here is built for the whole workspace, with what any part of it needs of each
/// library: else each part would build many of them anew.
fn native(shell: &Shell, _: &Test) -> Result<Tally> {
    debian::add(&debian::FONTS, "the tests of documents")?;
    let mut programs = Vec::new();
    for name in test_programs(shell)? {
        if !ELSEWHERE.contains(&name.as_str()) {
            programs.extend(["--test".to_owned(), name]);
        }
    }
    let tests =
        cmd!(shell, "cargo test --locked --workspace --no-fail-fast --lib --bins {programs...}");
    let mut tally = tally::count(lint::while_built(tests)?)?;
    let docs = cmd!(shell, "cargo test --locked --workspace --no-fail-fast --doc");
    tally += tally::count(lint::while_built(docs)?)?;
    Ok(tally)
}

/// What of the workspace the app is made of, as cargo is told it.
fn app_packages(shell: &Shell) -> Result<Vec<String>> {
    let tree = cmd!(
        shell,
        "cargo tree --locked --package xiangshitong --target wasm32-unknown-unknown --edges normal --prefix none"
    );
    let root = workspace::root().display().to_string();
    let tree = tree.args(["--format", "{p}"]).quiet().read()?;
    let own = tree.lines().filter(|line| line.contains(&root));
    let names: BTreeSet<&str> = own.filter_map(|line| line.split(' ').next()).collect();
    Ok(names.into_iter().flat_map(|name| ["--package".to_owned(), name.to_owned()]).collect())
}

/// What the workspace's test programs are called.
fn test_programs(shell: &Shell) -> Result<BTreeSet<String>> {
    let told =
        cmd!(shell, "cargo metadata --locked --no-deps --format-version 1").quiet().read()?;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    let packages = told["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let programs = targets.filter(|target| target["kind"][0] == "test");
    Ok(programs.filter_map(|target| Some(target["name"].as_str()?.to_owned())).collect())
}

/// The app's own tests that need a browser. Twice, because Chromium forgives what others do not:
/// an IndexedDB transaction that is open while something else is awaited.
fn browser(shell: &Shell, _: &Test) -> Result<Tally> {
    wasm_target::get()?;
    debian::install()?;
    wasm_bindgen::folder()?;
    let drivers = [
        ("CHROMEDRIVER", "/usr/bin/chromedriver".into()),
        ("GECKODRIVER", geckodriver::program()?),
    ];
    let mut total = Tally::default();
    for (variable, driver) in drivers {
        let tests = cmd!(
            shell,
            "cargo test --locked --package xiangshitong --target wasm32-unknown-unknown --test web"
        );
        total += tally::count(tests.env(variable, driver))?;
    }
    Ok(total)
}

fn e2e(shell: &Shell, test: &Test) -> Result<Tally> {
    debian::install()?;
    let server = server::build_linted()?;
    app::build()?;
    let only = test.only.as_slice();
    // What other engines show too is shown in each of them.
    let besides: &[&str] = if test.long { &["--include-ignored"] } else { &[] };
    let mut tests = cmd!(
        shell,
        "cargo test --locked --workspace --test end_to_end --no-fail-fast -- --test-threads=2 {besides...} {only...}"
    )
    .env("XST_SERVER", server)
    .env("XST_PACK", workspace::root().join("township"))
    .env("XST_APP", workspace::root().join("dist"))
    .env("XST_GECKODRIVER", geckodriver::program()?)
    .env("XST_CHROMIUM_102", chromium_102::program()?)
    .env("XST_AXE", axe::script()?)
    // What failed is told by the error, not by where it was made.
    .env("RUST_LIB_BACKTRACE", "0");
    if test.long {
        tests = tests.env("XST_ROUNDS", ROUNDS_LONG).env("XST_EVERY_WAY", "");
    }
    if test.pictures {
        let folder = workspace::root().join("docs/pictures");
        shell.create_dir(&folder)?;
        tests = tests.env("XST_PICTURES", folder);
    }
    tally::count(lint::while_built(tests)?)
}
