//! One form, written by several programs.

use form::definition::Definition;
use xlsform::NoFiles;

use crate::table::sheets;

fn load(name: &str) -> Definition {
    let path = format!("{}/tests/formats/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the form is there");
    xlsform::define(&bytes, &NoFiles).unwrap_or_else(|faults| panic!("{name}: {faults:?}"))
}

/// pyxform: `tests/test_xls2json_backends.py`.
#[test]
fn every_program_writes_the_same_form() {
    let text = sheets(
        "| survey |              |      |       |            |          |
         |        | type         | name | label | default    | required |
         |        | date         | d    | Day   | 2026-11-23 | TRUE     |
         |        | time         | t    | Time  | 08:30:00   | FALSE    |
         |        | integer      | n    | N     | 5          |          |
         |        | decimal      | x    | X     | 0.25       |          |
         |        | select_one l | s    | S     |            |          |
         | choices |             |      |       |
         |        | list_name    | name | label |
         |        | l            | 1    | One   |
         |        | l            | 2    | Two   |
         | settings |            |       |            |
         |        | form_title   | form_id | version    |
         |        | Kinds        | kinds   | 2026112301 |",
    )
    .definition();
    let expected = without_rows(text);
    for name in ["kinds.xlsx", "kinds.xls", "kinds.ods"] {
        assert_eq!(without_rows(load(name)), expected, "{name}");
    }
}

/// In text all sheets stand below one another.
fn without_rows(mut definition: Definition) -> Definition {
    definition.declarations.iter_mut().for_each(|own| own.row = 0);
    definition.lists.iter_mut().for_each(|own| own.row = Some(0));
    definition
}

/// pyxform: `tests/test_xls2json_backends.py` (CSV): marks, quotation marks, blank lines.
#[test]
fn text_may_have_a_mark_at_its_beginning_and_lines_in_its_cells() {
    let text = "\u{feff}survey,,,\r\n,type,name,label\r\n,text,q,\"Two\nlines, \"\"quoted\"\"\"\r\n\r\n,text,r,R\r\n";
    let definition = xlsform::define(text.as_bytes(), &NoFiles).expect("a good form");
    assert_eq!(definition.declarations[0].label[0].1, "Two\nlines, \"quoted\"");
    assert_eq!(definition.declarations[1].row, 6);
}
