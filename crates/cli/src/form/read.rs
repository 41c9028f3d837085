//! Reads a form, however its author wrote it: a spreadsheet, or an ODK XForm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use form::Form;
use form::definition::Definition;
use xlsform::{Files as _, Folder, Severity};

/// A form, and what is to be said of it.
pub(super) struct Read {
    /// What it declares, as far as it can be understood.
    pub(super) definition: Definition,
    /// The form, where nothing is wrong.
    pub(super) form: Option<Form>,
    /// Errors and warnings, a line each.
    pub(super) told: Vec<String>,
    /// How many of these are errors.
    pub(super) errors: usize,
}

/// Reads the form at `file`, with the files beside it.
pub(super) fn read(file: &Path) -> Result<Read> {
    let bytes = fs::read(file).with_context(|| format!("{} 读不了", file.display()))?;
    let folder = Folder(file.parent().map(PathBuf::from).unwrap_or_default());
    let is_xform = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"));
    if is_xform { read_xform(&bytes, &folder) } else { Ok(read_spreadsheet(&bytes, &folder)) }
}

fn read_spreadsheet(bytes: &[u8], folder: &Folder) -> Read {
    let checked = xlsform::check(bytes, folder);
    let told = checked.faults.iter().map(|fault| match fault.severity {
        Severity::Error => fault.to_string(),
        Severity::Warning => format!("提醒：{fault}"),
    });
    Read {
        told: told.collect(),
        errors: checked.faults.iter().filter(|fault| fault.is_error()).count(),
        definition: checked.definition,
        form: checked.form,
    }
}

fn read_xform(bytes: &[u8], folder: &Folder) -> Result<Read> {
    let text = std::str::from_utf8(bytes).context("XForm 要是 UTF-8 文字")?;
    let read = match xform::read(text) {
        Ok(read) => read,
        Err(faults) => {
            let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let errors = told.len();
            return Ok(Read { definition: Definition::default(), form: None, told, errors });
        }
    };
    let mut told: Vec<String> = read.losses.iter().map(|loss| format!("提醒：{loss}")).collect();
    let mut definition = read.definition;
    let mut wrong = Vec::new();
    for attached in read.attached {
        match attach(&mut definition, &attached, folder) {
            Ok(()) => {}
            Err(fault) => wrong.push(fault.to_string()),
        }
    }
    let form = form::compile(&definition)
        .map_err(|faults| wrong.extend(faults.iter().map(|fault| fault.kind.to_string())))
        .ok()
        .filter(|_| wrong.is_empty());
    let errors = wrong.len();
    told.extend(wrong);
    Ok(Read { definition, form, told, errors })
}

/// Puts what a file holds into the list that stands for it.
fn attach(
    definition: &mut Definition,
    attached: &xform::Attached,
    folder: &Folder,
) -> Result<(), xlsform::Fault> {
    let name = attached.source.rsplit('/').next().unwrap_or(&attached.source);
    let is_optional = folder.file(name).is_none() && attached.source.contains("last-saved");
    if is_optional {
        return Ok(());
    }
    xlsform::fill(definition, &attached.list, name, folder)
}
