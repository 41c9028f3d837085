//! What of a case somebody should look at.

use calendar::{Limit, OffsetDateTime};
use casework::risk::{History, LooksFor, Rule, risks};
use casework::{By, Event, Grounds, Happened, Outcome, Record, StageId, Tie};
use proptest::prelude::*;
use proptest::sample::select;
use time::Duration;
use time::macros::{datetime, time};

use crate::township::calendar;

fn rule(id: &str, looks_for: LooksFor) -> Rule {
    let words = String::new();
    Rule { id: id.to_owned(), name: id.to_owned(), words, items: Vec::new(), looks_for }
}

fn all() -> Vec<Rule> {
    let (from, to, days_off) = (time!(7:00), time!(21:00), true);
    vec![
        rule("approved", LooksFor::ApprovedWithin { hours: 24 }),
        rule("odd", LooksFor::OddHours { from, to, days_off }),
        rule("pauses", LooksFor::RepeatedPauses { times: 2 }),
        rule("split", LooksFor::SplitGrants { times: 3, days: 90 }),
        rule("relative", LooksFor::Relative { traits: vec!["kin".to_owned()] }),
        rule("one", LooksFor::OnePerson { stages: 3 }),
    ]
}

/// A Monday.
const CAME: OffsetDateTime = datetime!(2026-03-02 09:00 +8);

fn came(traits: &[&str]) -> Event {
    let (office, traits) = ("gg".to_owned(), traits.iter().map(|one| (*one).to_owned()).collect());
    let promised = Limit::WorkingDays(25);
    let what = Happened::Received { office, village: None, traits, promised };
    Event { at: CAME, by: By::Applicant, what }
}

fn by(who: &str, at: OffsetDateTime, what: Happened) -> Event {
    Event { at, by: By::Person(who.to_owned()), what }
}

fn works(stage: u8, outcome: Outcome) -> Happened {
    Happened::Worked { stage: StageId(stage), outcome, record: Record::Words("好".to_owned()) }
}

fn pauses() -> Happened {
    let (words, until) = ("等鉴定".to_owned(), CAME + Duration::days(9));
    Happened::Paused { grounds: Grounds::Appraisal, words, until }
}

fn met(events: &[Event], others: &[(String, OffsetDateTime)], ties: &[String]) -> Vec<String> {
    let events: Vec<&Event> = events.iter().collect();
    let history = History { item: "dibao", events: &events, others, ties };
    let all = all();
    risks(&all, &history, &calendar()).into_iter().map(|raised| raised.rule.id.clone()).collect()
}

