//! What leaves the township: messages and webhooks, to systems that really listen.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use server::{Answer, Eventually, Letter, Sender, Server, Settings, StartError};

use crate::material::{household, report};
use crate::phone::Phone;
use crate::receiver::{Receiver, SECRET, sign, sms};
use crate::township::TestTownship;
use crate::workflows::Scene;

const HOUR: i64 = 60;

/// A report of a street light by somebody who says these things.
async fn tell(phone: &mut Phone, name: &str, words: &str, number: &str) -> String {
    let form = phone.form("bxsj").await;
    let own = [("cat", "light"), ("sub", "dark"), ("danger", "no")];
    let mut filled = report(&form, &own);
    let answers = [("txt", words), ("mark", words), ("name", name), ("tel", number)];
    filled = crate::material::changed(&form, filled, &answers);
    phone.deliver(&phone.seal("bxsj", filled)).await.case.0
}

/// Whatever people answer, an SMS says what its text says, and goes to the number that they gave; once,
/// although two servers look what is due.
#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_is_told_once_and_nothing_of_what_they_answered() {
    let gateway = Receiver::start().await;
    let mut township = TestTownship::start().await;
    township.with_gateways(&sms(&gateway)).await;
    let another = township.another_server().await;
    let mut phone = township.phone().await;
    let mut expected = BTreeSet::new();
    let said =
        ["{number}", "\",\"text\":\"", "患病，529999197001010247", "{text}{phone}", "\\u0000"];
    for (place, words) in said.iter().enumerate() {
        if place == 2 {
            phone.turn_to(&another.address);
        }
        let number = format!("1390000000{place}");
        let case = tell(&mut phone, "示例甲", words, &number).await;
        let text = format!("【青禾镇】报修·随手拍收到了，最晚11月26日10:00答复。编号{case}");
        expected.insert((number, text));
    }
    // A landline hears nothing, and nobody whom nobody can call.
    tell(&mut phone, "示例乙", "灯不亮", "0999-8100006").await;
    let page = township.until_left(|page| !page.has("data-state=\"waiting\"")).await;
    assert_eq!(page.html.matches("data-state=\"needless\"").count(), 1);
    assert!(
        !page.has("13900000000") && !page.has("收到了，最晚"),
        "not outside of a demonstration"
    );
    let got = gateway.got();
    let told: BTreeSet<_> = got
        .iter()
        .map(|one| {
            let body = one.json();
            assert_eq!(body.as_object().unwrap().len(), 2);
            let part = |name: &str| body[name].as_str().unwrap().to_owned();
            (part("phone"), part("text"))
        })
        .collect();
    assert_eq!(told, expected);
    assert_eq!(got.len(), expected.len(), "each once");
    let ids: BTreeSet<_> = got.iter().map(|one| &one.id).collect();
    assert_eq!(ids.len(), expected.len());
}

#[tokio::test]
async fn what_nobody_takes_is_sent_again_until_somebody_does() {
    let gateway = Receiver::start().await;
    let mut township = TestTownship::start().await;
    township.with_gateways(&sms(&gateway)).await;
    gateway.answers(503);
    let mut phone = township.phone().await;
    tell(&mut phone, "示例甲", "灯不亮", "13900000000").await;
    let tried = |page: &crate::officer::Page| page.has("对方答 503");
    let page = township.until_left(tried).await;
    assert!(page.has("data-state=\"waiting\" data-tries=\"1\""));
    township.server.as_ref().unwrap().send_what_is_due().await.unwrap();
    assert_eq!(gateway.got().len(), 1, "not before its time");

    gateway.answers(200);
    township.clock.forward(1);
    township.until_left(|page| page.has("data-state=\"delivered\" data-tries=\"2\"")).await;
    let got = gateway.got();
    assert_eq!(got.len(), 2);
    assert_eq!((&got[0].id, &got[0].body), (&got[1].id, &got[1].body), "a repeat says so");
}

/// A network that never answers, and no time that runs out.
struct Hangs;

