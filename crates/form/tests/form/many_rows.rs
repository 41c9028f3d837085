//! However many rows a form or a stranger's answers ask for, there are only as many as a phone can
//! hold.

use std::rc::Rc;

use form::answers::{Answers, Content, Entry};
use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::{Bounds, Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{Form, InstanceId, Problem, Refusal, Session, compile};
use time::macros::datetime;

const TEN_THOUSAND: usize = 10_000;

fn text(name: &str) -> Declaration {
    let kind = DeclaredKind::Question(Question::Text(TextKind::Line));
    Declaration { name: name.to_owned(), kind, ..Declaration::default() }
}

fn repeat(name: &str, min: u32, count: Option<&str>, children: Vec<Declaration>) -> Declaration {
    let bounds = Bounds { min, max: None };
    let kind = DeclaredKind::Repeat { bounds, initial: min, count: count.map(str::to_owned) };
    Declaration { name: name.to_owned(), kind, children, ..Declaration::default() }
}

fn form(declarations: Vec<Declaration>) -> Rc<Form> {
    let definition = Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations,
        ..Definition::default()
    };
    Rc::new(compile(&definition).expect("it compiles"))
}

fn surroundings() -> Rc<Fixed> {
    Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)))
}

fn start(declarations: Vec<Declaration>) -> Session {
    Session::start(form(declarations), surroundings())
}

fn first(session: &Session, above: InstanceId) -> InstanceId {
    session.children(above)[0]
}

/// getodk/collect#6283: a form that began with five thousand rows hung.
#[test]
fn a_form_that_begins_with_four_billion_rows_begins_with_ten_thousand() {
    let mut session = start(vec![repeat("r", u32::MAX, None, vec![text("a")])]);
    let repeat = first(&session, session.root());
    assert_eq!(session.rows(repeat).len(), TEN_THOUSAND);
    assert_eq!(session.problem(repeat), Some(Problem::TooFewRows(u32::MAX)));
    assert_eq!(session.add_row(repeat), Err(Refusal::Full));
    let last = session.rows(repeat)[TEN_THOUSAND - 1];
    session.remove_row(last).expect("it is there");
    session.add_row(repeat).expect("there is room for one");
}

#[test]
fn rows_in_rows_are_no_more_than_there_is_room_for() {
    let many = Some("9999999");
    let innermost = repeat("c", 0, many, vec![text("a")]);
    let session = start(vec![repeat("a", 0, many, vec![repeat("b", 0, many, vec![innermost])])]);
    let outermost = first(&session, session.root());
    assert_eq!(session.rows(outermost).len(), TEN_THOUSAND);
    let inner = session.rows(outermost).into_iter().map(|row| first(&session, row));
    let all: usize = inner.map(|inner| session.rows(inner).len()).sum();
    assert!((1..=50_000).contains(&all), "{all}");
}

#[test]
fn rows_that_come_and_go_by_their_own_count_come_to_an_end() {
    let count = "if(count(${a}) > 0, 0, 10000)";
    let session = start(vec![repeat("r", 0, Some(count), vec![text("a")])]);
    assert!(session.rows(first(&session, session.root())).len() <= TEN_THOUSAND);
}

#[test]
fn rows_of_a_stranger_that_have_no_room_are_left_over() {
    let entry = |name: &str, content| Entry { name: name.to_owned(), content };
    let row = Answers(vec![entry("a", Content::Value("x".to_owned()))]);
    let answers = Answers(vec![entry("r", Content::Rows(vec![row; TEN_THOUSAND + 2]))]);
    let form = form(vec![repeat("r", 0, None, vec![text("a")])]);
    let (session, leftovers) = Session::resume(form, surroundings(), &answers);
    assert_eq!(leftovers, ["r[10001]"]);
    assert_eq!(session.rows(first(&session, session.root())).len(), TEN_THOUSAND);
}
