//! The columns of the survey sheet.

use form::definition::DeclaredKind;
use form::model::{Bounds, Medium, Question};

use crate::table::{find, sheets};

/// pyxform: `tests/test_sheet_columns.py`, `tests/test_bind_conversions.py`,
/// `tests/attributecolumnstest.py`.
#[test]
fn columns_by_any_of_their_names_say_the_same() {
    let definition = sheets(
        "| survey |         |      |         |           |               |                |                |          |             |                      |
         |        | Command | Tag  | Caption | Relevance | Bind::Required | bind::constraint | bind::jr:constraintMsg | readonly | requiredMsg | control::appearance |
         |        | text    | q    | Q       | 1 = 1     | yes           | . != ''        | wrong          | 1 = 2    | must        | url w1               |",
    )
    .definition();
    let own = find(&definition, "q");
    assert_eq!(own.label, [(0, "Q".to_owned())]);
    assert_eq!(own.relevant.as_deref(), Some("1 = 1"));
    assert_eq!(own.required.as_deref(), Some("true()"));
    assert_eq!(own.constraint.as_deref(), Some(". != ''"));
    assert_eq!(own.constraint_message[0].1, "wrong");
    assert_eq!(own.read_only.as_deref(), Some("1 = 2"));
    assert_eq!(own.required_message[0].1, "must");
    assert_eq!(own.appearance, ["url", "w1"]);
}

/// pyxform: `aliases.yes_no`, `aliases.BINDING_CONVERSIONS`; `tests/test_bind_conversions.py`.
#[test]
fn yes_and_no_are_conditions() {
    let read = |written: &str| {
        let table = format!(
            "| survey | | | | | |\n| | type | name | label | required | relevant |\n| | text | q | Q | {written} | {written} |"
        );
        let definition = sheets(&table).definition();
        let own = find(&definition, "q");
        (own.required.clone(), own.relevant.clone())
    };
    let always = Some("true()".to_owned());
    for written in ["yes", "Yes", "YES", "true", "True", "TRUE", "true()"] {
        assert_eq!(read(written), (always.clone(), always.clone()), "{written}");
    }
    for written in ["no", "No", "NO", "false", "FALSE", "false()"] {
        assert_eq!(read(written), (None, Some("false()".to_owned())), "{written}");
    }
    assert_eq!(read("1 = 1").0.as_deref(), Some("1 = 1"));
    assert_eq!(read(""), (None, None));
}

/// pyxform: `tests/attributecolumnstest.py`, `tests/test_sheet_columns.py`.
#[test]
fn attributes_for_others_are_kept_with_their_prefix() {
    let definition = sheets(
        "| survey |       |      |       |                    |                   |               |                  |        |            |
         |        | type  | name | label | bind::odk:length   | body::kb:flash    | instance::abc:d | noAppErrorString | intent | autoplay |
         |        | text  | q    | Q     | 10                 | yes               | x             | no app           | ex:a   | audio      |",
    )
    .definition();
    let own = find(&definition, "q");
    let attributes: Vec<String> =
        own.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        attributes,
        [
            "bind::odk:length=10",
            "body::kb:flash=yes",
            "instance::abc:d=x",
            "bind::jr:noAppErrorString=no app",
            "body::intent=ex:a"
        ]
    );
    assert_eq!(own.parameters, [("autoplay".to_owned(), "audio".to_owned())]);
}

#[test]
fn a_type_that_is_bound_is_the_type() {
    let definition = sheets(
        "| survey | | | | |\n| | type | name | label | bind::type |\n| | text | a | A | int |\n| | text | b | B | odd |",
    )
    .definition();
    assert_eq!(find(&definition, "a").kind, DeclaredKind::Question(Question::Integer));
    assert_eq!(find(&definition, "b").attributes[0].1, "odd");
}

#[test]
fn our_own_columns_say_what_others_cannot() {
    let table = sheets(
        "| survey |       |      |       |           |           |             |           |           |         |                 |         |         |           |             |
         |        | type  | name | label | min_files | max_files | max_seconds | min_count | max_count | warning | warning_message | prefill | purpose | retention | author_note |
         |        | image | i    | I     | 2         |           |             |           |           |         |                 |         | why     | 1y        | secret      |
         |        | image | k    | K     | 1         | 3         |             |           |           |         |                 |         |         |           |             |
         |        | audio | a    | A     |           |           | 60          |           |           |         |                 |         |         |           |             |
         |        | integer | n  | N     |           |           |             |           |           | . < 5   | that is much    | age     |         |           |             |
         |        | begin repeat | r | R |           |           |             | 2         | 9         |         |                 |         |         |           |             |
         |        | text  | t    | T     |           |           |             |           |           |         |                 |         |         |           |             |
         |        | end repeat |  |      |           |           |             |           |           |         |                 |         |         |           |             |
         |        |       |      |       |           |           |             |           |           |         |                 |         |         |           | a remark    |",
    );
    assert_eq!(table.warnings(), "");
    let definition = table.definition();
    let files = |name: &str| match &find(&definition, name).kind {
        DeclaredKind::Question(Question::Image { files, .. }) => *files,
        other => panic!("{other:?}"),
    };
    assert_eq!(files("i"), Bounds { min: 2, max: Some(2) });
    assert_eq!(files("k"), Bounds { min: 1, max: Some(3) });
    assert_eq!(
        find(&definition, "a").kind,
        DeclaredKind::Question(Question::Audio { max_seconds: Some(60) })
    );
    let number = find(&definition, "n");
    assert_eq!(number.warning.as_deref(), Some(". < 5"));
    assert_eq!(number.warning_message[0].1, "that is much");
    assert_eq!(number.prefill.as_deref(), Some("age"));
    assert_eq!(find(&definition, "i").purpose[0].1, "why");
    assert_eq!(find(&definition, "i").retention.as_deref(), Some("1y"));
    let repeat =
        DeclaredKind::Repeat { bounds: Bounds { min: 2, max: Some(9) }, initial: 2, count: None };
    assert_eq!(find(&definition, "r").kind, repeat);
    let said = format!("{definition:?}");
    assert!(!said.contains("secret") && !said.contains("a remark"));
}

