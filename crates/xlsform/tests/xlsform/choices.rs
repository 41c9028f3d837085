//! The choices sheet, and what selects do with it.

use form::definition::{DeclaredKind, SelectDefinition, SelectFrom};
use form::{Session, surroundings::Fixed};
use time::macros::datetime;

use crate::table::{find, sheets};

const YN: &str = "
    | choices |           |      |       |
    |         | list_name | name | label |
    |         | yn        | yes  | Yes   |
    |         | yn        | no   | No    |";

fn select(table: &str, name: &str) -> SelectDefinition {
    let definition = sheets(table).definition();
    match &find(&definition, name).kind {
        DeclaredKind::Select(select) => (**select).clone(),
        other => panic!("{other:?} is no select"),
    }
}

/// pyxform: `tests/test_choices_sheet.py`, `aliases.list_header`.
#[test]
fn columns_of_the_authors_own_are_kept_for_filters() {
    let definition = sheets(
        "| survey  |            |      |       |                 |
         |         | type       | name | label | choice_filter   |
         |         | select_one towns | t | T  | Province = 'n' and pop > 3 |
         | Choices |            |       |         |          |     |          |
         |         | List Name  | Value | Caption | Province | pop | geometry |
         |         | towns      | a     | A       | n        | 5   | 1 2 0 0  |
         |         | towns      | b     | B       | s        |     |          |",
    )
    .definition();
    let list = &definition.lists[0];
    assert_eq!(list.columns, ["name", "Province", "pop", "geometry"]);
    assert_eq!(list.choices[0].cells, ["a", "n", "5", "1 2 0 0"]);
    assert_eq!(list.choices[1].label, [(0, "B".to_owned())]);
    assert_eq!(list.row, Some(6));
}

/// pyxform: `tests/test_choices_sheet.py`, `NAMES_006`, `NAMES_007`, `LABEL_001`, `HEADER_004`;
/// `tests/test_fields.py`.
#[test]
fn what_is_wrong_with_choices_is_told() {
    let survey = "| survey | | | |\n| | type | name | label |\n| | select_one l | q | Q |\n| choices | | | | |\n";
    let with = |rows: &str| sheets(&format!("{survey}{rows}"));
    let doubled = with("| | list_name | name | label |\n| | l | a | A |\n| | l | a | B |");
    assert!(doubled.errors().contains("“l”里有两个“a”"), "{}", doubled.errors());
    assert!(
        with("| | list_name | name | label |\n| | l | a | A |\n| | l | | B |")
            .errors()
            .contains("没有写 name")
    );
    let unlabelled =
        with("| | list_name | name | label |\n| | l | a | A |\n| | l | b | |\n| | l | c | |");
    assert_eq!(unlabelled.errors(), "");
    assert!(unlabelled.warnings().contains("“l”的选项“b”没有 label"));
    let spaced = with("| | list_name | name | label | my notes |\n| | l | a | A | x |");
    assert!(spaced.warnings().contains("列名“my notes”里有空格"));
    let homeless = with("| | list_name | name | label |\n| | l | a | A |\n| | | b | B |");
    assert!(homeless.warnings().contains("选项“b”没有写 list_name"));
    assert!(with("| | list_name | label |\n| | l | A |").errors().contains("没有 name 这一列"));
}

/// pyxform: `tests/test_fields.py`, `allow_choice_duplicates`.
#[test]
fn choices_may_repeat_where_the_settings_say_so() {
    let table = "| survey | | | |\n| | type | name | label |\n| | select_one l | q | Q |
        | choices | | | |\n| | list_name | name | label |\n| | l | a | A |\n| | l | a | B |
        | settings | |\n| | allow_choice_duplicates |\n| | yes |";
    assert_eq!(sheets(table).definition().lists[0].choices.len(), 2);
}

