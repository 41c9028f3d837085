//! axe-core, which looks at a page for what keeps people from using it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::npm::Package;
use crate::{say, workspace};

const AXE: Package = Package {
    name: "axe-core@4.14.1",
    digest: "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
};

/// Its script; fetched, if it is not here.
pub(crate) fn script() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("axe-core-4.14.1");
    let script = folder.join("axe.min.js");
    if !script.is_file() {
        say("Fetching axe-core, which looks for what keeps people out: 3 MB, some seconds");
        let unfinished = folder.with_extension("unfinished");
        let shell = workspace::shell()?;
        shell.remove_path(&unfinished)?;
        shell.create_dir(&unfinished)?;
        shell.change_dir(&unfinished);
        AXE.unpack(&shell, &unfinished).context("axe-core could not be unpacked")?;
        fs::rename(unfinished.join("package"), folder)?;
        shell.remove_path(unfinished)?;
    }
    Ok(script)
}
