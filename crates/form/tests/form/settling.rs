//! Whatever a person does, the facts are what they would be had everything been worked out anew,
//! and every fact that changed is told.

use std::collections::BTreeSet;
use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Change, Fact, Session, compile};
use proptest::prelude::*;
use time::macros::datetime;

use crate::household::{act, all, deed, facts, household};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn facts_are_as_if_worked_out_anew_and_every_change_is_told(deeds in prop::collection::vec(deed(), 1..25)) {
        let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
        let mut session = Session::start(Rc::new(compile(&household()).expect("the household compiles")), surroundings.clone());
        for deed in &deeds {
            let before: Vec<_> = all(&session).into_iter().map(|at| (at, facts(&session, at))).collect();
            let told: BTreeSet<Change> = act(&mut session, deed).into_iter().collect();
            let there: BTreeSet<_> = all(&session).into_iter().collect();
            for (at, old) in before.into_iter().filter(|(at, _)| there.contains(at)) {
                for ((fact, was), (_, is)) in old.into_iter().zip(facts(&session, at)) {
                    let change = Change { at, fact };
                    prop_assert!(was == is || told.contains(&change), "{deed:?} did not tell {change:?}: {was} -> {is}");
                    prop_assert!(was != is || !told.contains(&change) || fact == Fact::Texts || fact == Fact::Rows, "{deed:?} told {change:?}: still {is}");
                }
            }
            let (anew, leftovers) = Session::resume(session.form().clone(), surroundings.clone(), &session.draft());
            prop_assert!(leftovers.is_empty());
            let as_is: Vec<_> = all(&session).into_iter().map(|at| facts(&session, at)).collect();
            let as_new: Vec<_> = all(&anew).into_iter().map(|at| facts(&anew, at)).collect();
            prop_assert_eq!(as_is, as_new);
        }
    }

    #[test]
    fn going_back_brings_back_every_fact_of_every_instance(
        first in prop::collection::vec(deed(), 0..15),
        then in prop::collection::vec(deed(), 1..15),
        last in prop::collection::vec(deed(), 0..8),
    ) {
        let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
        let form = Rc::new(compile(&household()).expect("the household compiles"));
        let mut session = Session::start(form, surroundings.clone());
        let everything = |session: &Session| -> Vec<_> {
            all(session).into_iter().map(|at| (at, facts(session, at))).collect()
        };
        first.iter().for_each(|deed| { act(&mut session, deed); });
        let (before, was) = (session.snapshot(), everything(&session));
        then.iter().for_each(|deed| { act(&mut session, deed); });
        let gone = all(&session);
        session.go_back(before);
        prop_assert_eq!(everything(&session), was);

        // Rows that came meanwhile are never taken for new ones.
        let known: BTreeSet<_> = all(&session).into_iter().collect();
        let gone: Vec<_> = gone.into_iter().filter(|at| !known.contains(at)).collect();
        last.iter().for_each(|deed| { act(&mut session, deed); });
        let there: BTreeSet<_> = all(&session).into_iter().collect();
        prop_assert!(gone.iter().all(|at| !there.contains(at)));
        let (anew, _) = Session::resume(session.form().clone(), surroundings, &session.draft());
        prop_assert_eq!(session.draft(), anew.draft());
    }
}
