//! Trunk, which builds the app.

use std::path::PathBuf;

use anyhow::Result;

use super::install::Crate;

/// Its program.
pub(crate) fn program() -> Result<PathBuf> {
    Crate { name: "trunk", version: "0.22.1", minutes: 5, purpose: "which builds the phone app" }
        .program()
}
