//! An answer touches what it can reach, however large the form: counted, not timed.

use std::rc::Rc;

use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::{Language, Question};
use form::surroundings::Fixed;
use form::{Session, compile};
use time::macros::datetime;

/// A thousand numbers, ten sums of a hundred each, and their sum.
fn thousand() -> Definition {
    let name = |place: usize| format!("q{place}");
    let question = |place: usize| Declaration {
        name: name(place),
        kind: DeclaredKind::Question(Question::Integer),
        relevant: (place > 0).then(|| format!("${{{}}} < 1000", name(place - 1))),
        ..Declaration::default()
    };
    let calculated = |name: String, terms: Vec<String>| Declaration {
        name,
        kind: DeclaredKind::Calculated,
        calculation: Some(
            terms
                .iter()
                .map(|term| format!("coalesce(${{{term}}}, 0)"))
                .collect::<Vec<_>>()
                .join(" + "),
        ),
        ..Declaration::default()
    };
    let mut declarations: Vec<_> = (0..1000).map(question).collect();
    declarations.extend((0..10).map(|part| {
        calculated(format!("part{part}"), (0..100).map(|i| name(part * 100 + i)).collect())
    }));
    declarations
        .push(calculated("total".to_owned(), (0..10).map(|part| format!("part{part}")).collect()));
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations,
        ..Definition::default()
    }
}

#[test]
fn one_answer_of_a_thousand_changes_three_values() {
    let form = Rc::new(compile(&thousand()).expect("it compiles"));
    let mut session = Session::start(form, Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8))));
    let questions = session.children(session.root());
    for at in &questions[..1000] {
        session.answer(*at, "1").expect("it is a question");
    }
    assert_eq!(session.value(questions[1010]), "1000");
    let told = session.answer(questions[500], "7").expect("it is a question");
    let names: Vec<_> = told
        .iter()
        .map(|change| (session.form().node(change.at.node).name.as_str(), change.fact))
        .collect();
    assert_eq!(
        names,
        [("q500", form::Fact::Value), ("part5", form::Fact::Value), ("total", form::Fact::Value)]
    );
}

#[test]
fn one_answer_hides_all_that_follow_and_another_shows_them_again() {
    let form = Rc::new(compile(&thousand()).expect("it compiles"));
    let mut session = Session::start(form, Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8))));
    let questions = session.children(session.root());
    for at in &questions[..1000] {
        session.answer(*at, "1").expect("it is a question");
    }
    session.answer(questions[0], "1000").expect("it is a question");
    assert!(!session.is_relevant(questions[1]));
    session.answer(questions[0], "1").expect("it is a question");
    assert_eq!(session.value(questions[1010]), "1000");
}
