//! Anybody does anything at any time, under any workflow that nothing is wrong with.

use casework::check::faults;
use casework::{
    Act, By, Case, Ending, Event, Grounds, Happened, Outcome, Place, Record, StageId, Tie, To,
    Work, Workflow,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use time::Duration;

use crate::township::*;

/// What is done next.
#[derive(Clone, Debug)]
enum Deed {
    /// Somebody does something.
    Act(By, Act),
    /// So many hours pass.
    Wait(i64),
}

fn any_by() -> impl Strategy<Value = By> {
    let accounts: Vec<String> =
        organisation().people.into_iter().map(|person| person.account).collect();
    prop_oneof![1 => Just(By::Applicant), 8 => select(accounts).prop_map(By::Person)]
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 6 => Just("说清楚了".to_owned())]
}

fn any_record() -> impl Strategy<Value = Record> {
    prop_oneof![
        4 => any_words().prop_map(Record::Words),
        3 => Just(visit()),
        3 => (0..9_u16, 0..9_u16, any_words())
            .prop_map(|(present, agreed, words)| Record::Votes { present, agreed, words }),
        1 => any_words().prop_map(Record::Document),
        1 => Just(Record::Silence),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    let until = || (-24..600_i64).prop_map(|hours| MONDAY + Duration::hours(hours));
    let traits = prop_oneof![Just(Vec::new()), Just(vec!["kin".to_owned()])];
    prop_oneof![
        12 => (select(Outcome::ALL.to_vec()), any_record())
            .prop_map(|(outcome, record)| Act::Work { outcome, record }),
        1 => (any_words(), until()).prop_map(|(words, until)| Act::Return { words, until }),
        1 => Just(Act::Settle),
        1 => (any_words(), until()).prop_map(|(words, until)| Act::TakeIncomplete { words, until }),
        2 => Just(Act::HangOut),
        1 => any_words().prop_map(|words| Act::Object { words }),
        1 => (select(Grounds::ALL.to_vec()), any_words(), until())
            .prop_map(|(grounds, words, until)| Act::Pause { grounds, words, until }),
        1 => Just(Act::GoOn),
        1 => any_words().prop_map(|words| Act::Extend { words }),
        1 => (select(vec!["gg", "ny"]), any_words())
            .prop_map(|(office, words)| Act::PassOn { office: office.to_owned(), words }),
        1 => any_words().prop_map(|to| Act::Join { to }),
        1 => any_words().prop_map(|words| Act::Stop { words }),
        2 => traits.prop_map(|traits| Act::Supplement { traits }),
        1 => any_words().prop_map(|words| Act::Withdraw { words }),
        1 => any_words().prop_map(|words| Act::BringIn { words }),
        1 => any_words().prop_map(|words| Act::Appeal { words }),
        2 => (select(Tie::ALL.to_vec()), any_words())
            .prop_map(|(tie, words)| Act::Recuse { tie, words }),
    ]
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        5 => (any_by(), any_act()).prop_map(|(by, act)| Deed::Act(by, act)),
        1 => (0..200_i64).prop_map(Deed::Wait),
    ]
}

/// One of the two workflows, changed here and there: as long as nothing is wrong with it, it is as good
/// as any that a township writes.
fn any_workflow() -> impl Strategy<Value = Workflow> {
    let change = (any::<Index>(), any::<Index>(), any::<Index>(), 0..5_u8);
    (any::<bool>(), prop::collection::vec(change, 0..4)).prop_map(|(is_repair, changes)| {
        let sound = if is_repair { repair() } else { allowance() };
        let mut workflow = sound.clone();
        for (stage, next, to, kind) in changes {
            let before = workflow.clone();
            let all = workflow.stages.len();
            let stage = &mut workflow.stages[stage.index(all)];
            match kind {
                0 | 1 => {
                    let place = next.index(stage.next.len());
                    stage.next[place].to = To::Stage(StageId(to.index(all) as u8));
                }
                2 => {
                    let place = next.index(stage.next.len());
                    let ending = [Ending::Finished, Ending::Refused][to.index(2)];
                    stage.next[place].to = To::End(ending);
                }
                3 => stage.stops_clocks = !stage.stops_clocks,
                _ => stage.limit = None,
            }
            if !faults(&workflow).is_empty() {
                workflow = before;
            }
        }
        workflow
    })
}

