//! `cargo xtask dist`: the program that is given to townships.

use anyhow::Result;
use xshell::cmd;

use crate::{app, say, workspace};

/// Builds the app, then the server with the app in it.
pub(crate) fn run() -> Result<()> {
    app::build()?;
    say("Building the server with the app in it: about 6 minutes the first time");
    let shell = workspace::shell()?;
    cmd!(shell, "cargo build --locked --release --package cli --features embed-app")
        .quiet()
        .run()?;
    say(format!("It is {}", workspace::target().join("release/xst").display()));
    Ok(())
}
