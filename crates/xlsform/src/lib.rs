//! Spreadsheets become forms.
//!
//! XLSForm (<https://xlsform.org>) is read sheet by sheet, from .xlsx, .xls, .ods and from
//! [pyxform]'s notation in .csv: [`read`] gives a compiled [`Form`], or every [`Fault`] with its
//! sheet, row, column and remedy, so that an author mends all at once. [`check`] tells too what does
//! not stop the form, and [`define`] gives what the spreadsheet declares, for those who write it
//! down in another way.
//!
//! [pyxform]: https://github.com/XLSForm/pyxform
//!
//! ```
//! let sheets = "survey,,,\n,type,name,label\n,integer,age,How old are you?\n";
//! let form = xlsform::read(sheets.as_bytes(), &xlsform::NoFiles).expect("a good form");
//! assert!(form.find("age").is_some());
//! ```

use form::compile::FaultKind;
use form::definition::Definition;
use form::{Form, compile};

mod appearance;
mod beside;
mod choices;
mod clean;
mod dynamic;
mod entities;
mod fault;
mod files;
mod heading;
mod kind;
mod language;
mod meta;
mod name;
mod parameters;
mod references;
mod settings;
mod sheet;
mod survey;
mod workbook;

pub use fault::{Fault, Severity};
pub use files::{Files, Folder, NoFiles};

use beside::Beside;
use choices::Lists;
use fault::Faults;
use language::Languages;
use workbook::Workbook;

/// The first sheet of a workbook (.xlsx, .xls, .ods), for what is no form: its rows in which something
/// stands, as text, with their numbers counted from 1. None where the bytes are no workbook that can be
/// read, or hold more than any office writes.
pub fn first_sheet(bytes: &[u8]) -> Option<Vec<(u32, Vec<String>)>> {
    workbook::first_sheet(bytes)
}

/// A spreadsheet, looked through.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What it declares, as far as it can be understood.
    pub definition: Definition,
    /// The form, where nothing is wrong.
    pub form: Option<Form>,
    /// Errors and warnings, in the order of sheets and rows.
    pub faults: Vec<Fault>,
}

/// Puts what a file beside a form holds into the list that stands for it in `definition`; XML with
/// elements of several names as several lists.
///
/// # Errors
/// Why it cannot be, and what to do.
pub fn fill(
    definition: &mut Definition,
    list: &str,
    file: &str,
    files: &dyn Files,
) -> Result<(), Fault> {
    let read = Beside::new(files)
        .read(file, beside::stem(file))
        .map_err(|unusable| Fault::of_file(unusable.what, unusable.remedy))?;
    if let Some(place) = definition.lists.iter().position(|own| own.name == list) {
        let own = read.into_iter().map(|own| own.called(list));
        definition.lists.splice(place..=place, own);
    }
    Ok(())
}

/// Looks through the spreadsheet in `bytes`, with the files beside it.
pub fn check(bytes: &[u8], files: &dyn Files) -> Checked {
    let workbook = match Workbook::open(bytes) {
        Ok(workbook) => workbook,
        Err(fault) => return Checked { faults: vec![fault], ..Checked::default() },
    };
    let mut faults = Faults::default();
    let mut beside = Beside::new(files);
    let definition = declared(&workbook, &mut beside, &mut faults);
    let compiled = compile(&definition).map_err(|found| {
        // That a file is missing has been told; what is missing in it need not be.
        let is_new = |fault: &form::compile::Fault| match &fault.kind {
            FaultKind::UnknownColumn { list, .. }
            | FaultKind::UnknownList(list)
            | FaultKind::EmptyList(list) => !beside.is_missing(list),
            _ => true,
        };
        let found: Vec<_> = found.into_iter().filter(is_new).collect();
        faults.compiled(&found, &workbook);
    });
    let faults = faults.sorted(&workbook);
    let form = compiled.ok().filter(|_| !faults.iter().any(Fault::is_error));
    Checked { definition, form, faults }
}

/// Compiles the spreadsheet in `bytes`, with the files beside it.
///
/// # Errors
/// Everything that is wrong with it, in the order of sheets and rows.
pub fn read(bytes: &[u8], files: &dyn Files) -> Result<Form, Vec<Fault>> {
    let Checked { form, faults, .. } = check(bytes, files);
    form.ok_or_else(|| errors(faults))
}

/// What the spreadsheet in `bytes` declares. It has been compiled: what is written down from it
/// works.
///
/// # Errors
/// As [`read`].
pub fn define(bytes: &[u8], files: &dyn Files) -> Result<Definition, Vec<Fault>> {
    let Checked { definition, form, faults } = check(bytes, files);
    form.map(|_| definition).ok_or_else(|| errors(faults))
}

fn errors(faults: Vec<Fault>) -> Vec<Fault> {
    faults.into_iter().filter(Fault::is_error).collect()
}

fn declared(workbook: &Workbook, beside: &mut Beside<'_>, faults: &mut Faults) -> Definition {
    workbook.check(faults);
    let languages = Languages::of(workbook);
    languages.check([&workbook.survey, &workbook.choices], faults);
    let mut definition = settings::read(workbook, faults);
    let mut lists = Lists::default();
    let repeats = settings::allows_duplicates(workbook);
    lists.read(&workbook.choices, &languages, repeats, &|_, name| name.to_owned(), faults);
    // What filters a list of this sheet tells its choices apart, and not their names.
    let external = |lists: &Lists, name: &str| match lists.find(name) {
        Some(_) => format!("{name}-external"),
        None => name.to_owned(),
    };
    lists.read(&workbook.external_choices, &languages, true, &external, faults);
    definition.entities = entities::read(workbook, faults);
    let uses = survey::Uses::default();
    let mut reader =
        survey::Reader { workbook, languages: &languages, lists: &mut lists, beside, faults, uses };
    definition.declarations = survey::read(&mut reader, &mut definition);
    references::resolve(&mut definition, &mut reader);
    entities::find_scopes(&mut definition, workbook, faults);
    definition.languages = languages.all;
    definition.lists = lists.all;
    meta::add(&mut definition);
    definition
}
