//! The settings sheet, and sheets in general.

use crate::table::sheets;

const SURVEY: &str = "| survey | | | |\n| | type | name | label |\n| | text | q | Q |\n";

fn with(settings: &str, values: &str) -> crate::table::Sheets {
    sheets(&format!("{SURVEY}| settings |\n| | {settings} |\n| | {values} |"))
}

/// pyxform: `tests/test_settings.py`, `tests/settings_test.py`, `tests/test_form_name.py`,
/// `aliases.settings_header`.
#[test]
fn a_form_is_called_what_the_settings_say() {
    let definition =
        with("Form Title | form_id | version | name | instance_name", "T | f | 3 | root | ${q}")
            .definition();
    assert_eq!(definition.title, [(0, "T".to_owned())]);
    assert_eq!((definition.id.as_str(), definition.version.as_str()), ("f", "3"));
    assert_eq!(definition.root, "root");
    assert_eq!(definition.instance_name.as_deref(), Some("${q}"));
    for heading in ["form_id", "id_string", "set_form_id", "Form ID"] {
        assert_eq!(with(heading, "f").definition().id, "f", "{heading}");
    }
    for heading in ["form_title", "title", "set_form_title"] {
        assert_eq!(
            with(&format!("form_id | {heading}"), "f | T").definition().title[0].1,
            "T",
            "{heading}"
        );
    }
    assert_eq!(with("form_id", "f").definition().title[0].1, "f");
}

#[test]
fn a_form_without_settings_is_a_form_but_not_one_for_keeps() {
    let table = sheets(SURVEY);
    let checked = table.check();
    assert!(checked.form.is_some());
    assert!(
        checked.faults.iter().any(|fault| fault.what == "没有 settings 表" && !fault.is_error())
    );
    assert_eq!(
        (checked.definition.id.as_str(), checked.definition.root.as_str()),
        ("data", "data")
    );
    assert!(with("form_id", "f").check().faults.iter().any(|fault| fault.what == "没有写 version"));
}

/// pyxform: `tests/test_settings.py`, `tests/test_settings_auto_send_delete.py`,
/// `tests/test_custom_xml_namespaces.py`, `tests/test_sms.py`.
#[test]
fn what_is_for_others_is_kept_by_name() {
    let names = [
        "style",
        "public_key",
        "submission_url",
        "auto_send",
        "auto_delete",
        "client_editable",
        "omit_instanceID",
        "namespaces",
        "prefix",
        "delimiter",
        "attribute::xyz",
    ];
    let values =
        ["pages", "key", "http://x", "true", "true", "yes", "no", "a=\"b\"", "p", "+", "1"];
    let table = with(
        &format!("form_id | version | {}", names.join(" | ")),
        &format!("f | 1 | {}", values.join(" | ")),
    );
    assert_eq!(table.warnings(), "");
    let settings = table.definition().settings;
    let pairs: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(pairs, names.into_iter().zip(values).collect::<Vec<_>>());
}

#[test]
fn settings_that_cannot_be_are_told() {
    assert!(with("name", "1 x").errors().contains("“1 x”不能作名字"));
    assert!(
        with("public_key | omit_instanceID", "k | yes")
            .errors()
            .contains("要加密就不能不要 instanceID")
    );
    let unknown = with("form_id | version | defualt_language", "f | 1 | en");
    assert!(unknown.warnings().contains("是不是想写 default_language？"));
    assert!(with("form_id | version | flat", "f | 1 | yes").warnings().contains("flat 没有用到"));
}

/// pyxform: `tests/test_sheet_columns.py`, `aliases.settings_header` as types.
#[test]
fn the_oldest_forms_have_settings_on_the_survey_sheet() {
    let table = "| survey | | | |\n| | type | name | label |\n| | set form title | Old form | |\n| | set form id | old | |\n| | text | q | Q |";
    let definition = sheets(table).definition();
    assert_eq!((definition.id.as_str(), definition.title[0].1.as_str()), ("old", "Old form"));
    assert_eq!(definition.declarations.len(), 1);
}

/// pyxform: `tests/test_sheet_columns.py` (sheet names), `find_sheet_misspellings`.
#[test]
fn sheets_are_found_by_any_letters_and_told_where_nearly_found() {
    let shouted = sheets(
        "| SURVEY | | | |\n| | TYPE | Name | LABEL |\n| | select_one l | q | Q |\n| Choices | | | |\n| | List_Name | NAME | Label |\n| | l | a | A |",
    );
    assert_eq!(shouted.errors(), "");
    let nearly = sheets(&format!(
        "{SURVEY}| choice | | |\n| | list_name | name |\n| | a | b |\n| _choices | |\n| | x |\n| | y |"
    ));
    assert!(nearly.warnings().contains("没有用到“choice”表"));
    assert!(!nearly.warnings().contains("_choices"));
    assert!(
        sheets("| survy | | |\n| | type | name |\n| | text | q |\n| x | |\n| | y |\n| | z |")
            .errors()
            .contains("把“survy”表改名叫 survey")
    );
    let only = sheets("| Tabelle1 | | | |\n| | type | name | label |\n| | text | q | Q |");
    assert_eq!(only.errors(), "");
}

/// pyxform: `tests/test_sheet_columns.py`, `clean_text_values`.
#[test]
fn several_blanks_are_one_unless_the_settings_say_no() {
    let label = |setting: &str| {
        let table = format!(
            "| survey | | | |\n| | type | name | label |\n| | text | q | a    b |\n| settings | |\n| | clean_text_values |\n| | {setting} |"
        );
        sheets(&table).definition().declarations[0].label[0].1.clone()
    };
    assert_eq!(label("yes"), "a b");
    assert_eq!(label(""), "a b");
    assert_eq!(label("no"), "a    b");
}
