//! No expression, however malformed or deep, panics or runs away.

use std::rc::Rc;

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, ListDefinition, SelectDefinition,
    SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{Form, Session, compile};
use proptest::prelude::*;
use time::macros::datetime;

fn declare(name: &str, kind: DeclaredKind) -> Declaration {
    Declaration { name: name.to_owned(), kind, ..Declaration::default() }
}

/// A form with one of everything that expressions can speak of, and the expression in many places.
fn with(expression: &str) -> Result<Form, usize> {
    let text = |name: &str| declare(name, DeclaredKind::Question(Question::Text(TextKind::Line)));
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
        ],
        ..declare("r", DeclaredKind::Repeat { bounds, initial: 2, count: None })
    };
    let choice = |name: &str| ChoiceDefinition {
        label: vec![(0, name.to_owned())],
        cells: vec![name.to_owned(), "1".to_owned()],
        ..ChoiceDefinition::default()
    };
    let definition = Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        lists: vec![ListDefinition {
            name: "l".to_owned(),
            columns: vec!["name".to_owned(), "n".to_owned()],
            choices: vec![choice("a"), choice("b")],
            ..ListDefinition::default()
        }],
        declarations: vec![
            text("a"),
            row,
            declare("s", DeclaredKind::Select(Box::new(select))),
            Declaration { relevant: some(), label: vec![(0, "${a}".to_owned())], ..text("g") },
            Declaration { trigger: vec!["${a}".to_owned()], calculation: some(), ..text("t") },
        ],
        ..Definition::default()
    };
    compile(&definition).map_err(|faults| faults.len())
}

fn play(form: Form) {
    let bytes = form.to_bytes();
    assert_eq!(Form::from_bytes(&bytes).as_ref(), Ok(&form), "it is written as it is");
    let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
    let mut session = Session::start(Rc::new(form), surroundings);
    let a = session.children(session.root())[0];
    for value in ["1", "a b", ""] {
        session.answer(a, value).expect("a question");
    }
    let repeat = session.children(session.root())[1];
    session.add_row(repeat).expect("there is room");
    session.speak(0);
    session.tick();
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "${a}",
        "${x}",
        "${y}",
        "${r}",
        "${s}",
        "${r}[",
        "]",
        "(",
        ")",
        ",",
        "/",
        "//",
        ".",
        "..",
        "*",
        "+",
        "-",
        " div ",
        " mod ",
        "|",
        "=",
        "!=",
        "<",
        ">=",
        " and ",
        " or ",
        "1",
        "0",
        "-1",
        "99999999999999999999",
        ".5",
        "'a'",
        "''",
        "'2026-11-23'",
        "name",
        "n",
        "x",
        "/data/r/x",
        "../x",
        "current()",
        "position()",
        "position(..)",
        "last()",
        "instance('l')/root/item[",
        "concat(",
        "sum(",
        "count(",
        "if(",
        "once(",
        "selected(",
        "substr(",
        "round(",
        "random()",
        "randomize(",
        "today()",
        "now()",
        "regex(., '[a-z]*')",
        "jr:choice-name(",
        "'${s}'",
        "indexed-repeat(",
        "pow(",
        "date(",
        "format-date(",
        "'%Y%'",
        "area(",
        "digest(",
        "true()",
        "checklist(",
        "translate(",
        "join(",
        "min(",
        "pulldata('l', 'n', 'name', ",
        "uuid(",
        "$",
        "\"",
        "王",
        "\u{0}",
        "self::",
        "child::x",
        "::",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn soups_of_pieces_do_no_harm(pieces in prop::collection::vec(piece(), 1..12)) {
        if let Ok(form) = with(&pieces.concat()) {
            play(form);
        }
    }

    #[test]
    fn any_text_does_no_harm(text in "\\PC{0,40}") {
        if let Ok(form) = with(&text) {
            play(form);
        }
    }
}

#[test]
fn depth_is_refused_and_length_is_not() {
    for (open, close) in [("(", ")"), ("not(", ")"), ("-", ""), ("${r}[", "]"), ("concat(", ")")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(with(&deep).is_err(), "{open}");
    }
    let long = vec!["1"; 20_000].join(" + ");
    play(with(&long).expect("a long sum is no deep one"));
    let many = "${a} or ".repeat(5_000) + "true()";
    play(with(&many).expect("neither is a long list"));
}
