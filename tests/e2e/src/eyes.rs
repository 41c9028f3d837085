//! Eyes that look at every screen.

use anyhow::Result;

use crate::person::Person;

/// Eyes.
pub struct Eyes;

impl Eyes {
    /// Looks.
    ///
    /// # Errors
    /// Never.
    pub async fn look(&self, _: &Person, _: &str) -> Result<()> {
        Ok(())
    }
}
