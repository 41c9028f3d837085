//! Who may do what.

use casework::{Act, By, Grounds, Outcome, Person, Record, Refusal, Substitute};
use time::Duration;
use time::macros::date;

use crate::township::*;

#[test]
fn a_stage_is_worked_by_whose_work_it_is() {
    let accept = |account| Scene::of(allowance(), &[]).works(account, Outcome::Accepted, words(""));
    assert_eq!(accept("window"), Ok(()));
    for another in ["clerk", "handler", "head", "supervisor", "nobody"] {
        assert_eq!(accept(another), Err(Refusal::NotTheirs), "{another}");
    }
}

#[test]
fn a_clerk_reviews_their_own_village() {
    let mut scene = Scene::taken();
    let elsewhere = scene.works("clerk_elsewhere", Outcome::Agreed, words(""));
    assert_eq!(elsewhere, Err(Refusal::NotTheirs));
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
}

#[test]
fn who_visited_does_not_decide_even_as_a_substitute() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = Record::Votes { present: 9, agreed: 2, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    let (from, until) = (date!(2026 - 03 - 02), date!(2026 - 03 - 06));
    for by in ["handler", "handler_too"] {
        let substitute = Substitute { of: "head".into(), by: by.into(), from, until };
        scene.organisation.substitutes.push(substitute);
    }
    let refused = scene.works("handler", Outcome::Refused, words("收入超过"));
    assert_eq!(refused, Err(Refusal::Apart("入户核查".to_owned())));
    scene.works("handler_too", Outcome::Refused, words("收入超过")).unwrap();
}

#[test]
fn who_went_along_does_not_decide_either() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    let people = ["handler", "head"].map(str::to_owned).to_vec();
    let visit = Record::Visit { people, words: "看过".to_owned() };
    let last = scene.works("handler", Outcome::Disagreed, visit.clone());
    assert_eq!(last, Err(Refusal::LeavesNobody("决定".to_owned())), "then nobody could decide");
    let head = scene.organisation.person("head").unwrap().clone();
    scene.organisation.people.push(Person { account: "deputy".to_owned(), ..head });
    scene.works("handler", Outcome::Disagreed, visit).unwrap();
    let votes = Record::Votes { present: 9, agreed: 2, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    let refused = scene.works("head", Outcome::Refused, words("收入超过"));
    assert_eq!(refused, Err(Refusal::Apart("入户核查".to_owned())));
    scene.works("deputy", Outcome::Refused, words("收入超过")).unwrap();
}

#[test]
fn who_decided_does_not_go_along_where_it_is_sent_back() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = Record::Votes { present: 9, agreed: 2, words: "大家说不困难".to_owned() };
    scene.works("clerk", Outcome::Disagreed, votes).unwrap();
    scene.works("head", Outcome::SentBack, words("再去看看")).unwrap();
    let people = ["handler", "head"].map(str::to_owned).to_vec();
    let with_the_head = Record::Visit { people, words: "看过".to_owned() };
    let gone = scene.works("handler", Outcome::Disagreed, with_the_head);
    assert_eq!(gone, Err(Refusal::Apart("决定".to_owned())));
}

#[test]
fn a_substitute_is_one_for_a_time() {
    let substitute = Substitute {
        of: "head".into(),
        by: "handler".into(),
        from: date!(2026 - 03 - 03),
        until: date!(2026 - 03 - 04),
    };
    for (days, may) in [(0, false), (1, true), (2, true), (3, false)] {
        let mut scene = Scene::taken();
        scene.organisation.substitutes.push(substitute.clone());
        scene.waits_until(MONDAY + Duration::days(days));
        let stop = Act::Stop { words: "申请人去世".to_owned() };
        assert_eq!(scene.person("handler", stop).is_ok(), may, "after {days} days");
    }
}

#[test]
fn only_a_head_stops_clocks_gives_more_time_and_ends_without_a_decision() {
    let until = MONDAY + Duration::days(3);
    let words = || "等鉴定".to_owned();
    let acts = [
        Act::Pause { grounds: Grounds::Appraisal, words: words(), until },
        Act::Extend { words: words() },
        Act::Stop { words: words() },
    ];
    for act in acts {
        assert_eq!(Scene::taken().person("handler", act.clone()), Err(Refusal::NotTheirs));
        assert_eq!(Scene::taken().person("head_of_roads", act.clone()), Err(Refusal::NotTheirs));
        assert_eq!(Scene::taken().person("head", act), Ok(()));
    }
}

#[test]
fn a_case_that_is_passed_on_is_another_offices() {
    let mut scene = Scene::of(repair(), &[]);
    let pass =
        |office: &str| Act::PassOn { office: office.into(), words: "路归农业农村".into() };
    assert_eq!(scene.person("handler", pass("gg")), Err(Refusal::SameOffice));
    assert_eq!(scene.person("handler", pass("zz")), Err(Refusal::Nobody));
    scene.person("handler", pass("ny")).unwrap();
    assert_eq!(scene.works("handler", Outcome::Done, words("")), Err(Refusal::NotTheirs));
    scene.works("handler_of_roads", Outcome::Done, words("")).unwrap();
}

#[test]
fn one_person_is_no_visit_and_four_villagers_no_vote() {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    let by = |people: &[&str]| Record::Visit {
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        words: "看过".to_owned(),
    };
    for people in [&["handler"][..], &["handler", "handler"]] {
        let visit = scene.works("handler", Outcome::Disagreed, by(people));
        assert_eq!(visit, Err(Refusal::TooFew(2)), "{people:?}");
    }
    let invented = scene.works("handler", Outcome::Disagreed, by(&["handler", "张三"]));
    assert_eq!(invented, Err(Refusal::Unknown("张三".to_owned())));
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = |present, agreed| Record::Votes { present, agreed, words: String::new() };
    assert_eq!(scene.works("clerk", Outcome::Agreed, votes(4, 4)), Err(Refusal::TooFew(5)));
    assert_eq!(scene.works("clerk", Outcome::Agreed, votes(6, 3)), Err(Refusal::Votes));
    assert_eq!(scene.works("clerk", Outcome::Disagreed, votes(6, 4)), Err(Refusal::Votes));
    assert_eq!(scene.works("clerk", Outcome::Agreed, votes(6, 7)), Err(Refusal::Votes));
    scene.works("clerk", Outcome::Agreed, votes(6, 4)).unwrap();
}

#[test]
fn an_applicant_does_no_work_of_the_township() {
    let mut scene = Scene::of(allowance(), &[]);
    let accept = Act::Work { outcome: Outcome::Accepted, record: words("") };
    assert_eq!(scene.does(By::Applicant, accept), Err(Refusal::NotTheirs));
    assert_eq!(scene.does(By::Time, withdraw("")), Err(Refusal::NotTheirs));
    assert_eq!(scene.person("supervisor", withdraw("电话里说的")), Err(Refusal::NotTheirs));
    scene.does(By::Applicant, withdraw("")).unwrap();
    assert_eq!(scene.does(By::Applicant, withdraw("")), Err(Refusal::Over));
}