/// Each rule beside what it is met by, and what falls just short of that.
#[test]
fn each_rule_is_met_by_what_it_looks_for_and_by_nothing_less() {
    let grants = |at| vec![came(&[]), by("head", at, works(5, Outcome::Granted))];
    assert_eq!(met(&grants(CAME + Duration::hours(8)), &[], &[]), ["approved"]);
    assert!(met(&grants(CAME + Duration::hours(24)), &[], &[]).is_empty(), "a day later");
    let refuses = vec![came(&[]), by("head", CAME, works(5, Outcome::Refused))];
    assert!(met(&refuses, &[], &[]).is_empty(), "who is refused the same day was not favoured");

    let acts = |at| vec![came(&[]), by("clerk", at, Happened::Settled)];
    for (at, is_odd) in [
        (datetime!(2026-03-03 06:59 +8), true),
        (datetime!(2026-03-03 07:00 +8), false),
        (datetime!(2026-03-03 20:59 +8), false),
        (datetime!(2026-03-03 21:00 +8), true),
        (datetime!(2026-03-03 13:30 UTC), true), // 21:30 there
        (datetime!(2026-03-07 10:00 +8), true),  // a Saturday
        (datetime!(2026-04-06 10:00 +8), true),  // a Monday that is off
    ] {
        assert_eq!(met(&acts(at), &[], &[]) == ["odd"], is_odd, "{at}");
    }
    let by_time = Event { at: datetime!(2026-03-07 0:00 +8), by: By::Time, what: Happened::Lapsed };
    assert!(met(&[came(&[]), by_time], &[], &[]).is_empty(), "time keeps no hours");

    let pause = || by("head", CAME, pauses());
    assert!(met(&[came(&[]), pause()], &[], &[]).is_empty());
    assert_eq!(met(&[came(&[]), pause(), pause()], &[], &[]), ["pauses"]);

    let other = |item: &str, days| (item.to_owned(), CAME - Duration::days(days));
    assert!(met(&[came(&[])], &[other("dibao", 1)], &[]).is_empty(), "two");
    assert_eq!(met(&[came(&[])], &[other("dibao", 1), other("dibao", 90)], &[]), ["split"]);
    assert!(met(&[came(&[])], &[other("dibao", 1), other("dibao", 91)], &[]).is_empty());
    assert!(met(&[came(&[])], &[other("dibao", 1), other("lsjz", 2)], &[]).is_empty());

    assert_eq!(met(&[came(&["kin"])], &[], &[]), ["relative"]);
    assert_eq!(met(&[came(&[])], &[], &["cun1 的配偶".to_owned()]), ["relative"]);
    let recused = |tie| by("handler", CAME, Happened::Recused { tie, words: String::new() });
    let worked = || by("handler", CAME, works(2, Outcome::Agreed));
    assert_eq!(met(&[came(&[]), worked(), recused(Tie::Kin)], &[], &[]), ["relative"]);
    assert!(met(&[came(&[]), recused(Tie::Kin)], &[], &[]).is_empty(), "said in time");
    assert!(met(&[came(&[]), worked(), recused(Tie::Colleague)], &[], &[]).is_empty());

    let stage = |who, stage| by(who, CAME, works(stage, Outcome::Agreed));
    let again = [came(&[]), stage("a", 0), stage("a", 1), stage("a", 1), stage("b", 2)];
    assert!(met(&again, &[], &[]).is_empty(), "two stages, one of them twice");
    assert_eq!(met(&[came(&[]), stage("a", 0), stage("a", 1), stage("a", 2)], &[], &[]), ["one"]);
    let people = vec!["a".to_owned(), "b".to_owned()];
    let record = Record::Visit { people, words: "看过".to_owned() };
    let visit = Happened::Worked { stage: StageId(2), outcome: Outcome::Agreed, record };
    let along = [came(&[]), stage("b", 0), stage("b", 1), by("a", CAME, visit)];
    assert_eq!(met(&along, &[], &[]), ["one"], "who went along worked it");
}

#[test]
fn a_rule_that_names_items_is_for_their_cases_and_counts_them_together() {
    let looks_for = LooksFor::SplitGrants { times: 2, days: 30 };
    let items = vec!["lsjz".to_owned(), "dibao".to_owned()];
    let rules = [Rule { items, ..rule("split", looks_for) }];
    let (event, others) = (came(&[]), [("lsjz".to_owned(), CAME - Duration::days(3))]);
    let is_met = |item| {
        let history = History { item, events: &[&event], others: &others, ties: &[] };
        !risks(&rules, &history, &calendar()).is_empty()
    };
    assert!(is_met("dibao") && !is_met("zjd"));
}

proptest! {
    /// Nothing that happens later takes a reason to look away, and each rule is met once at a time.
    #[test]
    fn what_was_a_reason_to_look_stays_one(
        steps in prop::collection::vec((0..4_u8, select(vec!["a", "b"]), 0..60_i64), 0..20),
    ) {
        let mut events = vec![came(&[])];
        let mut before: Vec<String> = Vec::new();
        for (kind, who, hours) in steps {
            let at = events.last().unwrap().at + Duration::hours(hours);
            let what = match kind {
                0 => pauses(),
                1 => works(hours as u8 % 5, Outcome::Agreed),
                2 => works(5, Outcome::Granted),
                _ => Happened::Recused { tie: Tie::Kin, words: String::new() },
            };
            events.push(by(who, at, what));
            let now = met(&events, &[], &[]);
            let mut once = now.clone();
            once.dedup();
            prop_assert_eq!(&once, &now);
            prop_assert!(before.iter().all(|rule| now.contains(rule)), "{:?} then {:?}", before, now);
            before = now;
        }
    }
}
