//! Chromium 102: close to the oldest engine that the app promises to work on (HarmonyOS 4 has 99),
//! and the oldest that a package registry still has in a package.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::npm::Package;
use crate::{say, workspace};

const PACKAGE: Package = Package {
    name: "@sparticuz/chrome-aws-lambda@14.0.0",
    digest: "c15fa068ab0b095f5a6c6d4115fbaa41ba6d771a24eb130fe6a15927ec5984ec16b1534bdbb5a0a30fda77e3dfc1cf4601b31993b0bfeba4adaf0e2adcae80cc",
};

/// Its program; fetched, if it is not here.
pub(crate) fn program() -> Result<PathBuf> {
    let folder = workspace::tool_folder()?.join("chromium-102");
    let program = folder.join("chromium");
    if !program.is_file() {
        say("Fetching Chromium 102 for the tests in browsers: 52 MB, under a minute");
        let unfinished = folder.with_extension("unfinished");
        let shell = workspace::shell()?;
        shell.remove_path(&unfinished)?;
        shell.create_dir(&unfinished)?;
        shell.change_dir(&unfinished);
        unpack(&shell, &unfinished).context("Chromium 102 could not be unpacked")?;
        fs::rename(unfinished, folder)?;
    }
    Ok(program)
}

fn unpack(shell: &Shell, folder: &Path) -> Result<()> {
    PACKAGE.unpack(shell, folder)?;
    decompress(&folder.join("package/bin/chromium.br"), &folder.join("chromium"))?;
    decompress(&folder.join("package/bin/swiftshader.tar.br"), &folder.join("swiftshader.tar"))?;
    cmd!(shell, "tar --extract --no-same-owner --file swiftshader.tar").quiet().run()?;
    cmd!(shell, "chmod +x chromium").quiet().run()?;
    for needless in ["package", "swiftshader.tar"] {
        shell.remove_path(needless)?;
    }
    Ok(())
}

fn decompress(from: &Path, to: &Path) -> Result<()> {
    brotli::BrotliDecompress(&mut File::open(from)?, &mut File::create(to)?)?;
    Ok(())
}
