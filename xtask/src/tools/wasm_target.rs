//! Rust's standard library for WebAssembly.

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{say, workspace};

/// What it is called.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Gets it, if it is not here.
pub(crate) fn get() -> Result<()> {
    let shell = workspace::shell()?;
    let library = cmd!(shell, "rustc --print target-libdir --target {TARGET}").quiet().read()?;
    if std::path::Path::new(&library).is_dir() {
        return Ok(());
    }
    if super::find("rustup").is_none() {
        bail!(
            "Rust has no {TARGET} here, and there is no rustup to fetch it: install that target with the package manager that Rust came from"
        );
    }
    say(format!("Fetching Rust's library for {TARGET}: under a minute"));
    cmd!(shell, "rustup target add {TARGET}").quiet().run().context("rustup could not fetch it")
}
