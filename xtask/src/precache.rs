//! `cargo xtask precache`: finishes what Trunk built, as its `post_build` hook. The scripts
//! and the stylesheets, of which there are two, get names with a hash of their content, as Trunk's own files have;
//! `index.html` names them; the service worker learns the list; everything gets compressed siblings.
//!
//! What [`Profile::Debug`] builds is for `trunk serve`: nothing is compressed, and the service
//! worker takes itself out, so that a developer never sees yesterday's page.

mod background;
mod build;
mod codes;
pub(crate) mod compress;
mod index;
mod style;
mod worker;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use self::build::Build;
use self::index::Scripts;

/// What Trunk builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// For developing.
    Debug,
    /// For phones.
    Release,
}

/// Finishes the build that Trunk calls this hook for.
pub(crate) fn run() -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("Trunk calls this; to build the app, call `cargo xtask run`")?;
    let profile = match std::env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => Profile::Release,
        _ => Profile::Debug,
    };
    finish(&staging, profile)
}

fn finish(folder: &Path, profile: Profile) -> Result<()> {
    let build = Build::name(folder)?;
    let boot = build::give_hashed_name(folder, "boot", |text| text)?;
    let style = index::join_later_styles(folder)?;
    let start = build::give_hashed_name(folder, "start", |text| {
        text.replace("{{glue}}", &build.glue)
            .replace("{{wasm}}", &build.wasm)
            .replace("{{style}}", &style)
    })?;
    // Loaded when somebody first searches a list, by `src/questions/sheet/readings.rs`.
    fs::write(folder.join("readings.bin"), finding::make())?;
    // Loaded when a code is first read, by `src/device/codes.rs`.
    fs::write(folder.join("codes.wasm"), codes::make()?)?;
    let background = background::make(folder)?;
    index::write_tags(folder, &Scripts { build: &build, boot: &boot, start: &start })?;
    index::join_styles(folder)?;
    let revision = build::revision(&build::files(folder)?);
    index::write_revision(folder, &revision)?;
    match profile {
        Profile::Debug => worker::write_leaving(folder),
        Profile::Release => {
            worker::write(folder, &revision, &background)?;
            compress::write_siblings(folder)?;
            compress::weigh(
                folder,
                &["background", "codes", "later-", "readings", "sw.js", "manifest"],
            )
        }
    }
}
