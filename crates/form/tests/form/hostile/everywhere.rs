//! A form with one of everything that expressions can speak of, and one expression in all the
//! places that take one, but for numbers of rows: ten thousand rows take their time with every right.
//! The fuzz target `expression` throws at it too.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, Definition, EntityDefinition,
    ListDefinition, SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};

/// The form.
pub(crate) fn everywhere(expression: &str) -> Definition {
    let some = || Some(expression.to_owned());
    let select = SelectDefinition {
        kind: SelectKind::Multiple,
        from: SelectFrom::List { list: "l".to_owned(), value: "name".to_owned(), label: None },
        filter: some(),
        shuffle: Some(some()),
    };
    let bounds = Bounds { min: 1, max: None };
    let row = Declaration {
        children: vec![
            text("x"),
            Declaration { calculation: some(), ..declare("y", DeclaredKind::Calculated) },
            Declaration { constraint: some(), required: some(), ..text("z") },
            Declaration { read_only: some(), warning: some(), ..text("v") },
            Declaration {
                default: Some(DeclaredDefault::Computed(expression.to_owned())),
                ..text("w")
            },
        ],
        ..declare("r", DeclaredKind::Repeat { bounds, initial: 2, count: None })
    };
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        lists: vec![list()],
        declarations: vec![
            text("a"),
            row,
            declare("s", DeclaredKind::Select(Box::new(select))),
            Declaration { relevant: some(), label: vec![(0, "${a}".to_owned())], ..text("g") },
            Declaration { trigger: vec!["${a}".to_owned()], calculation: some(), ..text("t") },
            Declaration { save_to: Some("p".to_owned()), ..text("e") },
        ],
        instance_name: some(),
        entities: vec![EntityDefinition {
            dataset: "d".to_owned(),
            create_if: some(),
            label: some(),
            ..EntityDefinition::default()
        }],
        ..Definition::default()
    }
}

fn declare(name: &str, kind: DeclaredKind) -> Declaration {
    Declaration { name: name.to_owned(), kind, ..Declaration::default() }
}

fn text(name: &str) -> Declaration {
    declare(name, DeclaredKind::Question(Question::Text(TextKind::Line)))
}

fn list() -> ListDefinition {
    let choice = |name: &str| ChoiceDefinition {
        label: vec![(0, name.to_owned())],
        cells: vec![name.to_owned(), "1".to_owned()],
        ..ChoiceDefinition::default()
    };
    ListDefinition {
        name: "l".to_owned(),
        columns: vec!["name".to_owned(), "n".to_owned()],
        choices: vec![choice("a"), choice("b")],
        ..ListDefinition::default()
    }
}
