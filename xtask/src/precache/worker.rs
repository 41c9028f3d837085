//! `sw.js`: the service worker learns which files make up the build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::background::Background;
use super::build;

const REVISION: &str = "{{revision}}";
const FILES: &str = "/* {{files}} */";

/// In place of the service worker while developing: nothing is kept.
const LEAVING: &str = "self.addEventListener(\"install\", () => self.skipWaiting());
self.addEventListener(\"activate\", (event) => event.waitUntil(self.registration.unregister()));
";

/// Fills in `sw.js`.
pub(crate) fn write(folder: &Path, revision: &str, background: &Background) -> Result<()> {
    let path = folder.join("sw.js");
    let template =
        fs::read_to_string(&path).context("index.html must copy public/sw.js into the build")?;
    ensure!(template.contains(REVISION) && template.contains(FILES), "public/sw.js lost its marks");
    let files: Vec<String> = build::files(folder)?
        .iter()
        .map(|file| format!("[{:?}, {:?}, {}]", file.path, file.integrity(), file.is_hashed()))
        .collect();
    let text = template
        .replace(REVISION, revision)
        .replace("{{background.js}}", &background.glue)
        .replace("{{background.wasm}}", &background.wasm)
        .replace(FILES, &format!("\n  {},\n", files.join(",\n  ")));
    Ok(fs::write(path, text)?)
}

/// Writes a service worker that takes itself out.
pub(crate) fn write_leaving(folder: &Path) -> Result<()> {
    Ok(fs::write(folder.join("sw.js"), LEAVING)?)
}
