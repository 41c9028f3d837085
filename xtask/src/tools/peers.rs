//! Other implementations of what is spoken here, to be run beside ours: ODK's engine, the public
//! client of tus, PouchDB and Dexie from npm, pyxform, ODK Validate and Schemathesis from PyPI, each in the version
//! that was looked at.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::debian;
use super::npm::Package;
use crate::{say, workspace};

/// ODK's engine, the document that it wants where there is no browser, and what bundles it for one.
const NODE: [&str; 3] = ["@getodk/xforms-engine@0.22.0", "jsdom@24.1.3", "esbuild@0.28.2"];

/// The client of tus that its authors publish.
const TUS_JS: &str = "tus-js-client@4.3.1";

/// A database in the browser that replicates to a CouchDB. Apache-2.0.
const POUCHDB: Package = Package {
    name: "pouchdb@9.0.0",
    digest: "eb08c573f3f3c1a5b3f3aae6317a2a741951fdf05290da163b598424eed164d4ba9f7c5ff9f8615d6016b70b3be352a92cac7ce08926989e3cb69f9f845ce3e0",
};

/// A database in the browser. Apache-2.0.
const DEXIE: Package = Package {
    name: "dexie@4.4.7",
    digest: "c1e9858829770d30a77f3caa7a95135f5ba06d86e44ebc3768464e1bb62300e5281100798393eb132c0fce4e49a5b5ff4b1a90f48be3529c420c8123a0e5847c",
};

/// A CouchDB over LevelDB, of PouchDB's own people.
const COUCH: [&str; 3] = ["express-pouchdb@4.2.0", "pouchdb@9.0.0", "express@4.22.3"];

const PYXFORM: &str = "pyxform==4.5.0";

/// Tries what an OpenAPI document says. MIT.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The folder that ODK's engine is installed in; fetched, if it is not here.
///
/// # Errors
/// When npm cannot be had, or cannot install it.
pub(crate) fn engine() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("odk-engine");
    if !folder.join("node_modules/jsdom").is_dir() {
        debian::install()?;
        let shell = shell_in(&folder)?;
        say("Fetching ODK's form engine from npm, to run it beside ours: under a minute");
        fs::write(folder.join("package.json"), "{\"private\": true}")?;
        let packages = NODE;
        cmd!(shell, "npm install --silent --no-audit --no-fund {packages...}")
            .quiet()
            .run()
            .context("npm could not install it")?;
    }
    Ok(folder)
}

/// The folder that the client of tus is installed in; fetched, if it is not here.
///
/// # Errors
/// When npm cannot be had, or cannot install it.
pub(crate) fn tus_js() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("tus-js-client");
    if !folder.join("node_modules/tus-js-client").is_dir() {
        npm("the client of tus")?;
        let shell = shell_in(&folder)?;
        say("Fetching tus-js-client from npm, to send files with it: some seconds");
        fs::write(folder.join("package.json"), "{\"private\": true}")?;
        cmd!(shell, "npm install --silent --no-audit --no-fund {TUS_JS}")
            .quiet()
            .run()
            .context("npm could not install it")?;
    }
    Ok(folder)
}

/// PouchDB's script; fetched, if it is not here.
///
/// # Errors
/// When npm cannot be had, or does not give the one that was looked at.
pub(crate) fn pouchdb() -> Result<PathBuf> {
    Ok(store(&POUCHDB)?.join("dist/pouchdb.min.js"))
}

/// Dexie's module; fetched, if it is not here.
///
/// # Errors
/// As [`pouchdb`].
pub(crate) fn dexie() -> Result<PathBuf> {
    Ok(store(&DEXIE)?.join("dist/modern/dexie.min.mjs"))
}

fn store(package: &Package) -> Result<PathBuf> {
    let name = package.name;
    let folder = workspace::tool_folder()?.join(name.replace('@', "-"));
    if !folder.is_dir() {
        npm(name)?;
        say(format!("Fetching {name} from npm, to run it beside ours: some seconds"));
        let unfinished = folder.with_extension("unfinished");
        workspace::shell()?.remove_path(&unfinished)?;
        let shell = shell_in(&unfinished)?;
        package.unpack(&shell, &unfinished).with_context(|| format!("{name} is not to be had"))?;
        fs::rename(unfinished.join("package"), &folder)?;
        shell.remove_path(unfinished)?;
    }
    Ok(folder)
}

/// The folder that a CouchDB is installed in; fetched, if it is not here.
///
/// # Errors
/// When npm cannot be had, or cannot install it.
pub(crate) fn couch() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("express-pouchdb");
    if !folder.join("node_modules/express-pouchdb").is_dir() {
        npm("express-pouchdb")?;
        let shell = shell_in(&folder)?;
        say("Fetching express-pouchdb from npm, for PouchDB to deliver to: under a minute");
        fs::write(folder.join("package.json"), "{\"private\": true}")?;
        // LevelDB comes built for all usual systems.
        let packages = COUCH;
        cmd!(shell, "npm install --silent --no-audit --no-fund --ignore-scripts {packages...}")
            .quiet()
            .run()
            .context("npm could not install it")?;
    }
    Ok(folder)
}

fn npm(purpose: &str) -> Result<()> {
    match super::find("npm") {
        Some(_) => Ok(()),
        None => debian::add(&["npm"], purpose),
    }
}

/// The Python that has pyxform; fetched, if it is not here.
///
/// # Errors
/// When Python cannot be had, or PyPI does not give it.
pub(crate) fn pyxform() -> Result<PathBuf> {
    python_with("pyxform", PYXFORM, "xls2xform")
}

/// The Python that has Schemathesis; fetched, if it is not here.
///
/// # Errors
/// As [`pyxform`].
pub(crate) fn schemathesis() -> Result<PathBuf> {
    python_with("schemathesis", SCHEMATHESIS, "schemathesis")
}

/// A Python that has a package of this version, which brings `program`.
fn python_with(name: &str, package: &str, program: &str) -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join(name);
    let python = folder.join("bin/python");
    if !folder.join("bin").join(program).is_file() {
        say(format!("Fetching {name} from PyPI, to run it beside ours: under a minute"));
        let shell = shell_in(&folder)?;
        let environment = || cmd!(shell, "python3 -m venv --clear {folder}").quiet().run();
        if super::find("python3").is_none() || environment().is_err() {
            // Debian's own Python comes without.
            debian::add(&["python3", "python3-venv"], name)?;
            environment()?;
        }
        cmd!(shell, "{python} -m pip install --quiet --disable-pip-version-check {package}")
            .quiet()
            .run()
            .context("pip could not install it")?;
    }
    Ok(python)
}

/// ODK Validate, which comes with pyxform, and Java for it.
///
/// # Errors
/// As [`pyxform`], and when Java cannot be had.
pub(crate) fn odk_validate() -> Result<PathBuf> {
    let python = pyxform()?;
    if super::find("java").is_none() {
        debian::add(&["default-jre-headless"], "ODK Validate")?;
    }
    let shell = workspace::shell()?;
    let find = "import os, pyxform; print(os.path.dirname(pyxform.__file__))";
    let package = PathBuf::from(cmd!(shell, "{python} -c {find}").quiet().read()?);
    Ok(package.join("validators/odk_validate/bin/ODK_Validate.jar"))
}

fn shell_in(folder: &Path) -> Result<Shell> {
    let shell = workspace::shell()?;
    shell.create_dir(folder)?;
    shell.change_dir(folder);
    Ok(shell)
}
