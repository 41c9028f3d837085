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
/// Everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Form, Vec<Fault>> {
    let (definition, workbook) = define(bytes)?;
    compile(&definition)
        .map_err(|faults| faults.iter().map(|fault| Fault::of_form(fault, &workbook)).collect())
}

/// Reads what the spreadsheet declares, without compiling it.
fn define(bytes: &[u8]) -> Result<(Definition, Workbook), Vec<Fault>> {
    let workbook = Workbook::open(bytes).map_err(|fault| vec![fault])?;
    let mut faults = Faults::default();
    let languages = settings::languages(&workbook);
    let mut definition = settings::read(&workbook, &languages, &mut faults);
    definition.lists = choices::read(&workbook, &languages, &mut faults);
    definition.declarations = survey::read(&workbook, &languages, &mut faults);
    definition.languages = languages;
    faults.none_or(definition).map(|definition| (definition, workbook))
}
