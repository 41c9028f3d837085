//! Programs that are built from a crate, once for all checkouts.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{say, workspace};

/// A program of a published crate, in a version that was tried out.
pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// For the people who wait, on two cores.
    pub(crate) minutes: u32,
    /// What for.
    pub(crate) purpose: &'static str,
}

impl Crate {
    /// The program: on the PATH in this very version, or built before, or built now, unoptimized,
    /// because it is called seldom and waited for once.
    pub(crate) fn program(&self) -> Result<PathBuf> {
        let Self { name, version, minutes, purpose } = self;
        if let Some(path) = super::find(name).filter(|path| self.is_right(path)) {
            return Ok(path);
        }
        let folder = workspace::tool_folder()?.join(format!("{name}-{version}"));
        let program = folder.join("bin").join(name);
        if !program.is_file() {
            say(format!(
                "Building {name} {version} ({purpose}), once for all checkouts: about {minutes} minutes"
            ));
            let shell = workspace::shell()?;
            // The tool's own declaration of the oldest Rust is not heeded: it was tried with ours.
            cmd!(shell, "cargo install {name} --version {version} --locked --ignore-rust-version --root {folder}")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env_remove("CARGO_TARGET_DIR")
                .quiet()
                .run()
                .with_context(|| format!("{name} could not be built"))?;
        }
        Ok(program)
    }

    fn is_right(&self, program: &PathBuf) -> bool {
        std::process::Command::new(program).arg("--version").output().is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout)
                .split_whitespace()
                .any(|word| word == self.version)
        })
    }
}
