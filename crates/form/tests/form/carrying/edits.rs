//! Whatever an author does to a form, every answer stands in the new one or is told.

use std::collections::BTreeMap;
use std::rc::Rc;

use form::definition::{Declaration, DeclaredKind, Definition, SelectFrom, SelectKind};
use form::model::{Kind, Question};
use form::session::{Left, Why};
use form::surroundings::Fixed;
use form::{InstanceId, Session};
use proptest::prelude::*;
use time::macros::datetime;

use super::version::{LINE, PICTURE, carried, choose, closed, group, rows, started, with_default};
use crate::household::{Deed, act, all, declare, deed, facts, household, some};

/// What an author may do to a form, at places counted in the order of the sheet.
#[derive(Clone, Debug)]
enum Edit {
    Remove(usize),
    Move(usize, usize),
    Wrap(usize),
    Ask(usize, usize),
    List(usize),
    Once(usize),
    Close(usize),
    Count(usize),
    Withdraw,
}

fn edit() -> impl Strategy<Value = Edit> {
    let any = any::<usize>;
    prop_oneof![
        any().prop_map(Edit::Remove),
        (any(), any()).prop_map(|(from, to)| Edit::Move(from, to)),
        any().prop_map(Edit::Wrap),
        (any(), any()).prop_map(|(which, kind)| Edit::Ask(which, kind)),
        any().prop_map(Edit::List),
        any().prop_map(Edit::Once),
        any().prop_map(Edit::Close),
        any().prop_map(Edit::Count),
        Just(Edit::Withdraw),
    ]
}

/// Questions and what holds them, without anything that refers to something else: whatever is taken
/// away or moved, it compiles.
fn plain(declarations: Vec<Declaration>) -> Vec<Declaration> {
    let is_asked =
        |own: &Declaration| !matches!(own.kind, DeclaredKind::Calculated | DeclaredKind::Note);
    let strip = |own: Declaration| {
        let mut kind = own.kind;
        match &mut kind {
            DeclaredKind::Select(select) if matches!(select.from, SelectFrom::Rows { .. }) => {
                kind = choose(SelectKind::Multiple, "", "jobs").kind;
            }
            DeclaredKind::Select(select) => select.filter = None,
            _ => {}
        }
        Declaration { children: plain(own.children), ..declare(&own.name, kind) }
    };
    declarations.into_iter().filter(is_asked).map(strip).collect()
}

fn count(declarations: &[Declaration]) -> usize {
    declarations.iter().map(|own| 1 + count(&own.children)).sum()
}

/// Calls `act` with the list that holds the declaration at `place`, and where in it that is.
fn within(
    declarations: &mut Vec<Declaration>,
    place: usize,
    act: &mut dyn FnMut(&mut Vec<Declaration>, usize),
) {
    let mut left = place % count(declarations).max(1);
    for own in 0..declarations.len() {
        if left == 0 {
            return act(declarations, own);
        }
        let inside = count(&declarations[own].children);
        if left <= inside {
            return within(&mut declarations[own].children, left - 1, act);
        }
        left -= 1 + inside;
    }
}

fn change(definition: &mut Definition, place: usize, change: &mut dyn FnMut(&mut Declaration)) {
    within(&mut definition.declarations, place, &mut |list, own| change(&mut list[own]));
}

fn apply(definition: &mut Definition, edit: &Edit, number: usize) {
    let kinds = |place: usize| {
        let select = |kind| choose(kind, "", "jobs").kind;
        let question = DeclaredKind::Question;
        [
            question(LINE),
            question(Question::Integer),
            question(Question::Date),
            question(PICTURE),
            select(SelectKind::One),
            select(SelectKind::Multiple),
            DeclaredKind::Note,
        ][place % 7]
            .clone()
    };
    match *edit {
        Edit::Remove(place) => within(&mut definition.declarations, place, &mut |list, own| {
            list.remove(own);
        }),
        Edit::Move(from, to) => {
            let mut moved = None;
            within(&mut definition.declarations, from, &mut |list, own| {
                moved = Some(list.remove(own));
            });
            let moved = moved.into_iter().collect::<Vec<_>>();
            if definition.declarations.is_empty() {
                return definition.declarations.extend(moved);
            }
            within(&mut definition.declarations, to, &mut |list, own| {
                let inside = match list[own].kind {
                    DeclaredKind::Group | DeclaredKind::Repeat { .. } => &mut list[own].children,
                    _ => list,
                };
                inside.extend(moved.iter().cloned());
            });
        }
        Edit::Wrap(place) => change(definition, place, &mut |own| {
            let inner = core::mem::take(own);
            *own = group(&format!("part_{number}"), vec![inner]);
        }),
        Edit::Ask(place, kind) => change(definition, place, &mut |own| {
            if own.children.is_empty() {
                own.kind = kinds(kind);
            }
        }),
        Edit::List(place) => change(definition, place, &mut |own| {
            if matches!(own.kind, DeclaredKind::Group) {
                own.kind = rows("", Some(3), Vec::new()).kind;
            }
        }),
        Edit::Once(place) => change(definition, place, &mut |own| {
            if matches!(own.kind, DeclaredKind::Repeat { .. }) {
                own.kind = DeclaredKind::Group;
            }
        }),
        Edit::Close(place) => change(definition, place, &mut |own| {
            if matches!(own.kind, DeclaredKind::Question(_)) {
                *own = closed(with_default("17", core::mem::take(own)));
            }
        }),
        Edit::Count(place) => change(definition, place, &mut |own| {
            if let DeclaredKind::Repeat { count, .. } = &mut own.kind {
                *count = some("1");
            }
        }),
        Edit::Withdraw => definition.lists[0].choices.truncate(1),
    }
}

