//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::Shell;

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A shell at the root.
pub(crate) fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// Where tools are kept that take long to build, for all checkouts of this user.
pub(crate) fn tool_folder() -> Result<PathBuf> {
    Ok(folder_of("XDG_CACHE_HOME", ".cache")?.join("xiangshitong"))
}

/// Where cargo keeps the sources of libraries.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    folder_of("CARGO_HOME", ".cargo")
}

/// What the environment names, else a folder of this user's.
fn folder_of(variable: &str, name: &str) -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os(variable) {
        return Ok(folder.into());
    }
    let home = std::env::var_os("HOME");
    let home = home.with_context(|| format!("neither {variable} nor HOME is set"))?;
    Ok(PathBuf::from(home).join(name))
}