/// pyxform: `xls2json.py`, "Choice names with spaces cannot be added to multiple choice selects".
#[test]
fn a_name_with_a_blank_is_one_of_one_but_not_one_of_several() {
    let table = |kind: &str| {
        sheets(&format!(
            "| survey | | | |\n| | type | name | label |\n| | {kind} l | q | Q |
            | choices | | | |\n| | list_name | name | label |\n| | l | a b | A |"
        ))
    };
    assert_eq!(table("select_one").errors(), "");
    for kind in ["select_multiple", "rank"] {
        assert!(table(kind).errors().contains("选项名“a b”里有空格"), "{kind}");
    }
}

/// pyxform: `tests/test_randomize_itemsets.py`.
#[test]
fn choices_are_shuffled_with_a_seed_or_without() {
    let shuffle = |parameters: &str| {
        select(&format!("| survey | | | | |\n| | type | name | label | parameters |\n| | integer | Seed | S | |\n| | select_one yn | q | Q | {parameters} |{YN}"), "q").shuffle
    };
    assert_eq!(shuffle(""), None);
    assert_eq!(shuffle("randomize=false"), None);
    assert_eq!(shuffle("randomize=true"), Some(None));
    assert_eq!(shuffle("Randomize=True, seed=42"), Some(Some("42".to_owned())));
    assert_eq!(shuffle("randomize=true seed=${Seed}"), Some(Some("${Seed}".to_owned())));
    let wrong = |parameters: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | label | parameters |\n| | select_one yn | q | Q | {parameters} |{YN}"
        ))
    };
    assert!(wrong("randomize=ukanga").errors().contains("randomize 只能是 true 或 false"));
    assert!(wrong("seed=1").errors().contains("没有 randomize=true"));
    assert!(wrong("randomize=true seed=pu").errors().contains("seed 要是数或者一道题"));
    assert!(wrong("value=a").warnings().contains("没有“value”这个参数"));
}

/// pyxform: `tests/test_translations.py` (`or_other`), `tests/or_other_test.py`: the spellings, the
/// choice, the question, and what does not go together.
#[test]
fn an_other_choice_is_added_with_a_question_in_each_language() {
    for ending in ["or_other", "or other", "or specify other"] {
        let definition = sheets(&format!(
            "| survey  |                      |      |            |           |
             |         | type                 | name | label::en  | label::中文 (zh) |
             |         | select_one l {ending} | q   | Q          | 问        |
             | choices |           |      |           |                  |
             |         | list_name | name | label::en | label::中文 (zh) |
             |         | l         | a    | A         | 甲               |"
        ))
        .definition();
        let other = definition.lists[0].choices.last().expect("a choice");
        assert_eq!(other.cells, ["other"]);
        assert_eq!(other.label, [(0, "Other".to_owned()), (1, "其他".to_owned())]);
        let asked = find(&definition, "q_other");
        assert_eq!(asked.relevant.as_deref(), Some("selected(../q, 'other')"));
        assert_eq!(asked.label[0].1, "Specify other.");
    }
    let has_other = sheets(
        "| survey | | | |\n| | type | name | label |\n| | select_multiple l or_other | q | Q |
         | choices | | | |\n| | list_name | name | label |\n| | l | other | Mine |",
    );
    assert_eq!(has_other.definition().lists[0].choices.len(), 1);
    let filtered = sheets(&format!(
        "| survey | | | | |\n| | type | name | label | choice_filter |\n| | select_one yn or_other | q | Q | name = 'yes' |{YN}"
    ));
    assert!(filtered.errors().contains("or_other 和 choice_filter 不能一起用"));
}

