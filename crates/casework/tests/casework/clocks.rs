//! Limits, pauses and lamps.

use calendar::{Limit, OffsetDateTime};
use casework::{Act, By, Counts, Grounds, Happened, Lamp, Outcome, Refusal, Running};
use time::Duration;
use time::macros::{date, datetime};

use crate::township::*;

fn end(scene: &Scene, counts: Option<Counts>) -> OffsetDateTime {
    clock(scene, counts).deadline.end
}

fn clock(scene: &Scene, counts: Option<Counts>) -> casework::Clock {
    let clocks = scene.case.clocks(&scene.workflow, &scene.calendar, scene.now);
    clocks.into_iter().find(|clock| clock.counts == counts).unwrap()
}

/// The lamps that are lit until `until`, and when.
fn lit(scene: &mut Scene, until: OffsetDateTime) -> Vec<(Lamp, OffsetDateTime)> {
    let lit = scene.waits_until(until).into_iter().filter_map(|event| match event.what {
        Happened::Lit { lamp } => Some((lamp, event.at)),
        _ => None,
    });
    lit.collect()
}

#[test]
fn what_is_promised_and_what_the_law_gives_run_from_when_it_was_taken() {
    let mut scene = Scene::of(allowance(), &[]);
    scene.waits_until(MONDAY + Duration::days(2));
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    // From Wednesday, 4 March: 25 and 30 working days, over Monday, 6 April, which is off.
    assert_eq!(end(&scene, Some(Counts::Promised)), datetime!(2026-04-10 00:00 +8));
    assert_eq!(end(&scene, Some(Counts::Statutory)), datetime!(2026-04-17 00:00 +8));
}

/// township.md section 4.3: 20 working days from 2026-03-02 end on 03-30, and with a 公示 from 03-09 to
/// 03-15 on 04-07.
#[test]
fn a_notice_takes_its_days_away() {
    let mut workflow = allowance();
    workflow.statutory[0].limit = Limit::WorkingDays(20);
    let mut scene = Scene::of(workflow, &[]);
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    assert_eq!(end(&scene, Some(Counts::Statutory)), datetime!(2026-03-31 00:00 +8));
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.waits_until(datetime!(2026-03-08 18:00 +8));
    scene.works("handler", Outcome::Agreed, visit()).unwrap();
    scene.person("clerk", Act::HangOut).unwrap();
    assert_eq!(clock(&scene, Some(Counts::Statutory)).running, Running::Stands);
    scene.waits_until(datetime!(2026-03-16 09:00 +8));
    assert_eq!(scene.stage(), DECISION);
    assert_eq!(end(&scene, Some(Counts::Statutory)), datetime!(2026-04-08 00:00 +8));
}

#[test]
fn a_case_that_is_paused_or_with_its_applicant_loses_no_day() {
    let mut scene = Scene::taken();
    let before = end(&scene, Some(Counts::Promised));
    let until = MONDAY + Duration::days(14);
    let pause =
        Act::Pause { grounds: Grounds::Appraisal, words: "等伤残鉴定".to_owned(), until };
    scene.person("head", pause.clone()).unwrap();
    assert_eq!(scene.person("head", pause), Err(Refusal::Paused));
    assert_eq!(clock(&scene, None).running, Running::Stands);
    let happened = scene.waits_until(until + Duration::hours(1));
    assert_eq!(happened.len(), 1, "it goes on by itself, and no lamp was lit: {happened:?}");
    let after = end(&scene, Some(Counts::Promised));
    assert_eq!(scene.calendar.working_days_left(before.date(), after.date()), Some(10 - 1));
    assert_eq!(scene.person("head", Act::GoOn), Err(Refusal::NotPaused));
}

#[test]
fn lamps_are_lit_as_the_limits_pass() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    // The visit's ten working days end on 16 March, two before which it warns. What is promised ends on
    // 7 April (6 April is off), what the law gives on 14 April.
    let lit = lit(&mut scene, MONDAY + Duration::days(60));
    let expected = [
        (Lamp::Yellow, datetime!(2026-03-12 00:00 +8)),
        (Lamp::Orange, datetime!(2026-03-17 00:00 +8)),
        (Lamp::Red, datetime!(2026-04-15 00:00 +8)),
    ];
    assert_eq!(lit, expected);
}

#[test]
fn hours_run_through_the_night_and_warn_at_a_fifth() {
    let mut scene = Scene::of(repair(), &[]);
    scene.works("handler", Outcome::Done, words("")).unwrap();
    // 48 hours promised from Monday at nine, 72 by rule.
    let lit = lit(&mut scene, MONDAY + Duration::days(4));
    let promised = MONDAY + Duration::hours(48);
    let warning = promised - Duration::hours(48) / 5;
    assert_eq!(
        lit,
        [(Lamp::Yellow, warning), (Lamp::Orange, promised), (Lamp::Red, promised + Duration::DAY)]
    );
}

