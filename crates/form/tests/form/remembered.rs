//! What was answered the last time, in a form that has changed since.

use std::rc::Rc;

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, Definition, ListDefinition,
    SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Language, Question};
use form::surroundings::Fixed;
use form::{Moment, Problem, Session, Surroundings, compile};
use time::macros::datetime;

/// Whoever answered every question with the same, the last time.
struct Before(Fixed, &'static str);

impl Surroundings for Before {
    fn now(&self) -> Moment {
        self.0.now()
    }

    fn random(&self) -> [u8; 16] {
        self.0.random()
    }

    fn last_saved(&self, _: &str) -> Option<String> {
        Some(self.1.to_owned())
    }
}

/// Water, a number of people and a day, each as it was the last time.
fn definition() -> Definition {
    let from = SelectFrom::List { list: "water".to_owned(), value: "name".to_owned(), label: None };
    let select = SelectDefinition { kind: SelectKind::One, from, filter: None, shuffle: None };
    let asked = |name: &str, kind| Declaration {
        name: name.to_owned(),
        kind,
        default: Some(DeclaredDefault::Computed(format!("instance('__last-saved')/data/{name}"))),
        ..Declaration::default()
    };
    let tap = ChoiceDefinition { cells: vec!["tap".to_owned()], ..ChoiceDefinition::default() };
    let water = ListDefinition {
        columns: vec!["name".to_owned()],
        choices: vec![tap],
        ..ListDefinition::default()
    };
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations: vec![
            asked("drinks", DeclaredKind::Select(Box::new(select))),
            asked("people", DeclaredKind::Question(Question::Integer)),
            asked("since", DeclaredKind::Question(Question::Date)),
        ],
        lists: vec![water.called("water")],
        ..Definition::default()
    }
}

/// getodk/web-forms#306: an answer that was remembered and did not fit any more kept people from
/// opening the form, until they cleared what the browser had stored.
#[test]
fn what_is_remembered_and_does_not_fit_any_more_keeps_nobody_from_the_form() {
    let form = Rc::new(compile(&definition()).expect("it compiles"));
    let now = Fixed::at(datetime!(2026-11-23 09:00 +8));
    for remembered in ["well", "many", "1e999", "2026-02-30", " ", "\u{0}", "]]>&lt;"] {
        let mut session = Session::start(Rc::clone(&form), Rc::new(Before(now, remembered)));
        let questions = session.children(session.root());
        for (at, answer) in questions.iter().zip(["tap", "4", "2026-02-28"]) {
            let (value, problem) = (session.value(*at).to_owned(), session.problem(*at));
            assert!(value.is_empty() || problem == Some(Problem::NotOfItsType), "{value:?}");
            session.answer(*at, answer).expect("it is asked like any other");
            assert_eq!(session.problem(*at), None, "{remembered:?}");
        }
        assert_eq!(session.problems(), []);
    }
}
