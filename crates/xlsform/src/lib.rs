//! Spreadsheets become forms.
//!
//! XLSForm (<https://xlsform.org>) is read sheet by sheet: [`read`] gives a compiled [`Form`], or
//! every [`Fault`] with its sheet, row, column and remedy, so that an author mends all at once.

use form::definition::Definition;
use form::{Form, compile};

mod choices;
mod fault;
mod heading;
mod kind;
mod settings;
mod sheet;
mod survey;

pub use fault::Fault;

use fault::Faults;
use sheet::Workbook;

/// Compiles the spreadsheet in `bytes` (.xlsx).
///
/// # Errors
/// Everything that is wrong with it, in the order of sheets and rows.
pub fn read(bytes: &[u8]) -> Result<Form, Vec<Fault>> {
    let workbook = Workbook::open(bytes)?;
    let mut faults = Faults::default();
    let languages = settings::languages(&workbook);
    let definition = Definition {
        lists: choices::read(&workbook, &languages, &mut faults),
        declarations: survey::read(&workbook, &languages, &mut faults),
        ..settings::read(&workbook, languages, &mut faults)
    };
    let compiled = compile(&definition).map_err(|found| faults.compiled(&found, &workbook));
    faults.none_or(compiled)
}
