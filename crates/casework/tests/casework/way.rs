//! The way of a case, from when it came to when it is over.

use calendar::OffsetDateTime;
use casework::{Act, By, Case, Ending, Happened, Outcome, Place, Record, Refusal};
use time::Duration;
use time::macros::datetime;

use crate::township::*;

#[test]
fn an_allowance_goes_its_whole_way() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Agreed, visit()).unwrap();
    scene.person("clerk", Act::HangOut).unwrap();
    let happened = scene.waits_until(MONDAY + Duration::days(8));
    assert_eq!(happened.len(), 1, "nobody objected: {happened:?}");
    assert_eq!(happened[0].at, datetime!(2026-03-10 00:00 +8), "seven whole days");
    scene.works("head", Outcome::Granted, words("符合")).unwrap();
    scene.works("handler", Outcome::Done, words("本人签收")).unwrap();
    assert_eq!(scene.case.place, Place::Over(Ending::Finished, scene.now));
    assert_eq!(Case::fold(&scene.workflow, &scene.events).unwrap(), scene.case);
}

#[test]
fn what_is_answered_decides_the_way() {
    let mut scene = Scene::of(allowance(), &["kin"]);
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Agreed, visit()).unwrap();
    assert_eq!(scene.stage(), VOTE, "kin of a cadre is voted on");
}

#[test]
fn an_objection_to_the_notice_brings_the_visitors_back() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Agreed, visit()).unwrap();
    let object = || Act::Object { words: "他家有车".to_owned() };
    assert_eq!(scene.person("clerk", object()), Err(Refusal::AnotherStage), "nothing hangs out");
    scene.person("clerk", Act::HangOut).unwrap();
    assert_eq!(scene.person("clerk", Act::HangOut), Err(Refusal::HangsOut));
    scene.person("clerk", object()).unwrap();
    let undisputed = scene.works("clerk", Outcome::Undisputed, words(""));
    assert_eq!(undisputed, Err(Refusal::TimeTells), "nobody takes it down early");
    scene.waits_until(MONDAY + Duration::days(9));
    assert_eq!(scene.stage(), VISIT);
}

#[test]
fn silence_takes_an_application_from_the_day_that_it_came() {
    let mut scene = Scene::of(allowance(), &[]);
    let happened = scene.waits_until(MONDAY + Duration::days(8));
    let taken = happened.iter().find(|event| matches!(event.what, Happened::Worked { .. }));
    assert_eq!(taken.unwrap().at, datetime!(2026-03-10 00:00 +8), "five working days after");
    assert_eq!(scene.case.accepted_at, Some(MONDAY));
    assert_eq!(scene.stage(), VILLAGE);
}

#[test]
fn what_was_to_be_corrected_has_its_five_days_anew() {
    let mut scene = Scene::of(allowance(), &[]);
    scene.waits_until(MONDAY + Duration::days(2));
    scene.person("window", returned(MONDAY + Duration::days(40))).unwrap();
    assert!(scene.waits_until(MONDAY + Duration::days(30)).is_empty(), "the office waits");
    let accepted = scene.works("window", Outcome::Accepted, words(""));
    assert_eq!(accepted, Err(Refusal::Returned));
    scene.does(By::Applicant, Act::Supplement { traits: Vec::new() }).unwrap();
    let supplemented = scene.now;
    let happened = scene.waits_until(supplemented + Duration::days(10));
    assert!(matches!(
        happened.last().unwrap().what,
        Happened::Worked { .. } | Happened::Lit { .. }
    ));
    assert_eq!(scene.case.accepted_at, Some(supplemented), "from when it came whole");
}

fn returned(until: OffsetDateTime) -> Act {
    Act::Return { words: "缺户口簿".to_owned(), until }
}

#[test]
fn what_is_never_corrected_lapses_before_it_is_taken_and_goes_on_after() {
    let mut scene = Scene::of(allowance(), &[]);
    let until = MONDAY + Duration::days(10);
    assert_eq!(scene.person("window", returned(MONDAY)), Err(Refusal::Past));
    let far = MONDAY + Duration::days(61);
    assert_eq!(scene.person("window", returned(far)), Err(Refusal::TooLong(60)));
    scene.person("window", returned(until)).unwrap();
    scene.waits_until(until);
    assert!(matches!(scene.case.place, Place::Over(Ending::Withdrawn, _)));

    let mut scene = Scene::taken();
    scene.person("clerk", returned(until)).unwrap();
    scene.waits_until(until);
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
}

