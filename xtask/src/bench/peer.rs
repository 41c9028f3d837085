//! ODK's published form engine, to be measured beside ours: installed from npm for that alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{say, workspace};

/// The versions that were looked at.
const PACKAGES: [&str; 2] = ["@getodk/xforms-engine@0.22.0", "esbuild@0.28.2"];

/// Puts `peer.js` into `folder`: the engine, and what makes it do what ours does.
pub(crate) fn bundle(folder: &Path) -> Result<()> {
    let peer = folder.join("peer.js");
    let install = workspace::tool_folder()?.join("odk-engine");
    let shell = workspace::shell()?;
    shell.create_dir(&install)?;
    shell.change_dir(&install);
    if !install.join("node_modules/@getodk/xforms-engine").is_dir() {
        say("Fetching ODK's form engine from npm, to measure it beside ours: under a minute");
        fs::write(install.join("package.json"), "{\"private\": true}")?;
        let packages = PACKAGES;
        cmd!(shell, "npm install --silent --no-audit --no-fund {packages...}")
            .quiet()
            .run()
            .context("npm could not install it")?;
    }
    let script = workspace::root().join("tests/bench/peer/engine.js");
    fs::copy(script, install.join("engine.js"))?;
    cmd!(shell, "node_modules/.bin/esbuild engine.js --bundle --format=esm --minify --log-level=error --outfile={peer}")
        .quiet()
        .run()
        .context("it could not be bundled")
}
