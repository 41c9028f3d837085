//! `xst form xform`

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::read::read;

/// Writes the form as an ODK XForm.
pub(super) fn convert(file: &Path) -> Result<ExitCode> {
    let read = read(file)?;
    read.told.iter().for_each(|line| eprintln!("{line}"));
    if read.form.is_none() {
        return Ok(ExitCode::FAILURE);
    }
    stdout().write_all(xform::write(&read.definition).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
