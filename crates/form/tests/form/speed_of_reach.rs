//! An answer touches what it can reach, however large the form: counted, not timed.

use std::cell::Cell;
use std::rc::Rc;

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, ListDefinition, SelectDefinition,
    SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question};
use form::surroundings::Fixed;
use form::{Moment, Session, Surroundings, compile};
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

/// Rows with a number, its double, a list that it filters, and the sum of all.
fn rows() -> Definition {
    let calculated = |name: &str, calculation: &str| Declaration {
        name: name.to_owned(),
        kind: DeclaredKind::Calculated,
        calculation: Some(calculation.to_owned()),
        ..Declaration::default()
    };
    let number = Declaration {
        name: "n".to_owned(),
        kind: DeclaredKind::Question(Question::Integer),
        ..Declaration::default()
    };
    let from = SelectFrom::List { list: "few".to_owned(), value: "name".to_owned(), label: None };
    let filter = Some("name < ${n}".to_owned());
    let select = SelectDefinition { kind: SelectKind::One, from, filter, shuffle: None };
    let select = Declaration {
        name: "one".to_owned(),
        kind: DeclaredKind::Select(Box::new(select)),
        ..Declaration::default()
    };
    let choice =
        |name: u32| ChoiceDefinition { cells: vec![name.to_string()], ..Default::default() };
    let few = ListDefinition {
        columns: vec!["name".to_owned()],
        choices: (0..9).map(choice).collect(),
        ..ListDefinition::default()
    };
    let bounds = Bounds { min: 0, max: None };
    let repeat = Declaration {
        name: "row".to_owned(),
        kind: DeclaredKind::Repeat { bounds, initial: 0, count: None },
        children: vec![number, calculated("double", "${n} * 2 + 0 * random()"), select],
        ..Declaration::default()
    };
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations: vec![repeat, calculated("total", "sum(${double})")],
        lists: vec![few.called("few")],
        ..Definition::default()
    }
}

/// Counts how often a row's double is worked out: each time it draws a number by chance.
struct Counting {
    now: Fixed,
    worked_out: Cell<usize>,
}

impl Surroundings for Counting {
    fn now(&self) -> Moment {
        self.now.now()
    }

    fn random(&self) -> [u8; 16] {
        self.worked_out.update(|times| times + 1);
        self.now.random()
    }
}

/// kobotoolbox/enketo-express#806, kobotoolbox/enketo-express#807, enketo/enketo#238,
/// medic/cht-docs#308: each row that was added took longer than the one before, until the form hung.
/// getodk/collect#7309: rows with lists that each filtered froze it.
#[test]
fn the_thousandth_row_reaches_no_more_than_the_second() {
    let form = Rc::new(compile(&rows()).expect("it compiles"));
    let now = Fixed::at(datetime!(2026-11-23 09:00 +8));
    let counting = Rc::new(Counting { now, worked_out: Cell::default() });
    let mut session = Session::start(form, counting.clone());
    let repeat = session.children(session.root())[0];
    let mut reached = Vec::new();
    for _ in 0..1_000 {
        let (row, added) = session.add_row(repeat).expect("there is room");
        let number = session.children(row)[0];
        let answered = session.answer(number, "3").expect("it is a question");
        reached.push((added.len(), answered.len(), counting.worked_out.take()));
    }
    assert_eq!(session.value(session.children(session.root())[1]), "6000");
    let (_, told, worked_out) = reached[1];
    assert_eq!((told, worked_out), (4, 2), "number, double, choices and sum; once empty, once not");
    assert!(reached[1..].iter().all(|row| *row == reached[1]), "{reached:?}");
}
