//! What others published for the same, to be measured beside ours.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::precache::compress::brotli;
use crate::tools::peers;
use crate::workspace;

/// Puts `peer.js` into `folder`: ODK's form engine, and what makes it do what ours does.
pub(crate) fn engine(folder: &Path) -> Result<()> {
    let peer = folder.join("peer.js");
    let install = peers::engine()?;
    fs::copy(script("engine.js"), install.join("engine.js"))?;
    let shell = workspace::shell()?;
    shell.change_dir(&install);
    cmd!(shell, "node_modules/.bin/esbuild engine.js --bundle --format=esm --minify --log-level=error --outfile={peer}")
        .quiet()
        .run()
        .context("it could not be bundled")?;
    fs::write(folder.join("peer.br"), brotli(&fs::read(peer)?)?)?;
    Ok(())
}

/// Puts `stores.js` into `folder`, and PouchDB and Dexie, which it makes do what the vault does.
pub(crate) fn stores(folder: &Path) -> Result<()> {
    fs::copy(peers::pouchdb()?, folder.join("pouchdb.js"))?;
    fs::copy(peers::dexie()?, folder.join("dexie.mjs"))?;
    fs::copy(script("stores.js"), folder.join("stores.js"))?;
    Ok(())
}

/// Where a CouchDB for PouchDB is installed, with `couch.cjs`, which starts it.
pub(crate) fn couch() -> Result<PathBuf> {
    let install = peers::couch()?;
    fs::copy(script("couch.cjs"), install.join("couch.cjs"))?;
    Ok(install)
}

fn script(name: &str) -> PathBuf {
    workspace::root().join("tests/bench/peer").join(name)
}
