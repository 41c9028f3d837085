//! Choices that people fill in themselves.

use std::rc::Rc;

use form::definition::{
    Declaration, DeclaredKind, Definition, SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{Change, Fact, InstanceId, Session, compile};
use time::macros::datetime;

fn declared(name: &str, kind: DeclaredKind) -> Declaration {
    Declaration { name: name.to_owned(), kind, ..Declaration::default() }
}

fn text(name: &str) -> Declaration {
    declared(name, DeclaredKind::Question(Question::Text(TextKind::Line)))
}

/// People with a code and a name, of whom one is chosen by the code and called by the name.
fn session() -> Session {
    let people =
        DeclaredKind::Repeat { bounds: Bounds { min: 0, max: None }, initial: 2, count: None };
    let name = Declaration { relevant: Some("${named} = ''".to_owned()), ..text("who") };
    let from = SelectFrom::Rows { value: "${code}".to_owned(), label: Some("${who}".to_owned()) };
    let select = SelectDefinition { kind: SelectKind::One, from, filter: None, shuffle: None };
    let head = declared("head", DeclaredKind::Select(Box::new(select)));
    let called = Declaration {
        calculation: Some("jr:choice-name(${head}, '${head}')".to_owned()),
        ..declared("called", DeclaredKind::Calculated)
    };
    let people = Declaration { children: vec![text("code"), name], ..declared("m", people) };
    let definition = Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations: vec![text("named"), people, head, called],
        ..Definition::default()
    };
    let form = compile(&definition).expect("a form");
    Session::start(Rc::new(form), Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8))))
}

fn named(session: &Session, around: InstanceId, name: &str) -> InstanceId {
    let mut children = session.children(around).into_iter();
    children.find(|at| session.form().node(at.node).name == name).expect("a node of that name")
}

fn set(session: &mut Session, around: InstanceId, name: &str, value: &str) -> Vec<Change> {
    let at = named(session, around, name);
    session.answer(at, value).expect("it can be answered")
}

#[test]
fn a_row_is_stored_by_one_answer_and_called_by_another() {
    let mut session = session();
    let root = session.root();
    let rows = session.rows(named(&session, root, "m"));
    let head = named(&session, root, "head");
    for (row, code, name) in [(rows[0], "a", "Ann"), (rows[1], "b", "Bob")] {
        set(&mut session, row, "code", code);
        set(&mut session, row, "who", name);
    }
    let offered = |session: &Session| {
        let choices = session.choices(head).into_iter();
        let told = |choice| {
            format!("{} {}", session.choice_name(head, choice), session.choice_label(head, choice))
        };
        choices.map(told).collect::<Vec<_>>()
    };
    assert_eq!(offered(&session), ["a Ann", "b Bob"]);
    set(&mut session, root, "head", "b");
    assert_eq!(session.value(named(&session, root, "called")), "Bob");

    let changes = set(&mut session, rows[1], "who", "Bert");
    assert!(changes.contains(&Change { at: head, fact: Fact::Choices }));
    assert_eq!(offered(&session), ["a Ann", "b Bert"]);
    assert_eq!(session.value(head), "b");
    assert_eq!(session.value(named(&session, root, "called")), "Bert");

    // A name that is not asked is not told.
    set(&mut session, root, "named", "no");
    assert_eq!(offered(&session), ["a a", "b b"]);
    assert_eq!(session.value(head), "b");
}