#[test]
fn nobody_hands_in_what_nobody_asked_for() {
    let supplement = |traits: &[&str]| Act::Supplement {
        traits: traits.iter().map(|one| (*one).to_owned()).collect(),
    };
    let mut scene = Scene::of(allowance(), &[]);
    scene.does(By::Applicant, supplement(&["kin"])).unwrap();
    assert_eq!(scene.case.traits, ["kin"], "it is not taken yet");
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    assert_eq!(scene.does(By::Applicant, supplement(&[])), Err(Refusal::NotAsked));
    scene.person("clerk", returned(MONDAY + Duration::days(5))).unwrap();
    scene.does(By::Applicant, supplement(&[])).unwrap();
    assert_eq!(scene.case.traits, ["kin"], "nobody talks themselves out of a vote");
}

#[test]
fn what_is_owed_keeps_a_case_from_being_finished_until_somebody_says_that_it_is_there() {
    let mut scene = Scene::of(allowance(), &[]);
    let until = MONDAY + Duration::days(5);
    let take = |until| Act::TakeIncomplete { words: "残疾证复印件".to_owned(), until };
    assert_eq!(scene.person("window", take(MONDAY)), Err(Refusal::Past));
    scene.person("window", take(until)).unwrap();
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    refused_by_visit_and_vote(&mut scene);
    scene.waits_until(until);
    assert!(scene.case.owed.unwrap().is_overdue);
    scene.works("head", Outcome::Granted, words("")).unwrap();
    let deliver = |scene: &mut Scene| {
        scene.waits_until(scene.now);
        scene.works("handler", Outcome::Done, words("本人签收"))
    };
    assert_eq!(deliver(&mut scene), Err(Refusal::Owed));
    scene.does(By::Applicant, Act::Supplement { traits: Vec::new() }).unwrap();
    assert_eq!(deliver(&mut scene), Err(Refusal::Owed), "somebody has to look at it");
    scene.person("handler", Act::Settle).unwrap();
    assert_eq!(scene.person("handler", Act::Settle), Err(Refusal::NothingOwed));
    deliver(&mut scene).unwrap();
}

