//! What the service worker runs while no page is open: a WebAssembly file of its own, with its glue.

use std::fs;
use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use super::build::hashed_name;
use crate::tools::wasm_bindgen;
use crate::workspace;

/// What [`make`] put into the build.
pub(crate) struct Background {
    /// The path of the glue.
    pub(crate) glue: String,
    /// The path of the WebAssembly module.
    pub(crate) wasm: String,
}

/// Builds it into `folder`.
pub(crate) fn make(folder: &Path) -> Result<Background> {
    let shell = workspace::shell()?;
    // The app's own flags leave a module open to be cut into two, which this one is not.
    cmd!(shell, "cargo rustc --quiet --locked --offline --package background --profile web --target wasm32-unknown-unknown --crate-type cdylib")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cstrip=symbols")
        .quiet()
        .run()?;
    let module = workspace::target().join("wasm32-unknown-unknown/web/background.wasm");
    let made = workspace::target().join("background");
    let bindgen = wasm_bindgen::folder()?.join("wasm-bindgen");
    cmd!(shell, "{bindgen} --target no-modules --no-modules-global background --no-typescript --out-dir {made} {module}")
        .quiet()
        .run()?;
    let put = |from: &str, extension: &str| -> Result<String> {
        let content = fs::read(made.join(from))?;
        let name = hashed_name("background", extension, &content);
        fs::write(folder.join(&name), content)?;
        Ok(format!("/{name}"))
    };
    Ok(Background { glue: put("background.js", "js")?, wasm: put("background_bg.wasm", "wasm")? })
}
