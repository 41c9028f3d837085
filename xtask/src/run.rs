//! `cargo xtask run`: everything, served by one process on one address.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::flags::Run;
use crate::{app, say, server, workspace};

/// Builds what is not built yet, and becomes the server.
pub(crate) fn run(run: &Run) -> Result<()> {
    let listen = run.listen.as_deref().unwrap_or("127.0.0.1:8080");
    let program = server::build()?;
    app::build()?;
    say("Serving; Ctrl-C ends it, and ./data keeps everything");
    let failure = Command::new(program)
        .current_dir(workspace::root())
        .args([
            "serve", "--demo", "--pack", "township", "--app", "dist", "--data", "data", "--listen",
            listen,
        ])
        .exec();
    Err(failure).context("the server could not be started")
}
