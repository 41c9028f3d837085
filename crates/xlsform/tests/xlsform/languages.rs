//! The languages of a form.

use form::model::Language;

use crate::table::{Sheets, find, sheets};

fn language(name: &str, code: Option<&str>) -> Language {
    Language { name: name.to_owned(), code: code.map(str::to_owned) }
}

fn survey(headings: &str, cells: &str, default: &str) -> Sheets {
    sheets(&format!(
        "| survey |\n| | type | name | {headings} |\n| | text | q | {cells} |
         | settings | |\n| | form_id | version | default_language |\n| | f | 1 | {default} |"
    ))
}

/// pyxform: `tests/test_translations.py`: which languages there are and which is the default.
#[test]
fn the_default_language_comes_first() {
    let english = language("English", Some("en"));
    let french = language("French", Some("fr"));
    let unmarked = language("default", None);
    let cases = [
        ("label", "Q", "", vec![unmarked.clone()]),
        ("label", "Q", "中文", vec![language("中文", None)]),
        (
            "label::English (en) | label::French (fr)",
            "Q | R",
            "",
            vec![english.clone(), french.clone()],
        ),
        (
            "label::English (en) | label::French (fr)",
            "Q | R",
            "French (fr)",
            vec![french.clone(), english.clone()],
        ),
        (
            "label::English (en) | label::French (fr)",
            "Q | R",
            "fr",
            vec![french.clone(), english.clone()],
        ),
        (
            "label::English (en) | label::French (fr)",
            "Q | R",
            "French",
            vec![french.clone(), english.clone()],
        ),
        ("label | label::French (fr)", "Q | R", "", vec![unmarked.clone(), french.clone()]),
        (
            "label:English (en) | hint:French (fr)",
            "Q | R",
            "",
            vec![english.clone(), french.clone()],
        ),
        ("hint | label::French (fr)", "Q | R", "French (fr)", vec![french.clone()]),
        ("label::French (fr)", "Q", "default", vec![french.clone()]),
    ];
    for (headings, cells, default, expected) in cases {
        let definition = survey(headings, cells, default).definition();
        assert_eq!(definition.languages, expected, "{headings}, {default}");
    }
}

/// pyxform: `tests/test_translations.py`: an unmarked column is in the default language, and a
/// marked one of that language goes before it.
#[test]
fn an_unmarked_column_is_in_the_default_language() {
    let definition =
        survey("label | label::French (fr) | hint", "Q | R | H", "French (fr)").definition();
    let own = find(&definition, "q");
    assert_eq!(own.label, [(0, "R".to_owned())]);
    assert_eq!(own.hint, [(0, "H".to_owned())]);
    let definition = survey("label | label::French (fr) | hint", "Q | R | H", "").definition();
    let own = find(&definition, "q");
    assert_eq!(own.label, [(0, "Q".to_owned()), (1, "R".to_owned())]);
    assert_eq!(own.hint, [(0, "H".to_owned())]);
}

/// pyxform: `tests/test_guidance_hint.py`, `tests/test_translations.py`: all columns with words.
#[test]
fn every_column_with_words_has_languages() {
    let columns = [
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "warning_message",
        "purpose",
    ];
    let headings: Vec<String> =
        columns.iter().map(|column| format!("{column}::en | {column}::fr")).collect();
    let cells: Vec<String> =
        columns.iter().map(|column| format!("{column} e | {column} f")).collect();
    let definition = survey(&headings.join(" | "), &cells.join(" | "), "").definition();
    let own = find(&definition, "q");
    let words = [
        &own.label,
        &own.hint,
        &own.guidance,
        &own.constraint_message,
        &own.required_message,
        &own.warning_message,
        &own.purpose,
    ];
    for (words, column) in words.into_iter().zip(columns) {
        assert_eq!(*words, [(0, format!("{column} e")), (1, format!("{column} f"))]);
    }
}

/// pyxform: `translations_checks.py`, `tests/test_translations.py`.
#[test]
fn a_column_that_lacks_a_language_is_told() {
    let told = survey("label::en | label::fr | hint::en", "Q | R | H", "").warnings();
    assert!(told.contains("hint 缺少的语言：fr"), "{told}");
    assert_eq!(
        survey("label::en | label::fr | hint::en | hint::fr", "Q | R | H | I", "").warnings(),
        ""
    );
    assert_eq!(survey("label | hint", "Q | H", "").warnings(), "");
    let choices = sheets(
        "| survey  |              |      |           |           |
         |         | type         | name | label::en | label::fr |
         |         | select_one l | q    | Q         | R         |
         | choices |              |      |           |
         |         | list_name    | name | label::en |
         |         | l            | a    | A         |",
    );
    assert!(choices.warnings().contains("choices 表"), "{}", choices.warnings());
    assert_eq!(choices.errors(), "");
}
