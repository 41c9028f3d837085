//! The settings sheet, and the languages of the form.

use form::definition::{Definition, Words};
use form::model::Language;

use crate::fault::Faults;
use crate::sheet::{Row, Workbook};

/// The name of the language of columns that name none (as pyxform has it).
const UNMARKED: &str = "default";

/// The languages of all headings; the default one first.
pub(crate) fn languages(workbook: &Workbook) -> Vec<Language> {
    let headings = workbook.survey.headings.iter().chain(&workbook.choices.headings);
    let mut names: Vec<&str> = Vec::new();
    for (_, heading) in headings.filter(|(_, heading)| heading.is_translated()) {
        let name = heading.language.as_deref().unwrap_or(UNMARKED);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push(UNMARKED);
    }
    let default = workbook.settings.rows().next().and_then(|row| row.text("default_language"));
    if let Some(place) =
        default.and_then(|default| names.iter().position(|name| is_called(name, default)))
    {
        names[..=place].rotate_right(1);
    }
    names.into_iter().map(language).collect()
}

/// Whether a heading's language is the one that the settings call `wanted`: by name, with or
/// without its code, or by code.
fn is_called(name: &str, wanted: &str) -> bool {
    let own = language(name);
    name == wanted || own.name == wanted || own.code.as_deref() == Some(wanted)
}

/// `English (en)` is the language English with the code en.
fn language(written: &str) -> Language {
    match written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, code)) => {
            Language { name: name.trim().to_owned(), code: Some(code.trim().to_owned()) }
        }
        None => Language { name: written.to_owned(), code: None },
    }
}

/// The words of a row's column in all languages.
pub(crate) fn words(row: Row<'_>, column: &str, languages: &[Language]) -> Words {
    let cells = row.translations(column).filter_map(|(name, text)| {
        let own = language(name.unwrap_or(UNMARKED));
        Some((languages.iter().position(|known| *known == own)?, text.to_owned()))
    });
    cells.collect()
}

/// The form's name, version and title.
pub(crate) fn read(
    workbook: &Workbook,
    languages: Vec<Language>,
    faults: &mut Faults,
) -> Definition {
    let sheet = &workbook.settings;
    let Some(row) = sheet.rows().next() else {
        faults
            .file("没有 settings 表", "加一张叫 settings 的表，写 form_title、form_id 和 version");
        return Definition { languages, ..Definition::default() };
    };
    let mut text = |column: &'static str| {
        let found = row.text(column).map(str::to_owned);
        if found.is_none() {
            faults.row(
                sheet,
                row.number,
                column,
                format!("没有写 {column}"),
                format!("在 settings 表填 {column}"),
            );
        }
        found.unwrap_or_default()
    };
    let (id, version) = (text("form_id"), text("version"));
    let title = row.text("form_title").map_or_else(|| id.clone(), str::to_owned);
    Definition {
        id,
        version,
        title: vec![(0, title)],
        languages,
        instance_name: row.text("instance_name").map(str::to_owned),
        ..Definition::default()
    }
}
