//! What is wrong with a spreadsheet: where, what, and what to do.

use core::fmt;

use crate::sheet::{Cell, Sheet};
use crate::workbook::Workbook;

/// Something wrong with a spreadsheet, or something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whether the form can be used all the same.
    pub severity: Severity,
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

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The form cannot be used.
    Error,
    /// The form can be used, but probably not as its author meant it.
    Warning,
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
            severity: Severity::Error,
            sheet: String::new(),
            row: None,
            column: None,
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    fn of_row(
        sheet: &Sheet,
        row: u32,
        column: &str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            sheet: sheet.name.clone(),
            row: Some(row),
            column: sheet.column(column),
            ..Self::of_file(what, remedy)
        }
    }

    /// What the form's compiler found, put back to where it stands in the sheet.
    fn of_form(fault: &form::compile::Fault, workbook: &Workbook) -> Self {
        let sheet = match fault.sheet {
            form::compile::Sheet::Survey => &workbook.survey,
            form::compile::Sheet::Choices => &workbook.choices,
            form::compile::Sheet::Entities => &workbook.entities,
            form::compile::Sheet::Settings => &workbook.settings,
        };
        Self {
            sheet: sheet.name.clone(),
            row: fault.row.or_else(|| sheet.rows().next().map(|row| row.number)),
            column: sheet.column(fault.column),
            ..Self::of_file(fault.kind.to_string(), fault.kind.remedy())
        }
    }

    /// Whether the form cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
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
        cell: &Cell<'_>,
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
        self.0.push(Fault::of_row(sheet, row, column, what, remedy));
    }

    /// In a row, but the form can be used.
    pub(crate) fn warn(
        &mut self,
        sheet: &Sheet,
        row: u32,
        column: &str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let fault = Fault::of_row(sheet, row, column, what, remedy);
        self.0.push(Fault { severity: Severity::Warning, ..fault });
    }

    /// Of the file as a whole, but the form can be used.
    pub(crate) fn warn_file(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Fault { severity: Severity::Warning, ..Fault::of_file(what, remedy) });
    }

    /// What the form's compiler found.
    pub(crate) fn compiled(&mut self, found: &[form::compile::Fault], workbook: &Workbook) {
        self.0.extend(found.iter().map(|fault| Fault::of_form(fault, workbook)));
    }

    /// All, in the order of the sheets and their rows.
    pub(crate) fn sorted(mut self, workbook: &Workbook) -> Vec<Fault> {
        let place = |fault: &Fault| workbook.place(&fault.sheet);
        self.0.sort_by_key(|fault| (place(fault), fault.row));
        self.0.dedup();
        self.0
    }
}
