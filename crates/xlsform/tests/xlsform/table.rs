//! Spreadsheets in the notation of pyxform's tests: tables of Markdown, with the name of the sheet
//! in the first column.

use std::collections::BTreeMap;

use form::Form;
use form::definition::{Declaration, Definition};
use xlsform::{Checked, Fault};

/// A spreadsheet and the files beside it.
#[derive(Default)]
pub(crate) struct Sheets {
    bytes: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
}

/// The spreadsheet in a table.
pub(crate) fn sheets(table: &str) -> Sheets {
    Sheets { bytes: csv(table).into_bytes(), files: BTreeMap::new() }
}

/// The table as text with commas: `\|` is a bar within a cell.
pub(crate) fn csv(table: &str) -> String {
    let lines = table.lines().map(str::trim).filter(|line| line.starts_with('|'));
    let mut text = String::new();
    for line in lines {
        let inside = line.trim_start_matches('|').replace("\\|", "\u{1}");
        let inside = inside.strip_suffix('|').unwrap_or(&inside);
        let cells = inside.split('|').map(|cell| {
            let cell = cell.trim().replace('\u{1}', "|").replace("\\n", "\n").replace('"', "\"\"");
            if cell.is_empty() { cell } else { format!("\"{cell}\"") }
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

impl Sheets {
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.as_bytes().to_vec());
        self
    }

    pub(crate) fn check(&self) -> Checked {
        xlsform::check(&self.bytes, &self.files)
    }

    /// What a sheet without errors declares.
    pub(crate) fn definition(&self) -> Definition {
        xlsform::define(&self.bytes, &self.files)
            .unwrap_or_else(|faults| panic!("{}", told(&faults)))
    }

    pub(crate) fn form(&self) -> Form {
        xlsform::read(&self.bytes, &self.files).unwrap_or_else(|faults| panic!("{}", told(&faults)))
    }

    /// The errors.
    pub(crate) fn errors(&self) -> String {
        let faults = self.check().faults;
        told(&faults.into_iter().filter(Fault::is_error).collect::<Vec<_>>())
    }

    /// The warnings about sheets; those about missing settings are left out.
    pub(crate) fn warnings(&self) -> String {
        let faults = self.check().faults.into_iter();
        let own = faults.filter(|fault| !fault.is_error() && !fault.what.contains("settings"));
        told(&own.collect::<Vec<_>>())
    }
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The declaration called `name`, however deep.
pub(crate) fn find<'d>(definition: &'d Definition, name: &str) -> &'d Declaration {
    fn within<'d>(declarations: &'d [Declaration], name: &str) -> Option<&'d Declaration> {
        declarations.iter().find_map(|own| match own.name == name {
            true => Some(own),
            false => within(&own.children, name),
        })
    }
    within(&definition.declarations, name).unwrap_or_else(|| panic!("there is no {name}"))
}
