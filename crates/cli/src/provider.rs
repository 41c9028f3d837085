//! The file that says by whom officers sign in.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use server::ProviderSettings;

pub(crate) fn read(path: &Path) -> Result<ProviderSettings> {
    let text = fs::read_to_string(path);
    let text = text.with_context(|| format!("{} 打不开", path.display()))?;
    ProviderSettings::read(&text).with_context(|| format!("{} 里有问题", path.display()))
}
