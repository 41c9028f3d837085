//! 回避: who has a tie to an applicant keeps out of that case.

use casework::{Act, Outcome, Person, Record, Refusal, Substitute, Tie};
use time::macros::date;

use crate::township::*;

fn recuse(tie: Tie) -> Act {
    Act::Recuse { tie, words: String::new() }
}

/// A case at its visit, which two handlers could do.
fn at_the_visit() -> Scene {
    let mut scene = Scene::taken();
    scene.works("clerk", Outcome::Agreed, words("")).unwrap();
    scene
}

#[test]
fn who_has_a_tie_does_nothing_more_and_another_of_the_post_goes_on() {
    let mut scene = at_the_visit();
    scene.person("handler", recuse(Tie::Kin)).unwrap();
    assert_eq!(scene.works("handler", Outcome::Agreed, visit()), Err(Refusal::Recused));
    let until = MONDAY + time::Duration::days(3);
    let returns = Act::Return { words: "缺一张照片".to_owned(), until };
    assert_eq!(scene.person("handler", returns), Err(Refusal::Recused));
    assert_eq!(scene.person("handler", recuse(Tie::Kin)), Err(Refusal::Recused), "it was said");
    let along = scene.works("handler_too", Outcome::Agreed, visit());
    assert_eq!(along, Err(Refusal::GoesRecused("handler".to_owned())), "nor goes along");
    scene.works("handler_too", Outcome::Agreed, visit_of(["handler_too", "clerk"])).unwrap();
}

#[test]
fn who_is_the_last_that_could_work_it_is_told_to_have_it_passed_on() {
    let mut scene = at_the_visit();
    scene.person("handler", recuse(Tie::Colleague)).unwrap();
    let last = scene.person("handler_too", recuse(Tie::Kin));
    assert_eq!(last, Err(Refusal::NobodyElse("入户核查".to_owned())));
    let head = scene.person("head", recuse(Tie::Kin));
    assert_eq!(head, Err(Refusal::NobodyElse("决定".to_owned())), "whatever stage it is at");
    // Somebody is given the post, or stands in.
    let (from, until) = (date!(2026 - 03 - 02), date!(2026 - 03 - 31));
    let substitute = Substitute { of: "head".into(), by: "head_of_roads".into(), from, until };
    scene.organisation.substitutes.push(substitute);
    scene.person("head", recuse(Tie::Kin)).unwrap();
}

#[test]
fn who_may_have_worked_what_is_kept_apart_is_nobody_to_leave_it_to() {
    let mut scene = at_the_visit();
    // The only other who could decide goes along.
    let head = scene.organisation.person("head").unwrap().clone();
    scene.organisation.people.push(Person { account: "deputy".to_owned(), ..head });
    scene.works("handler", Outcome::Agreed, visit_of(["handler", "deputy"])).unwrap();
    let left = scene.person("head", recuse(Tie::Kin));
    assert_eq!(left, Err(Refusal::NobodyElse("决定".to_owned())));
}

#[test]
fn it_is_for_who_works_the_case_and_another_tie_is_told() {
    let mut scene = at_the_visit();
    let (none, some) = (String::new(), "邻居，有过纠纷".to_owned());
    let other = |words: &String| Act::Recuse { tie: Tie::Other, words: words.clone() };
    assert_eq!(scene.person("head_of_roads", other(&some)), Err(Refusal::NotTheirs));
    assert_eq!(scene.person("handler", other(&none)), Err(Refusal::Wordless("有什么利害关系")));
    scene.person("handler", other(&some)).unwrap();
}

#[test]
fn a_case_is_passed_on_to_nobody_who_keeps_out_of_it() {
    let mut scene = Scene::of(repair(), &[]);
    let pass = |office: &str| Act::PassOn { office: office.into(), words: "路归那边".into() };
    scene.person("handler", recuse(Tie::Kin)).unwrap();
    scene.organisation.people.retain(|person| person.account != "handler_of_roads");
    let roads = organisation().person("handler_of_roads").unwrap().clone();
    let people = scene.organisation.people.iter_mut();
    for person in people.filter(|person| person.account == "handler") {
        person.posts.extend(roads.posts.clone());
    }
    assert!(matches!(scene.person("handler_too", pass("ny")), Err(Refusal::NobodyElse(_))));
    scene.organisation.people.push(roads);
    scene.person("handler_too", pass("ny")).unwrap();
}

#[test]
fn a_vote_against_is_given_reasons() {
    let mut scene = at_the_visit();
    scene.works("handler", Outcome::Disagreed, visit()).unwrap();
    let votes = |words: &str| Record::Votes { present: 9, agreed: 2, words: words.to_owned() };
    let silent = scene.works("clerk", Outcome::Disagreed, votes(" "));
    assert_eq!(silent, Err(Refusal::Wordless("为什么没有通过")));
    scene.works("clerk", Outcome::Disagreed, votes("家里有车")).unwrap();
}
