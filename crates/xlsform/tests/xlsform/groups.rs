//! Groups and repeats.

use form::definition::{Declaration, DeclaredKind};

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

/// What stands where, with its kind and label, after a loop.
fn looped(table: &str) -> Vec<String> {
    fn walk(above: &str, declarations: &[Declaration], told: &mut Vec<String>) {
        for own in declarations {
            let path = format!("{above}/{}", own.name);
            let label = own.label.iter().map(|(at, words)| format!("{at}:{words}"));
            told.push(format!("{path} {}", label.collect::<Vec<_>>().join(" ")));
            walk(&path, &own.children, told);
        }
    }
    let mut told = Vec::new();
    walk("", &sheets(table).definition().declarations, &mut told);
    told
}

const THINGS: &str = "| choices | | | | |
     | | list_name | name   | label::en | label::fr |
     | | c1        | thing1 | Thing 1   | Chose 1   |
     | | c1        | thing2 | Thing 2   | Chose 2   |
     | | c1        | none   | Nothing   | Rien      |
     | | c2        | type1  | Big       | Grand     |";

/// pyxform: `tests/test_loop.py`, `test_loop`, `test_loop__groups_error` (where what is in groups is
/// left as it is), `test_survey_to_json_output`.
#[test]
fn a_loop_asks_for_each_choice_of_a_list() {
    let table = format!(
        "| survey | | | | | |
         | | type               | name | label::en         | label::fr         | constraint    |
         | | begin loop over c1 | l1   | Loop              | Boucle            |               |
         | | integer            | q1   | Age               | Age               |               |
         | | begin group        | g    | G %(name)s        | G                 |               |
         | | select_one c2      | q2   | Size of %(label)s | Taille: %(label)s |               |
         | | end group          |      |                   |                   |               |
         | | integer            | q3   | 50%% %(name)s     |                   | . <= ../q1    |
         | | end loop           |      |                   |                   |               |
         {THINGS}"
    );
    assert_eq!(
        looped(&table),
        [
            "/l1 0:Loop 1:Boucle",
            "/l1/thing1 0:Thing 1 1:Chose 1",
            "/l1/thing1/q1 0:Age 1:Age",
            "/l1/thing1/g 0:G thing1 1:G",
            "/l1/thing1/g/q2 0:Size of Thing 1 1:Taille: Chose 1",
            "/l1/thing1/q3 0:50% thing1",
            "/l1/thing2 0:Thing 2 1:Chose 2",
            "/l1/thing2/q1 0:Age 1:Age",
            "/l1/thing2/g 0:G thing2 1:G",
            "/l1/thing2/g/q2 0:Size of Thing 2 1:Taille: Chose 2",
            "/l1/thing2/q3 0:50% thing2",
        ]
    );
}

/// The same, `test_loop__references_error`; `xls2json.py`, "Repeat loop without list name".
#[test]
fn what_a_loop_cannot_be_is_told() {
    let table = |begin: &str, note: &str| {
        sheets(&format!(
            "| survey | | | |
             | | type     | name | label::en |
             | | {begin}  | l1   |           |
             | | integer  | q1   | Count     |
             | | note     | q2   | {note}    |
             | | end loop |      |           |
             {THINGS}"
        ))
    };
    assert_eq!(table("begin loop over c1", "N").errors(), "");
    assert_eq!(table("begin_loop c1", "N").errors(), "");
    assert!(table("begin loop over c1", "${q1}").errors().contains("有好几题都叫“q1”"));
    assert!(table("begin loop", "N").errors().contains("begin loop 没有写选项表"));
    assert!(table("begin loop over c9", "N").errors().contains("选项表里没有“c9”"));
}
