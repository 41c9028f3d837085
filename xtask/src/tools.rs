//! What is needed besides Rust, and how each comes here. Nothing is fetched but from the package
//! registries of cargo, rustup, Debian, npm and PyPI.

pub(crate) mod axe;
pub(crate) mod chromium_102;
pub(crate) mod debian;
pub(crate) mod geckodriver;
mod install;
mod npm;
pub(crate) mod peers;
pub(crate) mod trunk;
pub(crate) mod wasm_bindgen;
pub(crate) mod wasm_target;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

/// The first program of this name on the PATH.
fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// A PATH on which `folders` come first.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.to_path_buf());
    Ok(std::env::join_paths(folders.chain(std::env::split_paths(&path)))?)
}