#[test]
fn more_time_is_given_once_and_before_there_is_none_left() {
    let extend = || Act::Extend { words: "要联审".to_owned() };
    let mut untaken = Scene::of(allowance(), &[]);
    assert_eq!(untaken.person("head", extend()), Err(Refusal::NotAllowed));
    let mut scene = Scene::taken();
    let before = end(&scene, Some(Counts::Statutory));
    scene.person("head", extend()).unwrap();
    let after = end(&scene, Some(Counts::Statutory));
    assert_eq!(scene.calendar.working_days_left(before.date(), after.date()), Some(15));
    assert_eq!(scene.person("head", extend()), Err(Refusal::Extended));
    let mut late = Scene::taken();
    late.waits_until(MONDAY + Duration::days(50));
    assert_eq!(late.person("head", extend()), Err(Refusal::TooLate));
    assert_eq!(late.case.lamp, Lamp::Red);
}

#[test]
fn nothing_keeps_an_office_from_saying_what_is_missing_nor_a_notice_from_being_objected_to() {
    let until = MONDAY + Duration::days(9);
    let pause = || Act::Pause { grounds: Grounds::Hearing, words: "等听证".into(), until };
    let mut untaken = Scene::of(allowance(), &[]);
    assert_eq!(untaken.person("head", pause()), Err(Refusal::AnotherStage));
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Agreed, visit()).unwrap();
    assert_eq!(clock(&scene, Some(Counts::Statutory)).running, Running::Goes, "nothing hangs yet");
    scene.person("clerk", Act::HangOut).unwrap();
    assert_eq!(scene.person("head", pause()), Err(Refusal::HangsOut));
    let far = Act::Pause {
        grounds: Grounds::Hearing,
        words: "等听证".into(),
        until: MONDAY + Duration::days(366),
    };
    assert_eq!(Scene::taken().person("head", far), Err(Refusal::TooLong(365)));
}

#[test]
fn what_is_urgent_counts_from_when_it_came_whole() {
    let mut workflow = allowance();
    workflow.statutory[0].limit = Limit::Hours(24);
    let mut scene = Scene::of(workflow, &[]);
    let words = "缺身份证".to_owned();
    scene.person("window", Act::Return { words, until: MONDAY + Duration::days(9) }).unwrap();
    scene.waits_until(MONDAY + Duration::days(2));
    scene.does(By::Applicant, Act::Supplement { traits: Vec::new() }).unwrap();
    assert_eq!(end(&scene, Some(Counts::Statutory)), scene.now + Duration::DAY);
}

#[test]
fn days_between_a_decision_and_one_that_has_to_be_made_anew_do_not_count() {
    let mut workflow = allowance();
    // The county brings it back.
    let county = &mut workflow.stages[6];
    county.work = casework::Work::County;
    let back = casework::To::Stage(DECISION);
    let next = |on| casework::Next { on, when: Vec::new(), to: back };
    county.next = [Outcome::Agreed, Outcome::Disagreed, Outcome::SentBack].map(next).to_vec();
    let mut scene = Scene::of(workflow, &[]);
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    let before = end(&scene, Some(Counts::Statutory));
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes =
        casework::Record::Votes { present: 9, agreed: 1, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    scene.works("head", Outcome::Granted, words("")).unwrap();
    scene.waits_until(MONDAY + Duration::days(7));
    scene.works("handler", Outcome::SentBack, words("再看看")).unwrap();
    let after = end(&scene, Some(Counts::Statutory));
    // From Tuesday to Friday: the day that it was taken on does not count in any case.
    assert_eq!(scene.calendar.working_days_left(before.date(), after.date()), Some(4));
}

#[test]
fn another_calendar_moves_what_is_still_to_come() {
    let mut scene = Scene::taken();
    let before = end(&scene, Some(Counts::Promised));
    scene.calendar = calendar::Calendar::default();
    let after = end(&scene, Some(Counts::Promised));
    assert_eq!(after, before - Duration::DAY, "6 April is worked by this one");
}

#[test]
fn what_is_decided_has_no_limit_but_of_what_is_left_to_do() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = casework::Record::Votes { present: 9, agreed: 8, words: String::new() };
    scene.works("clerk", Outcome::Agreed, votes).unwrap();
    scene.person("clerk", Act::HangOut).unwrap();
    scene.waits_until(MONDAY + Duration::days(9));
    scene.works("head", Outcome::Granted, words("")).unwrap();
    assert_eq!(clock(&scene, Some(Counts::Promised)).running, Running::Ended(scene.now));
    assert_eq!(clock(&scene, None).running, Running::Goes);
}

#[test]
fn what_came_before_a_rule_changed_keeps_its_own() {
    let mut workflow = allowance();
    let mut shorter = workflow.statutory[0].clone();
    shorter.in_force.from = Some(date!(2026 - 03 - 03));
    shorter.limit = Limit::WorkingDays(20);
    workflow.statutory.insert(0, shorter);
    let mut before = Scene::of(workflow.clone(), &[]);
    before.waits_until(MONDAY + Duration::days(2));
    before.works("window", Outcome::Accepted, words("")).unwrap();
    assert_eq!(clock(&before, Some(Counts::Statutory)).limit, Limit::WorkingDays(30));
    workflow.statutory[0].in_force.from = Some(date!(2026 - 03 - 02));
    let on_that_day = Scene::of(workflow, &[]);
    assert_eq!(clock(&on_that_day, Some(Counts::Statutory)).limit, Limit::WorkingDays(20));
}