impl Sender for Hangs {
    fn send<'a>(&'a self, _: &'a Letter) -> Eventually<'a, Answer> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn what_a_server_took_that_died_over_it_is_sent_by_another() {
    let gateway = Receiver::start().await;
    let mut township = TestTownship::start().await;
    township.name_gateways(&sms(&gateway));
    let settings = Settings { sender: Some(Arc::new(Hangs)), ..township.settings() };
    township.served_by(settings).await;
    let mut phone = township.phone().await;
    tell(&mut phone, "示例甲", "灯不亮", "13900000000").await;
    township.until_left(|page| page.has("data-state=\"waiting\" data-tries=\"1\"")).await;
    let other = township.another_server().await;
    township.clock.forward(1);
    township.until_left(|page| page.has("data-state=\"waiting\" data-tries=\"1\"")).await;
    assert!(gateway.got().is_empty(), "it may still be on its way");
    township.clock.forward(1);
    township.until_left(|page| page.has("data-state=\"delivered\" data-tries=\"2\"")).await;
    assert_eq!(gateway.got().len(), 1);
    drop(other);
}

#[tokio::test]
async fn what_will_never_be_taken_is_listed_and_sent_again_when_somebody_says_so() {
    let gateway = Receiver::start().await;
    let mut township = TestTownship::start().await;
    township.with_gateways(&sms(&gateway)).await;
    gateway.answers(403);
    let mut phone = township.phone().await;
    let case = tell(&mut phone, "示例甲", "灯不亮", "13900000000").await;
    let page = township.until_left(|page| page.has("data-state=\"given-up\"")).await;
    assert!(page.has("对方答 403") && page.has("再发一次"));
    township.clock.forward(10);
    township.server.as_ref().unwrap().send_what_is_due().await.unwrap();
    assert_eq!(gateway.got().len(), 1, "nobody tries it by themselves");

    gateway.answers(200);
    let officer = township.officer("guanli").await;
    let csrf = officer.get("/console/messages").await.all("name=\"csrf\" value").remove(0);
    let event = &page.all("name=\"event\" value")[0];
    let body = format!("case={case}&event={event}&kind=sms&destination=sms&csrf=");
    let response = officer.post("/console/messages", format!("{body}x")).await;
    assert_eq!(response.status(), 403, "no other page's form does it");
    let response = officer.post("/console/messages", format!("{body}{csrf}")).await;
    assert_eq!(response.status(), 303);
    township.until_left(|page| page.has("data-state=\"delivered\"")).await;
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has(&format!("让 {case} 没发成的消息再发一次")));
}

#[tokio::test]
async fn nobodys_phone_rings_at_night_for_what_can_wait() {
    let gateway = Receiver::start().await;
    let mut township = TestTownship::start().await;
    township.with_gateways(&sms(&gateway)).await;
    township.clock.forward(12 * HOUR);
    let mut phone = township.phone().await;
    let form = phone.form("ybcb").await;
    let waits = phone.deliver(&phone.seal("ybcb", household(&form, 1))).await.case.0;
    let urgent = tell(&mut phone, "示例甲", "电线掉在路上", "13900000000").await;
    township.until_left(|page| page.has("data-state=\"delivered\"")).await;
    let got = gateway.got();
    assert_eq!(got.len(), 1);
    assert!(got[0].json()["text"].as_str().unwrap().ends_with(&urgent));

    township.clock.forward(10 * HOUR - 1);
    township.server.as_ref().unwrap().send_what_is_due().await.unwrap();
    assert_eq!(gateway.got().len(), 1);
    township.clock.forward(1);
    let got = gateway.got_at_least(2).await;
    assert!(got[1].json()["text"].as_str().unwrap().ends_with(&waits));
}

