//! What time does to cases, by the servers themselves.

use std::fs;

use casework::{Act, Outcome, Record, Role};
use protocol::fact::CaseState;
use protocol::{CaseNumber, Fact};
use server::OfficerAct;

use crate::material::{household, street_light};
use crate::officer::Page;
use crate::phone::Phone;
use crate::township::TestTownship;
use crate::workflows::Scene;

const DAY: i64 = 24 * 60;

/// Waits until the phone hears what is so.
async fn until_told(phone: &mut Phone, is_so: impl Fn(&CaseState) -> bool) -> CaseState {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
    loop {
        for fact in phone.sync(&[], &[]).await.facts {
            let Fact::Case(state) = fact;
            if is_so(&state) {
                return state;
            }
        }
        assert!(tokio::time::Instant::now() < deadline, "the phone was not told");
        // Who asks without a pause keeps the township from doing anything else.
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

/// The trail of a case, as whoever watches over how cases are worked reads it.
async fn trail(township: &TestTownship, case: &CaseNumber) -> Page {
    township.officer("jiandu").await.get(&format!("/console/cases/{}", case.0)).await
}

/// 行政许可法 article 32: who was told nothing in five working days is taken from the day that they
/// applied.
#[tokio::test]
async fn what_nobody_looks_at_for_five_working_days_is_taken_by_the_server_itself() {
    let township = TestTownship::start().await;
    // Registrations are taken in one day here; an ordinary application has the law's five.
    let workflow = township.pack().join("workflows/dengji.toml");
    let written = fs::read_to_string(&workflow).unwrap();
    fs::write(&workflow, written.replacen("workdays = 1 ", "workdays = 5 ", 1)).unwrap();
    let mut township = township;
    township.restart_with_limit(None).await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let case = phone.deliver(&sealed).await.case;

    // It came on a Monday morning; the fifth working day after it is the next Monday.
    township.clock.forward(7 * DAY);
    assert!(!trail(&township, &case).await.has("按法律自收到之日起受理"), "that day is not over");
    township.clock.forward(DAY);
    until_told(&mut phone, |state| state.stage == "working").await;
    let page = trail(&township, &case).await;
    assert!(page.has("收件：逾期没有告知，按法律自收到之日起受理"));
    assert!(page.has("12 月 1 日 00:00"), "when it fell due, not when a server came to it");
}

/// Several servers over one database look what is due, and one of them is killed while they do.
#[tokio::test(flavor = "multi_thread")]
async fn whichever_servers_run_each_limit_fires_once() {
    const CASES: usize = 24;
    let township = TestTownship::start().await;
    let server = township.server.clone().unwrap();
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let mut cases = Vec::new();
    for _ in 0..CASES {
        let sealed = phone.seal("bxsj", street_light(&form));
        cases.push(phone.deliver(&sealed).await.case);
    }
    for case in &cases {
        for words in ["派老王去", "换了灯泡"] {
            let seen = server.look_at_case("zhaolei", case).await.unwrap();
            let record = Record::Words(words.to_owned());
            let act = Act::Work { outcome: Outcome::Done, record };
            server.act_on_case("zhaolei", case, seen, OfficerAct::Case(act)).await.unwrap();
        }
    }
    let (mut second, mut third) = (township.silent_server(), township.silent_server());
    second.started().await;
    third.started().await;
    // Who reported them says nothing for longer than three days.
    township.clock.forward(10 * DAY);
    until_told(&mut phone, |state| state.stage == "finished").await;
    drop(second);
    server.do_what_is_due().await.unwrap();
    for case in &cases {
        let page = trail(&township, case).await;
        assert_eq!(page.html.matches("报修人确认：已经好了").count(), 1, "{}", page.html);
        assert_eq!(page.all("data-phase"), ["finished"]);
    }
    drop(third);
}

#[tokio::test]
async fn another_calendar_moves_what_was_promised_and_the_phone_is_told() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let facts = phone.sync(&[&sealed.bytes], &[]).await.facts;
    let Some(Fact::Case(before)) = facts.into_iter().last() else { panic!("it is told") };
    assert!(before.words.contains("最晚 11 月 24 日"), "{}", before.words);

    let path = township.pack().join("calendar.json");
    let calendar = fs::read_to_string(&path).unwrap();
    let (one, more) = ("\"2026-10-01\"", "\"2026-10-01\", \"2026-11-24\"");
    assert!(calendar.contains(one));
    fs::write(&path, calendar.replacen(one, more, 1)).unwrap();
    let now = until_told(&mut phone, |state| state.words.contains("最晚 11 月 25 日")).await;
    assert_eq!((now.stage, now.case), (before.stage, before.case), "it is where it was");
}

#[tokio::test]
async fn a_case_keeps_the_workflow_that_it_came_under() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let old = phone.deliver(&phone.seal("bxsj", street_light(&form))).await.case;
    let path = township.pack().join("workflows/baoxiu.toml");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, written.replace("name = \"派单\"", "name = \"安排人\"")).unwrap();
    assert!(township.server.as_ref().unwrap().take_up_changes().await);
    let new = phone.deliver(&phone.seal("bxsj", street_light(&form))).await.case;
    assert!(trail(&township, &old).await.has("<h2>现在</h2><strong>派单</strong>"));
    assert!(trail(&township, &new).await.has("<h2>现在</h2><strong>安排人</strong>"));
}

