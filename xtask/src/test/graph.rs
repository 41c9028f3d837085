//! What a phone must not download. A villager pays for every kilobyte, on a link of 50 kB/s.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use super::tally::Tally;
use crate::flags::Test;

/// Crates that are too heavy for the app, and what to use in their place.
const TOO_HEAVY: [(&str, &str); 14] = [
    ("calamine", "compile spreadsheets on the server"),
    ("chrono", "time"),
    ("hpke", "the browser's cryptography"),
    ("jiff", "time"),
    ("p256", "the browser's cryptography"),
    ("regex", "patterns compiled with the form"),
    ("regex-automata", "patterns compiled with the form"),
    ("regex-lite", "patterns compiled with the form"),
    ("regex-syntax", "patterns compiled with the form"),
    ("serde_json", "minicbor"),
    ("sm2", "suite 1, until a second suite has a file of its own"),
    ("sm3", "suite 1, until a second suite has a file of its own"),
    ("sm4", "suite 1, until a second suite has a file of its own"),
    ("url", "the browser's URL"),
];

/// Looks through everything that the app asks for. Leptos and gloo name some of these for what
/// others do with them; the linker leaves out what the app does not call, and the bound on the
/// app's size would tell if it did not.
pub(crate) fn check(shell: &Shell, _: &Test) -> Result<Tally> {
    let tree = cmd!(
        shell,
        "cargo tree --locked --package xiangshitong --target wasm32-unknown-unknown --edges normal,no-proc-macro --prefix none --prune leptos --prune gloo"
    )
    .quiet()
    .read()?;
    let found: Vec<String> = TOO_HEAVY
        .iter()
        .filter(|(name, _)| tree.lines().any(|line| line.split_whitespace().next() == Some(name)))
        .map(|(name, instead)| format!("{name} (instead: {instead})"))
        .collect();
    if !found.is_empty() {
        bail!("too heavy for the phone app: {}", found.join("; "));
    }
    Ok(Tally::CHECK)
}
