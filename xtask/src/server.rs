//! Building the township server.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{say, test, workspace};

/// Builds `xst`, in the profile of developing and testing, and tells where it is.
pub(crate) fn build() -> Result<PathBuf> {
    build_by(false)
}

/// The same for the tests, which have it linted while it is built.
pub(crate) fn build_linted() -> Result<PathBuf> {
    build_by(true)
}

fn build_by(is_linted: bool) -> Result<PathBuf> {
    let program = workspace::target().join("debug/xst");
    if !program.is_file() {
        say("Building the server: about 4 minutes the first time");
    }
    let shell = workspace::shell()?;
    let build = cmd!(shell, "cargo build --quiet --locked --workspace --bin xst");
    let build = if is_linted { test::lint::while_built(build)? } else { build };
    build.quiet().run().context("the server could not be built")?;
    Ok(program)
}