/// pyxform: `tests/test_repeat.py` (choices from a repeat).
#[test]
fn the_rows_of_a_repeat_can_be_chosen() {
    let table = "| survey |                     |      |       |               |
         |        | type                | name | label | choice_filter |
         |        | begin repeat        | r    | R     |               |
         |        | text                | who  | Who   |               |
         |        | integer             | age  | Age   |               |
         |        | end repeat          |      |       |               |
         |        | select one ${who}   | head | Head  | ${age} > 17   |";
    let select = select(table, "head");
    assert_eq!(select.from, SelectFrom::Rows { value: "${who}".to_owned(), label: None });
    assert_eq!(select.filter.as_deref(), Some("${age} > 17"));
    assert!(sheets(table).form().find("head").is_some());
}

/// pyxform: `tests/test_external_instances_for_selects.py`, `TestSelectOneExternal`.
#[test]
fn the_sheet_of_external_choices_is_a_sheet_of_choices() {
    let form = sheets(
        "| survey |                            |        |        |                                 |
         |        | type                       | name   | label  | choice_filter                   |
         |        | select_one state           | state  | State  |                                 |
         |        | select_one_external city   | city   | City   | state=${state}                  |
         |        | select_one_external suburb | suburb | Suburb | state=${state} and city=${city} |
         | choices |           |      |       |
         |         | list_name | name | label |
         |         | state     | nsw  | NSW   |
         | external_choices |           |           |       |       |           |
         |                  | list_name | name      | label | state | city      |
         |                  | city      | Sydney    | S     | nsw   |           |
         |                  | city      | Melbourne | M     | vic   |           |
         |                  | suburb    | Balmain   | B     | nsw   | Sydney    |",
    );
    let definition = form.definition();
    let city = definition.lists.iter().find(|list| list.name == "city").expect("the list");
    assert_eq!(city.columns, ["name", "state", "city"]);
    let missing = sheets(
        "| survey | | | | |\n| | type | name | label | choice_filter |\n| | select_one_external city | c | C | true() |",
    );
    assert!(missing.errors().contains("没有“city”"), "{}", missing.errors());
}

/// pyxform: `tests/test_table_list.py`, `tests/test_fieldlist_labels.py`.
#[test]
fn a_table_of_selects_has_a_row_of_headings() {
    let table = |second: &str| {
        sheets(&format!(
            "| survey |               |      |       |      |                    |
             |        | type          | name | label | hint | appearance         |
             |        | begin_group   | t    | Table | Hint | table-list minimal |
             |        | select_one yn | a    | A     |      |                    |
             |        | select_one {second} | b | B  |      | quick              |
             |        | end_group     |      |       |      |                    |
             {YN}
             |         | on        | on   | On    |"
        ))
    };
    let definition = table("yn").definition();
    let group = find(&definition, "t");
    assert_eq!(group.appearance, ["field-list", "minimal"]);
    let names: Vec<&str> = group.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(
        names,
        ["generated_table_list_label_2", "reserved_name_for_field_list_labels_3", "a", "b"]
    );
    assert_eq!(group.children[0].hint, [(0, "Hint".to_owned())]);
    assert_eq!(group.children[1].appearance, ["label"]);
    assert_eq!(group.children[3].appearance, ["list-nolabel"]);
    assert!(table("on").errors().contains("table-list 里的选择题要用同一个选项表"));
}

#[test]
fn labels_of_choices_say_what_was_answered() {
    let form = sheets(
        "| survey  |              |      |       |
         |         | type         | name | label |
         |         | text         | kid  | Kid   |
         |         | select_one l | q    | Q     |
         | choices |              |      |       |
         |         | list_name    | name | label |
         |         | l            | a    | With ${kid} |
         |         | l            | b    | Alone |",
    )
    .form();
    let clock = std::rc::Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
    let mut session = Session::start(std::rc::Rc::new(form), clock);
    let root = session.root();
    let at = |session: &Session, name: &str| {
        session
            .nearest(root, session.form().find(name).expect("the question"))
            .expect("it is there")
    };
    let (kid, q) = (at(&session, "kid"), at(&session, "q"));
    session.answer(kid, "Ann").expect("it is a question");
    assert_eq!(session.choice_label(q, 0), "With Ann");
}
