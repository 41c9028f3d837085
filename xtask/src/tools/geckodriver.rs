//! geckodriver, which drives Firefox. Debian has no package of it.

use std::path::PathBuf;

use anyhow::Result;

use super::install::Crate;

/// Its program.
pub(crate) fn program() -> Result<PathBuf> {
    Crate {
        name: "geckodriver",
        version: "0.37.1",
        minutes: 2,
        purpose: "which drives Firefox in the tests",
    }
    .program()
}
