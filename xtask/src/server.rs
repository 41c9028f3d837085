//! Building the township server.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{say, workspace};

/// Builds `xst`, in the profile of developing and testing, and tells where it is.
pub(crate) fn build() -> Result<PathBuf> {
    let program = workspace::target().join("debug/xst");
    if !program.is_file() {
        say("Building the server: about 4 minutes the first time");
    }
    let shell = workspace::shell()?;
    cmd!(shell, "cargo build --quiet --locked --workspace --bin xst")
        .quiet()
        .run()
        .context("the server could not be built")?;
    Ok(program)
}
