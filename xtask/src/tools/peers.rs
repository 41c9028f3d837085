//! Other implementations of what is spoken here, to be run beside ours: ODK's engine and the public
//! client of tus from npm, pyxform and ODK Validate from PyPI, each in the version that was looked at.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::debian;
use crate::{say, workspace};

/// ODK's engine, the document that it wants where there is no browser, and what bundles it for one.
const NODE: [&str; 3] = ["@getodk/xforms-engine@0.22.0", "jsdom@24.1.3", "esbuild@0.28.2"];

/// The client of tus that its authors publish.
const TUS_JS: &str = "tus-js-client@4.3.1";

const PYXFORM: &str = "pyxform==4.5.0";

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
        if super::find("npm").is_none() {
            debian::add(&["npm"], "the client of tus")?;
        }
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

/// The Python that has pyxform; fetched, if it is not here.
///
/// # Errors
/// When Python cannot be had, or PyPI does not give it.
pub(crate) fn pyxform() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("pyxform");
    let python = folder.join("bin/python");
    if !folder.join("bin/xls2xform").is_file() {
        say("Fetching pyxform from PyPI, to run it beside ours: under a minute");
        let shell = shell_in(&folder)?;
        let environment = || cmd!(shell, "python3 -m venv --clear {folder}").quiet().run();
        if super::find("python3").is_none() || environment().is_err() {
            // Debian's own Python comes without.
            debian::add(&["python3", "python3-venv"], "pyxform")?;
            environment()?;
        }
        cmd!(shell, "{python} -m pip install --quiet --disable-pip-version-check {PYXFORM}")
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
