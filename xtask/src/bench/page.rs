//! The page that measures the app's own parts, built as the app is.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::tools::{wasm_bindgen, wasm_target};
use crate::{say, workspace};

const HTML: &str = "<!doctype html><meta charset=\"utf-8\"><title>bench</title>\
                    <script type=\"module\" src=\"/bench.js\"></script>";
const SCRIPT: &str =
    "import init, * as page from '/bench_page.js'; await init(); window.page = page;";

/// Builds it and tells the folder that it is in.
pub(crate) fn build(shell: &Shell) -> Result<PathBuf> {
    wasm_target::get()?;
    let bindgen = wasm_bindgen::folder()?.join("wasm-bindgen");
    let target = workspace::target();
    let folder = target.join("bench-page");
    say("Building the page that measures: about 2 minutes");
    cmd!(shell, "cargo build --quiet --locked --package bench-page --profile web --target wasm32-unknown-unknown")
        .quiet()
        .run()?;
    let wasm = target.join("wasm32-unknown-unknown/web/bench_page.wasm");
    cmd!(shell, "{bindgen} --target web --no-typescript --out-dir {folder} {wasm}")
        .quiet()
        .run()?;
    fs::write(folder.join("index.html"), HTML)?;
    fs::write(folder.join("bench.js"), SCRIPT)?;
    Ok(folder)
}
