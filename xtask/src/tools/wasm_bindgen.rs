//! wasm-bindgen's command line tools, in the version that Cargo.lock names.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::{say, workspace};

/// The folder of its programs.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder = workspace::target().join("debug");
    if !folder.join("wasm-bindgen").is_file() {
        say("Building wasm-bindgen's tools, once for this checkout: about 2 minutes");
    }
    let shell = workspace::shell()?;
    cmd!(shell, "cargo build --quiet --locked --package wasm-bindgen-tools").quiet().run()?;
    Ok(folder)
}
