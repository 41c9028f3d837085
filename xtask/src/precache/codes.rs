//! `codes.wasm`: what reads QR codes and bar codes, a WebAssembly file of its own.

use std::fs;

use anyhow::Result;
use xshell::cmd;

use crate::workspace;

/// Builds it.
pub(crate) fn make() -> Result<Vec<u8>> {
    let shell = workspace::shell()?;
    // The app's own flags leave a module open to be cut into two, which this one is not.
    cmd!(shell, "cargo rustc --quiet --locked --offline --package codes --profile web --target wasm32-unknown-unknown --crate-type cdylib")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cstrip=symbols")
        .quiet()
        .run()?;
    Ok(fs::read(workspace::target().join("wasm32-unknown-unknown/web/codes.wasm"))?)
}