#[tokio::test]
async fn a_webhook_is_signed_says_nothing_of_anybody_and_repeats_itself_word_for_word() {
    let screen = Receiver::start().await;
    let mut township = TestTownship::start().await;
    let hook = |name: &str, events: &str| {
        format!(
            "[[webhook]]\nname = \"{name}\"\nurl = \"{}\"\nsecret = \"{SECRET}\"\n{events}\n",
            screen.url
        )
    };
    let all = hook("大厅", "events = [\"received\"]") + &hook("办完的", "");
    township.with_gateways(&all).await;
    screen.answers(500);
    let mut phone = township.phone().await;
    let case = tell(&mut phone, "示例甲", "灯不亮", "13900000000").await;
    screen.got_at_least(1).await;
    township.until_left(|page| page.has("对方答 500")).await;
    screen.answers(204);
    township.clock.forward(1);
    township.until_left(|page| page.has("data-state=\"delivered\"")).await;
    let got = screen.got();
    assert_eq!(got.len(), 2, "it has not ended: whoever hears of ends hears nothing");
    assert_eq!((&got[0].id, &got[0].body), (&got[1].id, &got[1].body));
    for one in &got {
        let (seconds, _) = one.signature.trim_start_matches("t=").split_once(',').unwrap();
        assert_eq!(one.signature, sign(SECRET, seconds.parse().unwrap(), &one.body));
    }
    let body = String::from_utf8(got[0].body.clone()).unwrap().replace(&case, "CASE");
    insta::assert_snapshot!(body, @r#"{"at":"2026-11-23T10:00:00+08:00","case":"CASE","id":"CASE.1","item":"bxsj","phase":"received","times":{"accepted":"2026-11-23T10:00:00+08:00","promised":"2026-11-26T10:00:00+08:00","received":"2026-11-23T10:00:00+08:00"},"township":"529999101000"}"#);
}

/// township.md 4.3: the owner, then the head, then the supervisor, once each.
#[tokio::test]
async fn whoever_answers_for_a_case_is_told_when_its_lamp_turns() {
    let mut scene = Scene::of("butie").await;
    let another = scene.township.silent_server();
    let case = scene.apply(&[]).await;
    let (owner, head, supervisor) = ("jiangyu", "xiaoyan", "jiandu");
    let told = async |scene: &mut Scene, minutes: i64| {
        scene.township.clock.forward(minutes);
        scene.forget_desks();
        scene.township.server.as_ref().unwrap().do_what_is_due().await.unwrap();
        let mut told = Vec::new();
        for account in [owner, head, supervisor, "cun3", "zhoumin"] {
            let page = scene.desk(account).await.get("/console/reminders").await;
            assert_eq!(page.status, 200);
            told.push(page.all("data-lamp").join(" "));
        }
        told
    };
    // Promised in twenty hours: four before that, the lamp is yellow.
    assert_eq!(told(&mut scene, 15 * HOUR).await, ["", "", "", "", ""]);
    assert_eq!(told(&mut scene, HOUR).await, ["amber", "", "", "", ""]);
    assert_eq!(told(&mut scene, 4 * HOUR).await, ["orange amber", "orange", "", "", ""]);
    let page = scene.desk(owner).await.get("/console").await;
    assert!(page.has("1 件橙灯，看一看"), "{}", page.html);
    let seen = scene.desk(owner).await.get("/console/reminders").await;
    let (csrf, until) = (&seen.all("name=\"csrf\" value")[0], &seen.all("name=\"until\" value")[0]);
    let body = format!("csrf={csrf}&until={until}");
    let response = scene.desk(owner).await.post("/console/reminders", body).await;
    assert_eq!(response.status(), 303);
    assert!(!scene.desk(owner).await.get("/console").await.has("看一看"));
    assert!(scene.desk(head).await.get("/console").await.has("1 件橙灯，看一看"), "not by others");

    // It was taken by silence since, and is its village's now. The law's thirty working days pass.
    let told = told(&mut scene, 60 * 24 * HOUR).await;
    assert_eq!(told, ["orange amber", "red orange", "red", "red", ""]);
    let page = scene.page(supervisor, &case).await;
    assert_eq!(page.html.matches("红灯：超过法定时限").count(), 1);
    drop(another);
}

#[tokio::test]
async fn in_a_demonstration_messages_are_shown_and_sent_nowhere() {
    let mut township = TestTownship::start().await;
    let settings = Settings { is_demonstration: true, ..township.settings() };
    township.served_by(settings).await;
    let mut phone = township.phone().await;
    let case = tell(&mut phone, "示例甲", "灯不亮", "13900000000").await;
    let page = township.until_left(|page| page.has("data-state=\"delivered\"")).await;
    assert!(page.has("现在是演示") && page.has(&format!("答复。编号{case}")), "{}", page.html);
    assert!(!page.has("13900000000") && !page.has("示例甲"));
}

#[tokio::test]
async fn secrets_that_others_may_read_are_not_used() {
    let mut township = TestTownship::start().await;
    township.stop().await;
    let file = township.folder.path().join("elsewhere.toml");
    let named = || Settings { gateways: Some(file.clone()), ..township.settings() };
    let start = async || match Server::start(named()).await {
        Err(StartError::Gateways(error)) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it starts"),
    };
    assert!(start().await.contains("打不开"), "a file that is named has to be there");
    fs::write(&file, "give_up_days = 7\n").unwrap();
    assert!(start().await.contains("chmod 600"));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(&file, mode).unwrap();
    fs::write(&file, "give_up_days = 0\n").unwrap();
    assert!(start().await.contains("1 到 365"));
}

#[tokio::test]
async fn only_an_administrator_has_something_sent_again() {
    let township = TestTownship::start().await;
    let officer = township.officer("zhaolei").await;
    let csrf = officer.get("/console").await.all("name=\"csrf\" value").remove(0);
    let body = format!("csrf={csrf}&case=1&event=1&kind=sms&destination=sms");
    assert_eq!(officer.post("/console/messages", body).await.status(), 404);
}
