//! `cargo xtask bench`: what this build achieves, beside its peers where they are here.

use anyhow::Result;

use crate::flags::Bench;

/// Measures all cases, or those that are named.
pub(crate) fn run(_bench: &Bench) -> Result<()> {
    Ok(())
}
