//! ODK's published form engine, to be measured beside ours.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::precache::compress::brotli;
use crate::tools::peers;
use crate::workspace;

/// Puts `peer.js` into `folder`: the engine, and what makes it do what ours does.
pub(crate) fn bundle(folder: &Path) -> Result<()> {
    let peer = folder.join("peer.js");
    let install = peers::engine()?;
    let script = workspace::root().join("tests/bench/peer/engine.js");
    fs::copy(script, install.join("engine.js"))?;
    let shell = workspace::shell()?;
    shell.change_dir(&install);
    cmd!(shell, "node_modules/.bin/esbuild engine.js --bundle --format=esm --minify --log-level=error --outfile={peer}")
        .quiet()
        .run()
        .context("it could not be bundled")?;
    fs::write(folder.join("peer.br"), brotli(&fs::read(peer)?)?)?;
    Ok(())
}
