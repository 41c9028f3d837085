//! Reads a form, however its author wrote it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use xlsform::{Checked, Folder, Severity};

/// Reads the spreadsheet at `file`, with the files beside it.
pub(super) fn read(file: &Path) -> Result<Checked> {
    let bytes = fs::read(file).with_context(|| format!("{} 读不了", file.display()))?;
    let folder = file.parent().map(PathBuf::from).unwrap_or_default();
    Ok(xlsform::check(&bytes, &Folder(folder)))
}

/// What is said of each fault, a line each.
pub(super) fn told(checked: &Checked) -> impl Iterator<Item = String> {
    checked.faults.iter().map(|fault| match fault.severity {
        Severity::Error => fault.to_string(),
        Severity::Warning => format!("提醒：{fault}"),
    })
}
