//! The entities sheet. pyxform: `tests/entities/`, `entities_parsing.py`.

use form::definition::EntityDefinition;

use crate::table::{Sheets, find, sheets};

fn with(headings: &str, values: &str) -> Sheets {
    sheets(&format!(
        "| survey |              |      |       |         |
         |        | type         | name | label | save_to |
         |        | text         | id   | Id    |         |
         |        | text         | who  | Who   | person  |
         |        | begin repeat | r    | R     |         |
         |        | text         | tree | Tree  |         |
         |        | end repeat   |      |       |         |
         | entities |\n| | {headings} |\n| | {values} |"
    ))
}

/// `tests/entities/test_create_survey.py`, `test_update_survey.py`, `test_create_repeat.py`.
#[test]
fn entities_are_made_and_changed() {
    let text = |text: &str| Some(text.to_owned());
    let base =
        EntityDefinition { row: 10, dataset: "people".to_owned(), ..EntityDefinition::default() };
    let cases = [
        (
            "dataset | label",
            "people | ${who}",
            EntityDefinition { label: text("${who}"), ..base.clone() },
        ),
        (
            "list_name | label",
            "people | ${who}",
            EntityDefinition { label: text("${who}"), ..base.clone() },
        ),
        (
            "List Name | label | create_if",
            "people | concat(${who}, 'x') | ${who} != ''",
            EntityDefinition {
                label: text("concat(${who}, 'x')"),
                create_if: text("${who} != ''"),
                ..base.clone()
            },
        ),
        (
            "list_name | entity_id",
            "people | ${id}",
            EntityDefinition { id: text("${id}"), ..base.clone() },
        ),
        (
            "list_name | entity_id | create_if | update_if | label",
            "people | ${id} | ${id} = '' | ${id} != '' | ${who}",
            EntityDefinition {
                id: text("${id}"),
                create_if: text("${id} = ''"),
                update_if: text("${id} != ''"),
                label: text("${who}"),
                ..base
            },
        ),
    ];
    for (headings, values, expected) in cases {
        let own = with(headings, values);
        assert_eq!(own.errors(), "", "{headings}");
        let definition = own.definition();
        assert_eq!(definition.entities, [expected], "{headings}");
        assert_eq!(find(&definition, "who").save_to.as_deref(), Some("person"));
    }
}

/// `tests/entities/test_create_survey.py`, `test_update_survey.py`.
#[test]
fn entities_that_cannot_be_are_told() {
    let cases = [
        ("dataset", "people", "新的一行没有 label"),
        ("dataset | label", "a.b | ${who}", "台账不能叫“a.b”"),
        ("dataset | label", "__sys | ${who}", "台账不能叫“__sys”"),
        ("dataset | label", "two words | ${who}", "台账不能叫“two words”"),
        ("dataset | update_if", "people | true()", "没有写是哪一行"),
        (
            "dataset | entity_id | create_if | label",
            "people | ${id} | true() | ${who}",
            "没有写 update_if",
        ),
        ("dataset | label", "people | ${nobody}", "没有叫“nobody”的题"),
        ("dataset | label | repeat", "people | ${tree} | r", "repeat 里要写一个重复组"),
    ];
    for (headings, values, told) in cases {
        let errors = with(headings, values).errors();
        assert!(errors.contains(told), "{values}: {errors}");
        assert!(errors.contains("entities 表第 "), "{errors}");
    }
}

/// `tests/entities/test_create_survey.py`: names of properties; `list#property` of 2025.
#[test]
fn columns_of_entities_have_names_of_their_own() {
    let saved = |save_to: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | label | save_to |\n| | text | q | Q | {save_to} |
             | entities | | |\n| | dataset | label |\n| | people | ${{q}} |"
        ))
    };
    for wrong in ["name", "Label", "__a", "two words", "$a"] {
        assert!(saved(wrong).errors().contains("台账的列不能叫"), "{wrong}");
    }
    assert_eq!(saved("people#age").form().entities[0].columns[0].0, "age");
    assert!(saved("peple#age").errors().contains("entities 表里没有台账“peple”"));
    let group = sheets(
        "| survey | | | | |\n| | type | name | label | save_to |\n| | begin group | g | G | a |\n| | text | q | Q | b |\n| | end group | | | |
         | entities | | |\n| | dataset | label |\n| | people | ${q} |",
    );
    assert!(group.errors().contains("分组不能有 save_to"));
    let alone =
        sheets("| survey | | | | |\n| | type | name | label | save_to |\n| | text | q | Q | b |");
    assert!(alone.errors().contains("entities 表里没有要存到的台账"));
}