/// The words of a value: every choice that was made, or all of it.
fn parts(session: &Session, at: InstanceId, value: &str) -> Vec<String> {
    match session.form().node(at.node).question() {
        Some(Question::SelectMultiple(_)) => value.split(' ').map(str::to_owned).collect(),
        _ => vec![value.to_owned()],
    }
}

fn in_form(definition: &Definition, deeds: &[Deed]) -> Session {
    let mut session = started(definition);
    for deed in deeds {
        act(&mut session, deed);
    }
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn carried_to_the_very_same_form_everything_is_as_it_was(deeds in prop::collection::vec(deed(), 1..25)) {
        let session = in_form(&household(), &deeds);
        let clock = Fixed::at(datetime!(2026-11-23 09:00 +8));
        let carried = session.carry(session.form().clone(), Rc::new(clock));
        prop_assert_eq!(&carried.left, &[]);
        prop_assert_eq!(carried.session.draft(), session.draft());
        let as_is: Vec<_> = all(&session).into_iter().map(|at| facts(&session, at)).collect();
        let as_carried = all(&carried.session).into_iter().map(|at| facts(&carried.session, at));
        prop_assert_eq!(as_carried.collect::<Vec<_>>(), as_is);
    }

    #[test]
    fn every_answer_stands_in_the_new_form_or_is_told(
        deeds in prop::collection::vec(deed(), 1..40),
        edits in prop::collection::vec(edit(), 1..6),
    ) {
        let declarations = plain(household().declarations);
        let old = Definition { declarations, ..household() };
        let session = in_form(&old, &deeds);
        let mut new = Definition { instance_name: None, ..old };
        for (number, edit) in edits.iter().enumerate() {
            apply(&mut new, edit, number);
        }
        let carried = carried(&session, &new);
        let mut left: BTreeMap<_, _> = BTreeMap::new();
        for one in &carried.left {
            prop_assert!(left.insert(one.at, one).is_none(), "told twice: {}", one.path);
        }
        let answered = |at: &InstanceId| {
            matches!(session.form().node(at.node).kind, Kind::Question(_)) && !session.value(*at).is_empty()
        };
        let mut homes = Vec::new();
        for at in all(&session).into_iter().filter(answered) {
            let value = session.value(at);
            let stands = carried.home(at).map(|home| (home, carried.session.value(home)));
            homes.extend(stands.map(|(home, _)| home));
            match (left.get(&at), stands) {
                (None, Some((home, stands))) => {
                    let is_same = session.form().node(at.node).question().map(core::mem::discriminant)
                        == carried.session.form().node(home.node).question().map(core::mem::discriminant);
                    prop_assert!(stands == value || (!is_same && !stands.is_empty()), "{value} became {stands}");
                }
                (Some(Left { why: Why::NotAsked, .. }), _) => {}
                (Some(Left { why: Why::NotOffered, value: lost, .. }), Some((home, stands))) => {
                    let kept = if stands.is_empty() { 0 } else { parts(&carried.session, home, stands).len() };
                    let lost = parts(&session, at, lost).len();
                    prop_assert_eq!(kept + lost, parts(&session, at, value).len());
                }
                (Some(Left { value: lost, .. }), _) => prop_assert_eq!(lost, value),
                (None, None) => prop_assert!(false, "{} is lost", value),
            }
        }
        let count = homes.len();
        homes.sort();
        homes.dedup();
        prop_assert_eq!(homes.len(), count, "two answers in one place");
    }
}