/// What must hold after everything that happens.
fn holds(scene: &Scene) -> Result<(), TestCaseError> {
    let Scene { workflow, calendar, case, events, now, .. } = scene;
    let folded = Case::fold(workflow, events).expect("what happened can be read");
    prop_assert_eq!(&folded, case, "it is the fold of its events");
    prop_assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at), "one after the other");
    if case.stage().is_some() {
        let clocks = case.clocks(workflow, calendar, *now);
        let runs = |clock: &casework::Clock| !matches!(clock.running, casework::Running::Ended(_));
        let is_silence_told = case
            .stage()
            .and_then(|id| workflow.stage(id))
            .is_some_and(|stage| matches!(stage.work, Work::Confirmation { .. }));
        prop_assert!(clocks.iter().any(runs) || is_silence_told, "some limit runs");
    }
    prop_assert_eq!(case.lamp, case.lamp_at(workflow, calendar, *now), "the right lamp is lit");
    nobody_does_what_they_keep_out_of(events)?;
    nobody_did_two_duties(workflow, events)
}

fn nobody_does_what_they_keep_out_of(events: &[Event]) -> Result<(), TestCaseError> {
    let mut out: Vec<&String> = Vec::new();
    for event in events {
        let By::Person(account) = &event.by else { continue };
        prop_assert!(!out.contains(&account), "{} keeps out of it", account);
        match &event.what {
            Happened::Worked { record: Record::Visit { people, .. }, .. } => {
                let kept = people.iter().all(|person| !out.contains(&person));
                prop_assert!(kept, "{:?} went along", people);
            }
            Happened::Recused { .. } => out.push(account),
            _ => {}
        }
    }
    Ok(())
}

