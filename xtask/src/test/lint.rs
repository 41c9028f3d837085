//! Clippy, on whatever is built.

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use super::tally::Tally;
use crate::flags::Test;
use crate::tools::wasm_target;
use crate::workspace;

/// What is linted before anything runs: the app, and where this part is asked for by name, all the rest.
/// That is linted [`while_built`] elsewhere: to check all libraries besides, only for this, takes seven
/// minutes on a new machine.
pub(super) fn run(shell: &Shell, test: &Test) -> Result<Tally> {
    wasm_target::get()?;
    if !test.part.is_empty() {
        cmd!(shell, "cargo clippy --locked --workspace --all-targets -- --deny warnings")
            .quiet()
            .run()?;
    }
    cmd!(shell, "cargo clippy --locked --package xiangshitong --all-targets --target wasm32-unknown-unknown -- --deny warnings")
        .quiet()
        .run()?;
    Ok(Tally::CHECK)
}

/// Has clippy compile what is this workspace's, as `cargo clippy` has it, which so neither checks nor
/// builds anything twice. What it finds fails the build.
pub(crate) fn while_built(build: Cmd<'_>) -> Result<Cmd<'_>> {
    let shell = workspace::shell()?;
    let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read()?;
    let driver = std::path::Path::new(&sysroot).join("bin/clippy-driver");
    let deny = ["--deny", "warnings"].map(|word| format!("{word}__CLIPPY_HACKERY__")).concat();
    Ok(build.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", deny))
}