/// Villages are merged: their open cases are the new one's, from the day on which it is one.
#[tokio::test]
async fn a_case_of_a_village_that_became_part_of_another_is_that_ones() {
    let mut scene = Scene::of("butie").await;
    let case = scene.apply(&[]).await;
    scene.does(Role::Window, &case, "work:accepted", "record=words&words=").await;
    let path = scene.township.pack().join("areas.toml");
    let areas = fs::read_to_string(&path).unwrap();
    let (old, closed) =
        ("code = \"529999101203\"", "code = \"529999101203\"\nuntil = \"2026-11-24\"");
    let new = "\n[[area]]\ncode = \"529999101204\"\nname = \"新村\"\nfrom = \"2026-11-25\"\n\
               was = [\"529999101203\"]\n";
    fs::write(&path, areas.replacen(old, closed, 1) + new).unwrap();
    let path = scene.township.pack().join("officers.toml");
    let clerk = "\n[[officer]]\naccount = \"cun4\"\nname = \"新村长\"\npost = \"村干部\"\nrole = \"clerk\"\n\
                 area = \"529999101204\"\n";
    fs::write(&path, fs::read_to_string(&path).unwrap() + clerk).unwrap();
    assert!(scene.township.server.as_ref().unwrap().take_up_changes().await);
    scene.township.set_password("cun4").await;
    assert_eq!(scene.page("cun4", &case).await.status, 404, "not before that day");
    assert_eq!(scene.page("cun3", &case).await.status, 200);

    scene.township.clock.forward(2 * DAY);
    scene.forget_desks();
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
    while scene.page("cun4", &case).await.status != 200 {
        assert!(tokio::time::Instant::now() < deadline, "the new village has not got it");
    }
    assert!(scene.page("cun4", &case).await.has("value=\"work:agreed\""));
    assert_eq!(scene.page("cun3", &case).await.status, 404);
}

#[tokio::test]
async fn a_case_that_cannot_be_read_holds_up_no_other() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let damaged = phone.deliver(&phone.seal("bxsj", street_light(&form))).await.case;
    let whole = phone.deliver(&phone.seal("bxsj", street_light(&form))).await.case;
    assert!(damaged.0 < whole.0);
    township.damage(&damaged).await;
    township.clock.forward(DAY);
    let server = township.server.as_ref().unwrap();
    assert!(server.do_what_is_due().await.is_err(), "and that is told");
    assert!(trail(&township, &whole).await.has("橙灯"));
}