/// `tests/entities/test_create_repeat.py`, `test_entities.py`: pyxform puts an entity where the
/// answers stand that are saved, or those that its expressions refer to.
#[test]
fn an_entity_is_a_row_of_the_repeat_that_its_answers_stand_in() {
    let table = |outer: &str, inner: &str, entities: &str| {
        sheets(&format!(
            "| survey |              |      |       |         |
             |        | type         | name | label | save_to |
             |        | text         | who  | Who   | {outer} |
             |        | begin repeat | r    | R     |         |
             |        | text         | tree | Tree  | {inner} |
             |        | text         | note | Note  |         |
             |        | end repeat   |      |       |         |
             | entities | | | |\n| | list_name | label | repeat |\n{entities}"
        ))
    };
    let repeat = |own: Sheets| own.definition().entities[0].holder.clone();
    let inside = Some("/data/r".to_owned());
    assert_eq!(repeat(table("", "kind", "| | trees | ${tree} | |")), inside);
    assert_eq!(repeat(table("", "kind", "| | trees | ${tree} | ${r} |")), Some("${r}".to_owned()));
    assert_eq!(repeat(table("", "", "| | trees | concat(${who}, ${tree}) | |")), inside);
    assert_eq!(repeat(table("person", "", "| | people | ${who} | |")), None);
    let both = table("person", "kind", "| | people | ${who} | |");
    assert!(both.errors().contains("不在同一个重复组里"), "{}", both.errors());
    let two =
        table("people#person", "trees#kind", "| | people | ${who} | |\n| | trees | ${tree} | |");
    let form = two.form();
    let columns = |at: usize| {
        form.entities[at].columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((columns(0), columns(1)), (vec!["person"], vec!["kind"]));
    let unsaid = table("person", "", "| | people | ${who} | |\n| | trees | ${tree} | |");
    assert!(unsaid.errors().contains("有几个台账，不知道“person”存到哪一个"));
    assert!(table("", "a", "| | t | ${tree} | |").errors().is_empty());
}

/// The groups, repeats and questions that `holders.txt` speaks of.
const SURVEY: [(&str, &str); 25] = [
    ("text", "q0"),
    ("begin group", "g1"),
    ("text", "q1"),
    ("begin group", "g2"),
    ("text", "q2"),
    ("end group", ""),
    ("end group", ""),
    ("begin repeat", "r1"),
    ("text", "q3"),
    ("begin group", "g3"),
    ("text", "q4"),
    ("begin group", "g4"),
    ("text", "q5"),
    ("end group", ""),
    ("end group", ""),
    ("begin repeat", "r2"),
    ("text", "q6"),
    ("end repeat", ""),
    ("end repeat", ""),
    ("begin repeat", "r3"),
    ("text", "q7"),
    ("end repeat", ""),
    ("begin group", "g5"),
    ("text", "q8"),
    ("end group", ""),
];

/// A survey in which entities save and refer to what a line of `holders.txt` says.
fn saving(entities: &[Vec<(&str, &str)>]) -> Sheets {
    let mut table = "| survey |\n| | type | name | label | save_to |\n".to_owned();
    for (kind, name) in SURVEY {
        let savers = entities.iter().position(|uses| uses.contains(&("s", name)));
        let save_to = savers.map_or(String::new(), |own| format!("e{own}#p_{name}"));
        table.push_str(&format!("| | {kind} | {name} | {name} | {save_to} |\n"));
    }
    table.push_str("| entities |\n| | list_name | label |\n");
    for (own, uses) in entities.iter().enumerate() {
        let named = uses.iter().filter(|(how, _)| *how == "r");
        let named: Vec<String> = named.map(|(_, name)| format!("${{{name}}}")).collect();
        let label = match &named[..] {
            [] => "'E'".to_owned(),
            [one] => one.clone(),
            several => format!("concat({})", several.join(", ")),
        };
        table.push_str(&format!("| | e{own} | {label} |\n"));
    }
    sheets(&table)
}

/// pyxform: `tests/entities/test_entities.py`, "Topological constraint solver regression suite", has
/// such a matrix; these lines are what pyxform itself comes to.
#[test]
fn every_entity_has_a_group_or_rows_of_its_own_as_in_pyxform() {
    let lines = include_str!("../entities/holders.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let (given, expected) = line.split_once(" => ").expect("an arrow");
        let entities = given.split('|').map(|uses| {
            uses.split_whitespace().filter_map(|use_| use_.split_once(':')).collect::<Vec<_>>()
        });
        let own = saving(&entities.collect::<Vec<_>>());
        if expected.contains("refused") {
            assert_ne!(own.errors(), "", "{line}");
            continue;
        }
        let holders = own.definition().entities.into_iter().map(|entity| entity.holder);
        let holders = holders
            .map(|holder| holder.map_or("/".to_owned(), |path| path.replacen("/data", "", 1)));
        assert_eq!(holders.collect::<Vec<_>>().join(" "), expected, "{line}");
    }
}
