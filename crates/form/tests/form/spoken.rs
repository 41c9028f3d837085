//! Who cannot write speaks, and no rule about words stands in the way.

use std::rc::Rc;

use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::{Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{InstanceId, Problem, Session, compile, spoken};
use time::macros::datetime;

/// Asks a name of letters only, and how many.
fn session() -> Session {
    let declared = |name: &str, question, constraint: Option<&str>| Declaration {
        name: name.to_owned(),
        kind: DeclaredKind::Question(question),
        required: Some("true()".to_owned()),
        constraint: constraint.map(str::to_owned),
        ..Declaration::default()
    };
    let definition = Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations: vec![
            declared("name", Question::Text(TextKind::Line), Some("regex(., '^[^0-9]+$')")),
            declared("count", Question::Integer, None),
        ],
        ..Definition::default()
    };
    let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
    Session::start(Rc::new(compile(&definition).expect("there")), surroundings)
}

fn at(session: &Session, name: &str) -> InstanceId {
    session.nearest(session.root(), session.form().find(name).expect("there")).expect("there")
}

#[test]
fn a_name_may_be_spoken_and_its_recording_belongs_to_the_answers() {
    let mut session = session();
    let name = at(&session, "name");
    session.answer(name, "7").expect("there");
    assert_eq!(session.problem(name), Some(Problem::Unfit));
    session.answer(name, &spoken::value("0198-a.weba")).expect("there");
    assert_eq!(session.problem(name), None);
    assert_eq!(session.files(name), ["0198-a.weba"]);
}

#[test]
fn a_number_is_not_spoken_and_what_only_begins_like_it_is_text() {
    let mut session = session();
    let (name, count) = (at(&session, "name"), at(&session, "count"));
    session.answer(count, &spoken::value("0198-a.weba")).expect("there");
    assert_eq!(session.problem(count), Some(Problem::NotOfItsType));
    session.answer(name, "spoken:张三 7").expect("there");
    assert_eq!(session.problem(name), Some(Problem::Unfit));
    assert!(session.files(name).is_empty());
}