fn nobody_did_two_duties(workflow: &Workflow, events: &[Event]) -> Result<(), TestCaseError> {
    let is_decision = |id: StageId| workflow.stage(id).unwrap().work == Work::Decision;
    let mut worked: Vec<(StageId, &String)> = Vec::new();
    let mut decided_before: Vec<&String> = Vec::new();
    for event in events {
        match (&event.what, &event.by) {
            (Happened::Worked { stage, record, .. }, By::Person(account)) => {
                let is_another = !is_decision(*stage) || !decided_before.contains(&account);
                prop_assert!(is_another, "{} decided it before", account);
                for (other, another) in &worked {
                    let is_kept = *another != account || !workflow.are_apart(*stage, *other);
                    prop_assert!(is_kept, "{} worked {:?} and {:?}", account, stage, other);
                }
                worked.push((*stage, account));
                if let Record::Visit { people, .. } = record {
                    let kept = worked.iter().all(|(other, another)| {
                        !people.contains(another) || !workflow.are_apart(*stage, *other)
                    });
                    prop_assert!(kept, "{:?} went along", people);
                    worked.extend(people.iter().map(|person| (*stage, person)));
                }
            }
            (Happened::Appealed { .. }, _) => {
                let decided = worked.iter().filter(|(stage, _)| is_decision(*stage));
                decided_before = decided.map(|(_, account)| *account).collect();
            }
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_no_case_is_ever_in_a_wrong_state(
        workflow in any_workflow(),
        is_kin in any::<bool>(),
        deeds in prop::collection::vec(any_deed(), 0..120),
    ) {
        let traits: &[&str] = if is_kin { &["kin"] } else { &[] };
        let mut scene = Scene::of(workflow, traits);
        for deed in deeds {
            match deed {
                // What is refused changes nothing; what is not can be applied, or `does` would panic.
                Deed::Act(by, act) => drop(scene.does(by, act)),
                Deed::Wait(hours) => drop(scene.waits_until(scene.now + Duration::hours(hours))),
            }
            scene.waits_until(scene.now);
            holds(&scene)?;
        }
    }

    /// A case that everybody wants to see ended is ended, whatever was done to it before.
    #[test]
    fn no_case_is_ever_stuck(
        workflow in any_workflow(),
        deeds in prop::collection::vec(any_deed(), 0..60),
    ) {
        let mut scene = Scene::of(workflow, &[]);
        for deed in deeds {
            match deed {
                Deed::Act(by, act) => drop(scene.does(by, act)),
                Deed::Wait(hours) => drop(scene.waits_until(scene.now + Duration::hours(hours))),
            }
            scene.waits_until(scene.now);
        }
        prop_assert!(is_brought_to_an_end(&mut scene), "{:?}", scene.case);
    }
}

/// Day by day, somebody does what brings the case nearest to its end.
fn is_brought_to_an_end(scene: &mut Scene) -> bool {
    for _ in 0..100 {
        if matches!(scene.case.place, Place::Over(..)) {
            return true;
        }
        let _ = scene.does(By::Applicant, Act::Supplement { traits: Vec::new() });
        if !is_brought_on(scene) {
            scene.waits_until(scene.now + Duration::DAY);
        }
    }
    false
}

/// Whether anybody can do anything that leads to the end.
fn is_brought_on(scene: &mut Scene) -> bool {
    let records = [
        words("说清楚了"),
        visit(),
        visit_of(["handler_too", "window"]),
        Record::Votes { present: 9, agreed: 9, words: String::new() },
        Record::Votes { present: 9, agreed: 0, words: "大家说不困难".to_owned() },
        Record::Document("1".to_owned()),
    ];
    let people: Vec<String> =
        scene.organisation.people.iter().map(|person| person.account.clone()).collect();
    let work = nearest(scene).into_iter().flat_map(|outcome| {
        records.iter().map(move |record| Act::Work { outcome, record: record.clone() })
    });
    let acts: Vec<Act> = [Act::HangOut, Act::Settle].into_iter().chain(work).collect();
    acts.iter().any(|act| people.iter().any(|account| scene.person(account, act.clone()).is_ok()))
}

/// The outcomes of its stage that lead to the fewest stages more, the best first.
fn nearest(scene: &Scene) -> Vec<Outcome> {
    let Some(stage) = scene.case.stage().and_then(|id| scene.workflow.stage(id)) else {
        return Vec::new();
    };
    let mut outcomes: Vec<(usize, Outcome)> = stage
        .work
        .outcomes()
        .iter()
        .filter(|outcome| is_onward(**outcome))
        .map(|outcome| (distance(scene, stage.after(*outcome, &scene.case.traits)), *outcome))
        .collect();
    outcomes.sort();
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn is_onward(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::SentBack | Outcome::Disputed)
}

fn distance(scene: &Scene, to: Option<To>) -> usize {
    let mut at: Vec<StageId> = match to {
        Some(To::Stage(id)) => vec![id],
        Some(To::End(_)) => return 0,
        None => return usize::MAX,
    };
    for steps in 1..=scene.workflow.stages.len() {
        let stages = at.iter().filter_map(|id| scene.workflow.stage(*id));
        let next: Vec<To> = stages
            .flat_map(|stage| {
                let outcomes = stage.work.outcomes().iter().filter(|one| is_onward(**one));
                outcomes.filter_map(|one| stage.after(*one, &scene.case.traits))
            })
            .collect();
        if next.iter().any(|to| matches!(to, To::End(_))) {
            return steps;
        }
        at = next
            .into_iter()
            .filter_map(|to| match to {
                To::Stage(id) => Some(id),
                To::End(_) => None,
            })
            .collect();
    }
    usize::MAX
}
