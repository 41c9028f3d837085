//! No expression, however malformed or deep, panics or runs away.

mod everywhere;

use std::rc::Rc;

use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::Language;
use form::surroundings::Fixed;
use form::{Form, Session, compile};
use proptest::prelude::*;
use time::macros::datetime;

const MANY: usize = 60_000;

fn with(expression: &str) -> Result<Form, usize> {
    compile(&everywhere::everywhere(expression)).map_err(|faults| faults.len())
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

/// Nothing here is timed: with work for every pair of questions this would last for an hour.
#[test]
fn forms_of_many_questions_are_compiled_or_refused_soon() {
    let form = |calculation: &dyn Fn(usize) -> String| {
        let declare = |place: usize| Declaration {
            name: format!("question_{place}"),
            kind: DeclaredKind::Calculated,
            calculation: Some(calculation(place)),
            ..Declaration::default()
        };
        let definition = Definition {
            languages: vec![Language { name: "default".to_owned(), code: None }],
            declarations: (0..MANY).map(declare).collect(),
            ..Definition::default()
        };
        compile(&definition).map(drop).map_err(|faults| faults.len())
    };
    assert_eq!(form(&|_| "1 + 1".to_owned()), Ok(()));
    let before = |place: usize| format!("${{question_{}}}", place.saturating_sub(1));
    assert_eq!(form(&|place| if place == 0 { "1".to_owned() } else { before(place) }), Ok(()));
    let path = |place: usize| format!("/data/question_{}", place.saturating_sub(1));
    assert_eq!(form(&|place| if place == 0 { "1".to_owned() } else { path(place) }), Ok(()));
    let in_a_ring = |place: usize| format!("${{question_{}}}", (place + 1) % MANY);
    assert_eq!(form(&in_a_ring), Err(1));
    assert_eq!(form(&|place| format!("${{qeustion_{place}}}")), Err(MANY));
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
