//! What is wrong with a spreadsheet: where, what, and what to do.

use core::fmt;

use crate::sheet::{Cell, Sheet, Workbook};

/// Something wrong with a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The sheet; empty where the file as a whole is meant.
    pub sheet: String,
    /// The row, counted from 1 as spreadsheet programs do.
    pub row: Option<u32>,
    /// The column: its letter and its heading.
    pub column: Option<(String, String)>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "{} 表", self.sheet)?;
        }
        if let Some(row) = self.row {
            write!(f, "第 {row} 行")?;
        }
        if let Some((letter, heading)) = &self.column {
            write!(f, " {letter} 列（{heading}）")?;
        }
        if !self.sheet.is_empty() {
            write!(f, "：")?;
        }
        let end = if self.remedy.ends_with('？') { "" } else { "。" };
        write!(f, "{}。{}{end}", self.what, self.remedy)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Of the file as a whole.
    pub(crate) fn of_file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            sheet: String::new(),
            row: None,
            column: None,
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// What the form's compiler found, put back to where it stands in the sheet.
    pub(crate) fn of_form(fault: &form::compile::Fault, workbook: &Workbook) -> Self {
        let sheet = if fault.row.is_some() { &workbook.survey } else { &workbook.settings };
        Self {
            sheet: sheet.name.clone(),
            row: fault.row.or((!sheet.is_empty()).then_some(2)),
            column: sheet.column(fault.column),
            what: fault.kind.to_string(),
            remedy: fault.kind.remedy(),
        }
    }
}

/// The faults found so far.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// At a cell.
    pub(crate) fn at(
        &mut self,
        sheet: &Sheet,
        cell: &Cell,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.row(sheet, cell.row, cell.heading, what, remedy);
    }

    /// In a row, in the column of a canonical name, whether the sheet has it or not.
    pub(crate) fn row(
        &mut self,
        sheet: &Sheet,
        row: u32,
        column: &str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let column = sheet.column(column);
        self.0.push(Fault {
            sheet: sheet.name.clone(),
            row: Some(row),
            column,
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    /// Of the file as a whole.
    pub(crate) fn file(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Fault::of_file(what, remedy));
    }

    /// What the form's compiler found.
    pub(crate) fn compiled(&mut self, found: &[form::compile::Fault], workbook: &Workbook) {
        self.0.extend(found.iter().map(|fault| Fault::of_form(fault, workbook)));
    }

    /// What was made of the sheets, if nothing was wrong.
    pub(crate) fn none_or<T>(mut self, made: Result<T, ()>) -> Result<T, Vec<Fault>> {
        self.0.sort_by_key(|fault| (fault.sheet.clone(), fault.row));
        match made {
            Ok(made) if self.0.is_empty() => Ok(made),
            _ => Err(self.0),
        }
    }
}