fn refused_by_visit_and_vote(scene: &mut Scene) {
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = Record::Votes { present: 9, agreed: 2, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
}

fn appeal() -> Act {
    Act::Appeal { words: "收入算错了".to_owned() }
}

#[test]
fn a_refusal_is_looked_at_again_by_others_once() {
    let mut scene = Scene::taken();
    assert_eq!(scene.does(By::Applicant, appeal()), Err(Refusal::NothingToAppeal));
    refused_by_visit_and_vote(&mut scene);
    assert_eq!(scene.works("head", Outcome::Refused, words(" ")), Err(Refusal::Wordless("为什么")));
    scene.works("head", Outcome::Refused, words("收入超过标准")).unwrap();
    scene.waits_until(MONDAY + Duration::days(40));
    scene.does(By::Applicant, appeal()).unwrap();
    assert_eq!(scene.stage(), APPEAL);
    assert!(scene.waits_until(scene.now + Duration::days(1)).is_empty(), "its limits begin anew");
    // Whoever refused it does not end what is said against that.
    let stop = Act::Stop { words: "不用再看".to_owned() };
    assert_eq!(scene.person("head", stop), Err(Refusal::Decided));
    scene.works("jurist", Outcome::Agreed, words("")).unwrap();
    assert_eq!(scene.works("head", Outcome::Refused, words("还是不行")), Err(Refusal::NotTheirs));
    scene.works("mayor", Outcome::Refused, words("核过了")).unwrap();
    assert!(matches!(scene.case.place, Place::Over(Ending::Refused, _)));
    assert_eq!(scene.does(By::Applicant, appeal()), Err(Refusal::Appealed));
}

#[test]
fn an_objection_that_is_rejected_or_taken_back_leaves_what_was_decided() {
    let granted = || {
        let mut scene = Scene::taken();
        refused_by_visit_and_vote(&mut scene);
        scene.works("head", Outcome::Granted, words("")).unwrap();
        scene.works("handler", Outcome::Done, words("本人签收")).unwrap();
        scene
    };
    let mut scene = granted();
    scene.does(By::Applicant, appeal()).unwrap();
    scene.works("jurist", Outcome::Disagreed, words("金额没算错")).unwrap();
    assert!(matches!(scene.case.place, Place::Over(Ending::Finished, _)));
    let mut scene = granted();
    scene.does(By::Applicant, appeal()).unwrap();
    scene.does(By::Applicant, withdraw("")).unwrap();
    assert!(matches!(scene.case.place, Place::Over(Ending::Finished, _)));
    let mut scene = granted();
    scene.waits_until(scene.now + Duration::days(61));
    assert_eq!(scene.does(By::Applicant, appeal()), Err(Refusal::TooLate));
}

#[test]
fn a_repair_is_over_when_its_reporter_says_so_or_nothing() {
    let mut scene = Scene::of(repair(), &[]);
    scene.works("handler", Outcome::Done, words("")).unwrap();
    assert_eq!(
        scene.works("handler", Outcome::Done, words("")),
        Err(Refusal::Wordless("怎么处理的")),
    );
    scene.works("handler", Outcome::Done, words("换了灯泡")).unwrap();
    let not_yet = Act::Work { outcome: Outcome::Disputed, record: words("还是不亮") };
    scene.does(By::Applicant, not_yet).unwrap();
    scene.works("handler", Outcome::Done, words("换了线")).unwrap();
    scene.waits_until(MONDAY + Duration::days(5));
    assert!(matches!(scene.case.place, Place::Over(Ending::Finished, _)), "three days of silence");
}

#[test]
fn nobody_takes_back_what_is_decided() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = Record::Votes { present: 5, agreed: 1, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    scene.works("head", Outcome::Granted, words("")).unwrap();
    assert_eq!(scene.does(By::Applicant, withdraw("")), Err(Refusal::Decided));
}

#[test]
fn the_same_fault_is_joined_to_the_case_that_was_there_first() {
    let join = || Act::Join { to: "529999101000-1".to_owned() };
    let mut scene = Scene::of(repair(), &[]);
    assert_eq!(scene.person("handler_of_roads", join()), Err(Refusal::NotTheirs));
    scene.person("handler", join()).unwrap();
    assert!(matches!(scene.case.place, Place::Over(Ending::Joined, _)));
    let allowance = Scene::of(allowance(), &[]).person("window", join());
    assert_eq!(allowance, Err(Refusal::AnotherStage), "no two households are one");
}

#[test]
fn a_department_answers_what_is_the_countys_and_does_nothing_else() {
    let mut workflow = allowance();
    let county = &mut workflow.stages[6];
    county.work = casework::Work::County;
    let next = |on, to| casework::Next { on, when: Vec::new(), to };
    county.next = vec![
        next(Outcome::Agreed, casework::To::End(Ending::Finished)),
        next(Outcome::Disagreed, casework::To::Stage(DECISION)),
        next(Outcome::SentBack, casework::To::Stage(DECISION)),
    ];
    let mut scene = Scene::of(workflow, &[]);
    let owed = Act::TakeIncomplete {
        words: "缺结婚证".to_owned(),
        until: MONDAY + Duration::days(30),
    };
    scene.person("window", owed).unwrap();
    scene.works("window", Outcome::Accepted, words("")).unwrap();
    let department = || By::Department("市民政局".to_owned());
    let answers = |outcome, said| Act::Work { outcome, record: words(said) };
    let refused = scene.does(department(), answers(Outcome::Agreed, ""));
    assert_eq!(refused, Err(Refusal::NotTheirs), "it is the village's");
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = Record::Votes { present: 9, agreed: 1, words: "家里有车".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    scene.works("head", Outcome::Granted, words("")).unwrap();
    let stop = Act::Stop { words: "不办了".to_owned() };
    assert_eq!(scene.does(department(), stop), Err(Refusal::NotTheirs));
    let wordless = scene.does(department(), answers(Outcome::Disagreed, " "));
    assert_eq!(wordless, Err(Refusal::Wordless("为什么")));
    let early = scene.does(department(), answers(Outcome::Agreed, ""));
    assert_eq!(early, Err(Refusal::Owed), "something is still to be handed in");
    scene.does(department(), answers(Outcome::Disagreed, "超了标准")).unwrap();
    assert_eq!(scene.stage(), DECISION);
}
