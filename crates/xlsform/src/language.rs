//! The languages of a form, and words in them.

use std::collections::{BTreeMap, HashMap, HashSet};

use form::definition::{MediaFiles, Words};
use form::model::{Language, Medium};

use crate::fault::Faults;
use crate::heading::Heading;
use crate::sheet::{Row, Sheet};
use crate::workbook::Workbook;

/// The name of the language of columns that name none (as pyxform has it).
const UNMARKED: &str = "default";

/// The media columns.
const MEDIA: [(Medium, &str); 4] = [
    (Medium::Image, "image"),
    (Medium::BigImage, "big-image"),
    (Medium::Audio, "audio"),
    (Medium::Video, "video"),
];

/// The languages of a form.
pub(crate) struct Languages {
    /// All of them, the default one first.
    pub(crate) all: Vec<Language>,
    /// The place of the one that unmarked columns are in.
    unmarked: usize,
    /// The places of the others, as headings write them.
    places: HashMap<String, usize>,
}

impl Languages {
    /// Of all headings. Unmarked columns are in the language that the settings call the default
    /// one; where they call none, in one called `default`.
    pub(crate) fn of(workbook: &Workbook) -> Self {
        let default = workbook.settings.rows().next().and_then(|row| row.text("default_language"));
        let sheets = [&workbook.survey, &workbook.choices, &workbook.external_choices];
        let headings = || sheets.into_iter().flat_map(|sheet| &sheet.headings);
        let mut all: Vec<Language> = Vec::new();
        let mut has_unmarked = false;
        for (_, heading) in headings() {
            match heading.language.as_deref().map(language) {
                Some(own) if !all.contains(&own) => all.push(own),
                None => has_unmarked |= heading.is_translated(),
                Some(_) => {}
            }
        }
        let called = default.and_then(|wanted| all.iter().position(|own| is_called(own, wanted)));
        if let Some(place) = called {
            all[..=place].rotate_right(1);
        } else if has_unmarked || all.is_empty() {
            all.insert(0, language(default.unwrap_or(UNMARKED)));
        }
        let mut places = HashMap::new();
        for written in headings().filter_map(|(_, heading)| heading.language.as_deref()) {
            if !places.contains_key(written) {
                let own = language(written);
                let place = all.iter().position(|known| *known == own);
                places.extend(place.map(|place| (written.to_owned(), place)));
            }
        }
        Self { all, unmarked: 0, places }
    }

    /// The place of the language of a heading.
    fn place(&self, name: Option<&str>) -> Option<usize> {
        name.map_or(Some(self.unmarked), |name| self.places.get(name).copied())
    }

    /// The words of a row's column in all languages. A marked column goes before an unmarked one
    /// of the same language.
    pub(crate) fn words(&self, row: Row<'_>, column: &str) -> Words {
        let mut words: BTreeMap<usize, &str> = BTreeMap::new();
        for (name, text) in row.translations(column) {
            let Some(place) = self.place(name) else { continue };
            if name.is_some() {
                words.insert(place, text);
            } else {
                words.entry(place).or_insert(text);
            }
        }
        words.into_iter().map(|(place, text)| (place, text.to_owned())).collect()
    }

    /// The pictures and sounds of a row.
    pub(crate) fn media(&self, row: Row<'_>) -> MediaFiles {
        let files = MEDIA.iter().map(|(medium, column)| (*medium, self.words(row, column)));
        files.filter(|(_, words)| !words.is_empty()).collect()
    }

    /// The same words in every language.
    pub(crate) fn everywhere(&self, say: impl Fn(&Language) -> &'static str) -> Words {
        self.all.iter().map(|own| say(own).to_owned()).enumerate().collect()
    }

    /// Tells which columns lack a language that others have.
    pub(crate) fn check(&self, sheets: [&Sheet; 2], faults: &mut Faults) {
        for sheet in sheets {
            let headings = || sheet.headings.iter().map(|(_, heading)| heading);
            let mut seen: Vec<&str> = Vec::new();
            for heading in headings().filter(|heading| heading.is_translated()) {
                if !seen.contains(&heading.name.as_str()) {
                    seen.push(&heading.name);
                    let own = headings().filter(|own| own.name == heading.name);
                    self.check_column(sheet, own.collect(), faults);
                }
            }
        }
    }

    fn check_column(&self, sheet: &Sheet, columns: Vec<&Heading>, faults: &mut Faults) {
        let places = columns.iter().filter_map(|own| self.place(own.language.as_deref()));
        let places: HashSet<usize> = places.collect();
        let missing = self.all.iter().enumerate().filter(|(place, _)| !places.contains(place));
        let missing: Vec<_> = missing.map(|(_, language)| written(language)).collect();
        let Some(column) = columns.first().filter(|_| !missing.is_empty()) else { return };
        let what = format!("{} 缺少的语言：{}", column.name, missing.join("、"));
        let remedy = format!("加上 {}::{} 这样的列；不加就用默认语言的", column.name, missing[0]);
        faults.warn(sheet, sheet.top(), &column.name, what, remedy);
    }
}

/// `English (en)` is the language English with the code en.
fn language(written: &str) -> Language {
    match written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, code)) => {
            Language { name: name.trim().to_owned(), code: Some(code.trim().to_owned()) }
        }
        None => Language { name: written.trim().to_owned(), code: None },
    }
}

fn written(language: &Language) -> String {
    match &language.code {
        Some(code) => format!("{} ({code})", language.name),
        None => language.name.clone(),
    }
}

/// Whether a heading's language is the one that the settings call `wanted`: by name, with or
/// without its code, or by code.
fn is_called(own: &Language, wanted: &str) -> bool {
    let wanted = wanted.trim();
    *own == language(wanted) || own.name == wanted || own.code.as_deref() == Some(wanted)
}