#[test]
fn more_at_least_than_at_most_is_told() {
    let table = "| survey | | | | | |\n| | type | name | label | min_files | max_files |\n| | image | i | I | 3 | 2 |";
    assert!(sheets(table).errors().contains("min_files 是 3，比 max_files 的 2 还大"));
}

/// pyxform: `tests/test_translations.py`, `tests/test_sheet_columns.py` (media columns).
#[test]
fn pictures_and_sounds_belong_to_languages_too() {
    let definition = sheets(
        "| survey |      |      |            |           |                  |                  |           |           |                |
         |        | type | name | label::en  | label::fr | media::image::en | media::image::fr | audio::en | video::fr | big-image::en  |
         |        | text | q    | Q          | Qu        | e.png            | f.png            | e.mp3     | f.mp4     | b.png          |",
    )
    .definition();
    let media = &find(&definition, "q").media;
    let file = |place: usize, name: &str| (place, name.to_owned());
    assert_eq!(media[0], (Medium::Image, vec![file(0, "e.png"), file(1, "f.png")]));
    assert_eq!(media[1], (Medium::BigImage, vec![file(0, "b.png")]));
    assert_eq!(media[2], (Medium::Audio, vec![file(0, "e.mp3")]));
    assert_eq!(media[3], (Medium::Video, vec![file(1, "f.mp4")]));
}

/// pyxform: `tests/test_sheet_columns.py`, `HEADER_002`, `HEADER_003`.
#[test]
fn headings_that_mean_nothing_or_the_same_are_told() {
    let table = |headings: &str, cells: &str| sheets(&format!("| survey |{headings}\n| |{cells}"));
    let unknown = table(
        "\n| | type | name | label | relevent | comment | _mine | #x |",
        "text | q | Q | 1 | | | |",
    );
    assert_eq!(unknown.errors(), "");
    let warnings = unknown.warnings();
    assert!(
        warnings.contains("不认识“relevent”这一列，没有用到它。是不是想写 relevant？"),
        "{warnings}"
    );
    assert!(warnings.contains("不认识“comment”这一列"));
    assert!(!warnings.contains("_mine") && !warnings.contains("#x"));
    let doubled =
        table("\n| | type | name | label | relevant | relevance |", "text | q | Q | 1 | 1 |");
    assert!(doubled.errors().contains("“relevant”和“relevance”是同一列"));
    let untyped = table("\n| | name | label |", "q | Q |");
    assert!(untyped.errors().contains("survey 表没有 type 这一列"));
}

/// pyxform: `tests/test_xls2json.py` (disabled, rows without a type), `tests/test_notes.py`.
#[test]
fn rows_that_are_left_out_leave_nothing() {
    let table = sheets(
        "| survey |         |      |       |          |
         |        | type    | name | label | disabled |
         |        | text    | a    | A     | yes      |
         |        | text    | b    | B     | no       |
         |        |         |      |       | no       |
         |        |         | c    | C     |          |",
    );
    let checked = table.check();
    assert_eq!(checked.definition.declarations.len(), 1);
    assert!(table.errors().contains("第 6 行 B 列（type）：没有写 type"), "{}", table.errors());
    assert!(table.warnings().contains("第 5 行 B 列（type）：这一行没有 type 和 name"));
}

/// pyxform: `unique_names.py`, `NAMES_001`, `NAMES_002`, `NAMES_005`, `NAMES_008`.
#[test]
fn names_that_cannot_be_are_told() {
    let named = |name: &str| {
        sheets(&format!(
            "| survey | | | |\n| | type | name | label |\n| | text | a | A |\n| | text | {name} | Q |"
        ))
    };
    for name in ["1st", "two words", "a/b", "x$", "-a"] {
        assert!(named(name).errors().contains(&format!("“{name}”不能作名字")), "{name}");
    }
    // pyxform takes it for a name with a prefix of XML, which no expression here can.
    assert!(named("a:b").errors().contains("“a:b”不能作名字"));
    assert!(named("meta").errors().contains("“meta”这个名字"));
    assert!(named("a").errors().contains("同一组里有两个“a”"));
    assert!(named("").errors().contains("没有写 name"));
    for name in ["_a", "a-b.c", "姓名", "É"] {
        assert_eq!(named(name).errors(), "", "{name}");
    }
    assert!(named("A").warnings().contains("只差大小写"));
}

#[test]
fn a_question_without_words_is_told() {
    let table = sheets(
        "| survey |       |      |       |      |       |
         |        | type  | name | label | hint | image |
         |        | text  | a    |       |      |       |
         |        | text  | b    |       | H    |       |
         |        | text  | c    |       |      | c.png |
         |        | begin group | g |    |      |       |
         |        | hidden | h   |       |      |       |
         |        | end group |  |     |      |       |
         |        | begin repeat | r |   |      |       |
         |        | text  | d    | D     |      |       |
         |        | end repeat |  |     |      |       |",
    );
    let warnings = table.warnings();
    assert!(warnings.contains("“a”没有 label"));
    assert!(warnings.contains("重复组“r”没有 label"));
    assert_eq!(warnings.lines().count(), 2, "{warnings}");
}
