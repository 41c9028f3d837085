//! Expressions as they stand in cells.

use form::definition::DeclaredDefault;

use crate::table::{find, sheets};

/// pyxform: `tests/test_dynamic_default.py`, `tests/test_static_defaults.py`.
#[test]
fn defaults_are_values_or_expressions() {
    let default = |kind: &str, written: &str| {
        let table = format!(
            "| survey | | | | |\n| | type | name | label | default |\n| | text | t | T | |\n| | {kind} | q | Q | {written} |"
        );
        find(&sheets(&table).definition(), "q").default.clone().expect("a default")
    };
    let fixed = [
        ("text", "foo"),
        ("text", "f-4"),
        ("text", "https://my-site.com"),
        ("text", "(https://mysite.com)"),
        ("date", "2022-03-14"),
        ("date", "2022-3-14"),
        ("dateTime", "2022-03-14T01:02:55-07:00"),
        ("time", "01:02:55"),
        ("geopoint", "32.7377112 -117.1288399 14 5.01"),
        ("integer", "-5"),
        ("text", "他说“好”"),
    ];
    for (kind, written) in fixed {
        assert_eq!(default(kind, written), DeclaredDefault::Fixed(written.to_owned()), "{written}");
    }
    let computed = [
        ("integer", "random()"),
        ("integer", "7 - 4"),
        ("text", "${t}"),
        ("text", "if(${t} = 'test', 1, 2) + 15 - int(1.2)"),
        ("date", "today()"),
        ("date", "concat('2022-03', '-14')"),
    ];
    for (kind, written) in computed {
        assert_eq!(
            default(kind, written),
            DeclaredDefault::Computed(written.to_owned()),
            "{written}"
        );
    }
}

/// pyxform: `tests/test_last_saved.py`: every column, labels, repeats, and a name that is none.
#[test]
fn answers_of_last_time_are_read_by_their_paths() {
    let definition = sheets(
        "| survey |           |      |       |                          |                        |                                |                     |
         |        | type      | name | label | calculation              | relevant               | constraint                     | default             |
         |        | text      | foo  | Was ${last-saved#foo} |          | ${last-saved#foo} < 12 | . > ${last-saved#foo}          | ${last-saved#foo}   |
         |        | calculate | c    |       | ${last-saved#foo} + ${last-saved#age} | |                              |                     |
         |        | begin repeat | r | R     |                          |                        |                                |                     |
         |        | integer   | age  | Age   |                          |                        |                                |                     |
         |        | end repeat |     |       |                          |                        |                                |                     |",
    )
    .definition();
    let foo = find(&definition, "foo");
    let path = "instance('__last-saved')/data/foo";
    assert_eq!(foo.relevant, Some(format!("{path} < 12")));
    assert_eq!(foo.constraint, Some(format!(". > {path}")));
    assert_eq!(foo.default, Some(DeclaredDefault::Computed(path.to_owned())));
    assert_eq!(foo.label[0].1, format!("Was ${{={path}}}"));
    let sum = format!("{path} + instance('__last-saved')/data/r/age");
    assert_eq!(find(&definition, "c").calculation, Some(sum));
    let unknown = sheets(
        "| survey | | | |\n| | type | name | calculation |\n| | calculate | c | ${last-saved#foo} + 1 |",
    );
    let errors = unknown.errors();
    assert!(errors.contains("第 3 行 D 列（calculation）：没有叫“foo”的题"), "{errors}");
}

/// pyxform: `clean_text_values` in `parsing/sheet_headers.py`; within a literal the author's marks
/// stay, and in words for people everywhere.
#[test]
fn bent_quotation_marks_are_straight_in_expressions_only() {
    let definition = sheets(
        "| survey |      |      |            |               |
         |        | type | name | label      | relevant      |
         |        | text | a    | 说“好”     |               |
         |        | text | b    | It’s       | ${a} = ‘yes’ or ${a} = “no” |
         |        | text | c    | C          | ${a} = '说“好”' |",
    )
    .definition();
    assert_eq!(find(&definition, "a").label[0].1, "说“好”");
    assert_eq!(find(&definition, "b").label[0].1, "It’s");
    assert_eq!(find(&definition, "b").relevant.as_deref(), Some("${a} = 'yes' or ${a} = \"no\""));
    assert_eq!(find(&definition, "c").relevant.as_deref(), Some("${a} = '说“好”'"));
}

/// pyxform: `tests/test_trigger.py`.
#[test]
fn a_trigger_names_one_question_or_several() {
    let table = |trigger: &str| {
        sheets(&format!(
            "| survey |          |      |       |             |           |
             |        | type     | name | label | calculation | trigger   |
             |        | text     | a    | A     |             |           |
             |        | text     | b    | B     |             |           |
             |        | dateTime | at   | At    | now()       | {trigger} |"
        ))
    };
    let triggers = |trigger: &str| find(&table(trigger).definition(), "at").trigger.clone();
    assert_eq!(triggers("${a}"), ["${a}"]);
    assert_eq!(triggers("${a}, ${b}"), ["${a}", "${b}"]);
    assert_eq!(triggers(" ${a},${b} ,"), ["${a}", "${b}"]);
    assert!(table("a").errors().contains("trigger 里要写一道题"));
    assert_eq!(triggers("${a} = 1"), ["${a}"]);
    assert!(table("${a}, b").errors().contains("trigger 里要写一道题"));
    assert!(table("${nobody}").errors().contains("没有叫“nobody”的题"));
    let own = table("${a}").definition();
    assert_eq!(find(&own, "at").calculation.as_deref(), Some("now()"));
}

/// pyxform: `tests/test_xls2json.py` ("Missing calculation"), `tests/test_dynamic_default.py`
/// (`test_dynamic_default_on_calculate`).
#[test]
fn what_is_calculated_says_how() {
    let table = |default: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | calculation | default |\n| | calculate | c | | {default} |"
        ))
    };
    assert!(table("").errors().contains("“c”没有写怎么算"));
    assert!(table("5").errors().contains("“c”没有写怎么算"));
    assert_eq!(table("random() + 0.5").errors(), "");
}

#[test]
fn a_place_that_is_noted_in_passing_has_a_trigger_and_no_calculation() {
    let table = |trigger: &str, calculation: &str| {
        sheets(&format!(
            "| survey | | | | | |\n| | type | name | label | trigger | calculation |\n| | text | a | A | | |\n| | background-geopoint | p | | {trigger} | {calculation} |"
        ))
    };
    assert!(table("", "").errors().contains("background-geopoint 要有 trigger"));
    assert!(table("${a}", "1").errors().contains("background-geopoint 不能有 calculation"));
    assert_eq!(table("${a}", "").errors(), "");
}

/// Every function that an author can write is known to the compiler, wherever it stands.
#[test]
fn faults_in_choices_are_told_where_they_stand() {
    let table = sheets(
        "| survey  |              |      |       |
         |         | type         | name | label |
         |         | select_one l | q    | Q     |
         | choices |              |      |       |
         |         | list_name    | name | label |
         |         | l            | a    | ${nobody} |",
    );
    let errors = table.errors();
    assert!(errors.starts_with("choices 表第 6 行"), "{errors}");
}
