//! The page that measures the app's own parts, built as the app is, and beside it the form engine
//! alone.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::precache::compress::brotli;
use crate::tools::{wasm_bindgen, wasm_target};
use crate::{say, workspace};

const HTML: &str = "<!doctype html><meta charset=\"utf-8\"><title>bench</title>\
                    <script type=\"module\" src=\"/bench.js\"></script>";
const SCRIPT: &str = "import init, * as page from '/bench_page.js'; const { memory } = await init(); Object.assign(window, { page, memory });";

/// Builds it and tells the folder that it is in.
pub(crate) fn build(shell: &Shell) -> Result<PathBuf> {
    wasm_target::get()?;
    let bindgen = wasm_bindgen::folder()?.join("wasm-bindgen");
    let target = workspace::target();
    let folder = target.join("bench-page");
    say("Building the page that measures: about 2 minutes");
    cmd!(shell, "cargo build --quiet --locked --package bench-page --package bench-engine --profile web --target wasm32-unknown-unknown")
        .quiet()
        .run()?;
    for module in ["bench_page", "bench_engine"] {
        let wasm = target.join("wasm32-unknown-unknown/web").join(module).with_extension("wasm");
        cmd!(shell, "{bindgen} --target web --no-typescript --out-dir {folder} {wasm}")
            .quiet()
            .run()?;
    }
    let engine = fs::read(folder.join("bench_engine_bg.wasm"))?;
    fs::write(folder.join("engine.br"), brotli(&engine)?)?;
    fs::write(folder.join("index.html"), HTML)?;
    fs::write(folder.join("bench.js"), SCRIPT)?;
    Ok(folder)
}
