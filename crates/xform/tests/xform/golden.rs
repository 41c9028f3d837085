//! Whole forms, to be looked at; and that they do what they did.

use std::rc::Rc;

use form::surroundings::Fixed;
use form::{InstanceId, Session};
use proptest::prelude::*;
use time::macros::datetime;

use crate::forms;

#[test]
fn rules_look_like_pyxforms() {
    insta::assert_snapshot!(xform::write(&forms::rules()));
}

#[test]
fn rows_look_like_pyxforms() {
    insta::assert_snapshot!(xform::write(&forms::rows()));
}

#[test]
fn languages_look_like_pyxforms() {
    insta::assert_snapshot!(xform::write(&forms::languages()));
}

#[test]
fn choices_look_like_pyxforms() {
    insta::assert_snapshot!(xform::write(&forms::choices()));
}

#[test]
fn entities_look_like_pyxforms() {
    insta::assert_snapshot!(xform::write(&forms::entities()));
}

/// A form as it was declared and as it was read again, filled in side by side.
struct Pair(Session, Session);

impl Pair {
    fn of(definition: &form::definition::Definition) -> Self {
        let world = Rc::new(Fixed::at(datetime!(2026-05-01 08:00 +8)));
        let start = |definition: &form::definition::Definition| {
            let form = form::compile(definition).expect("a form");
            Session::start(Rc::new(form), world.clone())
        };
        let mut again = xform::read(&xform::write(definition)).expect("a form");
        for file in &again.attached {
            let own = definition.lists.iter().find(|list| list.name == file.list);
            let list = again.definition.lists.iter_mut().find(|list| list.name == file.list);
            list.expect("a list").clone_from(own.expect("the file's list"));
        }
        let again = again.definition;
        Self(start(definition), start(&again))
    }

    fn each(&mut self, mut act: impl FnMut(&mut Session) -> String) {
        assert_eq!(act(&mut self.0), act(&mut self.1));
        assert_eq!(self.0.draft(), self.1.draft());
        assert_eq!(self.0.answers(), self.1.answers());
        let entities = |session: &Session| session.entities(&mut |at| format!("new {at}"));
        assert_eq!(entities(&self.0), entities(&self.1));
        assert_eq!(facts(&self.0), facts(&self.1));
    }
}

/// All instances, from the top.
fn instances(session: &Session) -> Vec<InstanceId> {
    let mut all = vec![session.root()];
    let mut next = 0;
    while let Some(at) = all.get(next).copied() {
        all.extend(session.children(at));
        all.extend(session.rows(at));
        next += 1;
    }
    all
}

/// What people see of each.
fn facts(session: &Session) -> Vec<String> {
    let facts = instances(session).into_iter().map(|at| {
        format!(
            "{} {:?} {:?} {:?} {:?} {} {} {:?} {:?}",
            session.form().path(at.node),
            session.label(at),
            session.hint(at),
            session.problem(at),
            session.message(at),
            session.is_relevant(at),
            session.is_read_only(at),
            session.warning_message(at),
            session.choices(at),
        )
    });
    facts.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_was_read_behaves_as_what_was_written(
        which in 0usize..6,
        deeds in prop::collection::vec((any::<prop::sample::Index>(), 0usize..8, 0usize..12), 1..25),
    ) {
        let values = ["", "1", "2", "red", "apple", "x", "王", "150", "-3", "lemon", "true", "2026-05-01"];
        let all = [forms::all(), vec![forms::choices()]].concat();
        let mut pair = Pair::of(&all[which]);
        for (place, deed, value) in deeds {
            pair.each(|session| {
                let all = instances(session);
                let at = all[place.index(all.len())];
                match deed {
                    0 => format!("{:?}", session.add_row(at)),
                    1 => format!("{:?}", session.remove_row(at)),
                    _ => format!("{:?}", session.answer(at, values[value])),
                }
            });
        }
    }
}
