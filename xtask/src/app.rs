//! Building the phone app.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use xshell::{Shell, cmd};

use crate::tools::{self, trunk, wasm_bindgen, wasm_target};
use crate::{say, workspace};

/// What the app is made of. Of the crates, those that only the server and the tools use do not
/// count.
const INPUTS: [&str; 11] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates",
    "index.html",
    "public",
    "src",
    "style",
    "xtask/src/app.rs",
    "xtask/src/precache",
    "xtask/wasm-bindgen",
];
const NOT_IN_THE_APP: [&str; 6] = [
    "crates/cli",
    "crates/pack",
    "crates/player",
    "crates/server",
    "crates/xform",
    "crates/xlsform",
];

/// Builds the app into `dist/`, as phones get it, if that is not what is there.
pub(crate) fn build() -> Result<()> {
    let stamp = workspace::target().join("app-inputs");
    let inputs = digest_inputs()?;
    if fs::read_to_string(&stamp).is_ok_and(|before| before == stamp_of(&inputs)) {
        return Ok(());
    }
    let (shell, trunk) = trunk_shell()?;
    say("Building the phone app: 3 to 5 minutes the first time, then about 1");
    // Of this target alone: Trunk's hooks build for this machine.
    shell.set_var("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", phone_flags()?);
    cmd!(shell, "{trunk} build --release --locked --skip-version-check --quiet")
        .quiet()
        .run()
        .context("the phone app could not be built")?;
    fs::write(stamp, stamp_of(&inputs))?;
    Ok(())
}

/// Tells what was built of what: that the page is still there as it was built counts too.
fn stamp_of(inputs: &str) -> String {
    let page = fs::read(workspace::root().join("dist/index.html")).unwrap_or_default();
    format!("{inputs} {}", hex(&Sha256::digest(page)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How the app is compiled for phones: with fewer copies of Leptos' generic code, and in two files,
/// for which the linker must keep what refers to what (`docs/decisions/0007-size.md`); without the
/// paths of this machine, which every message of a panic would carry.
fn phone_flags() -> Result<String> {
    let flags = "--cfg=erase_components --cfg=split -Clink-args=--emit-relocs";
    let sources = workspace::cargo_home()?.display().to_string();
    // Flags are separated by spaces.
    let is_one_word = !sources.contains(char::is_whitespace);
    let remap =
        if is_one_word { format!(" --remap-path-prefix={sources}=.") } else { String::new() };
    Ok(format!("{flags}{remap}"))
}

/// Calls Trunk with `arguments`. What it builds does not get in the way of `dist/`, which a server
/// may be serving.
pub(crate) fn run_trunk(arguments: &[OsString]) -> Result<()> {
    let (shell, trunk) = trunk_shell()?;
    shell.set_var("TRUNK_BUILD_DIST", workspace::target().join("trunk"));
    Ok(cmd!(shell, "{trunk}").args(arguments).quiet().run()?)
}

/// A shell in which Trunk finds everything, so that it downloads nothing, and Trunk.
fn trunk_shell() -> Result<(Shell, std::path::PathBuf)> {
    wasm_target::get()?;
    let trunk = trunk::program()?;
    let bindgen = wasm_bindgen::folder()?;
    let shell = workspace::shell()?;
    // Offline, Trunk calls cargo offline too; what cargo needs must be here before.
    cmd!(shell, "cargo fetch --locked --quiet").quiet().run()?;
    shell.set_var("TRUNK_OFFLINE", "true");
    shell.set_var("PATH", tools::path_with(&[&bindgen])?);
    Ok((shell, trunk))
}

fn digest_inputs() -> Result<String> {
    let mut digest = Sha256::new();
    for input in INPUTS {
        digest_path(input, &mut digest)?;
    }
    Ok(hex(&digest.finalize()))
}

fn digest_path(path: &str, digest: &mut Sha256) -> Result<()> {
    let place = workspace::root().join(path);
    if NOT_IN_THE_APP.contains(&path) || !place.exists() {
        return Ok(());
    }
    if place.is_dir() {
        for name in sorted_names(&place)? {
            digest_path(&format!("{path}/{name}"), digest)?;
        }
        return Ok(());
    }
    let content = fs::read(&place).with_context(|| format!("{path} cannot be read"))?;
    digest.update(path);
    digest.update(content.len().to_le_bytes());
    digest.update(content);
    Ok(())
}

fn sorted_names(folder: &Path) -> Result<Vec<String>> {
    let mut names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
