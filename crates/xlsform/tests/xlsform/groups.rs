//! Groups and repeats.

use form::definition::DeclaredKind;

use crate::table::{find, sheets};

/// pyxform: `aliases.control`, `RE_BEGIN_CONTROL`; `tests/test_group.py`, `tests/test_repeat.py`.
#[test]
fn every_spelling_of_begin_and_end_nests() {
    let is_repeat = |begin: &str, end: &str| {
        let table = format!(
            "| survey | | | |\n| | type | name | label |\n| | {begin} | g | G |\n| | text | q | Q |\n| | {end} | | |"
        );
        let definition = sheets(&table).definition();
        let own = find(&definition, "g");
        assert_eq!(own.children.len(), 1, "{begin}");
        matches!(own.kind, DeclaredKind::Repeat { .. })
    };
    for (begin, end) in
        [("begin group", "end group"), ("begin_group", "end_group"), ("Begin Group", "End  group")]
    {
        assert!(!is_repeat(begin, end), "{begin}");
    }
    for begin in [
        "begin repeat",
        "begin_repeat",
        "begin lgroup",
        "begin looped group",
        "begin repeat over l",
    ] {
        assert!(is_repeat(begin, "end repeat"), "{begin}");
    }
    assert!(is_repeat("begin lgroup", "end lgroup"));
}

/// pyxform: `SURVEY_001`, `SURVEY_002`; `tests/test_group.py`, `tests/test_repeat.py`.
#[test]
fn begins_and_ends_that_do_not_match_are_told() {
    let survey =
        |rows: &str| sheets(&format!("| survey | | | |\n| | type | name | label |\n{rows}"));
    let open = survey("| | begin group | g | G |\n| | text | q | Q |");
    assert!(open.errors().contains("第 3 行 B 列（type）：begin group 没有 end"));
    assert!(
        survey("| | text | q | Q |\n| | end group | | |")
            .errors()
            .contains("end group 没有对应的 begin")
    );
    let crossed = survey(
        "| | begin group | g | G |\n| | begin repeat | r | R |\n| | text | q | Q |\n| | end group | | |\n| | end repeat | | |",
    );
    assert_eq!(crossed.errors().lines().count(), 2);
}

/// pyxform: `tests/test_repeat_count.py`.
#[test]
fn a_count_that_is_worked_out_has_a_name() {
    let table = |count: &str| {
        sheets(&format!(
            "| survey |              |      |       |              |
             |        | type         | name | label | repeat_count |
             |        | integer      | n    | N     |              |
             |        | begin repeat | r    | R     | {count}      |
             |        | text         | q    | Q     |              |
             |        | end repeat   |      |       |              |"
        ))
    };
    let counted = |written: &str| {
        let definition = table(written).definition();
        match find(&definition, "r").kind.clone() {
            DeclaredKind::Repeat { count, .. } => (count.unwrap_or_default(), definition),
            other => panic!("{other:?}"),
        }
    };
    let (count, definition) = counted("${n}");
    assert_eq!((count.as_str(), definition.declarations.len()), ("${n}", 2));
    for written in ["2", "${n} + 1", "count-selected('a b')"] {
        let (count, definition) = counted(written);
        assert_eq!(count, "${r_count}");
        let counter = find(&definition, "r_count");
        assert_eq!(counter.calculation.as_deref(), Some(written));
        assert_eq!(counter.kind, DeclaredKind::Calculated);
        assert!(table(written).form().find("r_count").is_some());
    }
}

#[test]
fn groups_nest_as_deep_as_anybody_needs() {
    let survey = |depth: usize| {
        let mut table = "| survey | | | |\n| | type | name | label |\n".to_owned();
        (0..depth).for_each(|at| table.push_str(&format!("| | begin group | g{at} | G |\n")));
        table.push_str("| | text | q | Q |\n");
        (0..depth).for_each(|_| table.push_str("| | end group | | |\n"));
        sheets(&table)
    };
    assert_eq!(survey(60).errors(), "");
    assert!(
        survey(5_000).errors().starts_with("survey 表第 67 行 B 列（type）：组里套组超过了 64 层")
    );
}
