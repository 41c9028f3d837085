//! What applicants answer to what was done: by their phones, and at the counter where they have none.

use casework::{Act, Refusal};
use protocol::sync::RefusalReason;
use protocol::{Command, Confirmation};
use server::{NotDone, OfficerAct};

use crate::commands::{Light, done, newest, returned};
use crate::phone::Sealed;

/// Who sits at the counter.
const WINDOW: &str = "jiangyu";

impl Light {
    fn confirmation(&self, seen: u64, is_mended: bool, words: &str) -> Sealed {
        let application = self.submission.application;
        let words = words.to_owned();
        self.phone.seal_command(Command::Confirm(Confirmation {
            application,
            seen,
            is_mended,
            words,
        }))
    }

    async fn at_counter(&self, act: Act) -> Result<(), NotDone> {
        let seen = self.server().look_at_case(WINDOW, &self.case).await.unwrap();
        self.server().act_on_case(WINDOW, &self.case, seen, OfficerAct::Case(act)).await
    }

    async fn page(&self, account: &str) -> crate::officer::Page {
        let path = format!("/console/cases/{}", self.case.0);
        self.township.officer(account).await.get(&path).await
    }
}

#[tokio::test]
async fn a_lamp_is_mended_when_who_reported_it_says_so() {
    let mut light = Light::applied_for().await;
    assert!(!light.state().await.offers.confirm, "nobody has been there");
    light.is_mended().await;
    let told = light.state().await;
    assert!(told.offers.confirm && !told.offers.rate);
    let seen = told.version.unwrap();

    let silent = light.confirmation(seen, false, "");
    let (refusal, _) = light.refused(&silent).await;
    assert_eq!(
        (refusal.reason, refusal.words.as_str()),
        (RefusalReason::Unfit, "请写一句哪里不对再交")
    );
    let disputed = light.confirmation(seen, false, "换了灯泡，还是不亮");
    let now = newest(&light.taken(&disputed).await);
    assert!(!now.offers.confirm, "it is for the office to go again");
    assert!(light.page(crate::commands::OFFICER).await.has("换了灯泡，还是不亮"));

    light.officer(done("线也换了")).await;
    let late = light.confirmation(seen, true, "");
    let (refusal, answer) = light.refused(&late).await;
    assert_eq!(refusal.reason, RefusalReason::Superseded, "that was said of another repair");
    let seen = newest(&answer).version.unwrap();
    let confirmed = light.confirmation(seen, true, "");
    let now = newest(&light.taken(&confirmed).await);
    assert_eq!(now.stage, "finished");
    assert!(now.offers.rate && !now.offers.confirm);
    light.taken(&confirmed).await;
}

#[tokio::test]
async fn who_has_no_phone_brings_what_is_missing_to_the_counter() {
    let mut light = Light::applied_for().await;
    let bring = |words: &str| Act::BringIn { words: words.to_owned() };
    let unasked = light.at_counter(bring("一张照片")).await;
    assert!(matches!(unasked, Err(NotDone::Refused(Refusal::NotAsked))), "{unasked:?}");
    light.officer(returned("还缺一张照片")).await;
    assert!(light.page(WINDOW).await.has("value=\"bring-in\""), "the counter's page offers it");
    let nothing = light.at_counter(bring("")).await;
    assert!(matches!(nothing, Err(NotDone::Refused(Refusal::Wordless(_)))), "{nothing:?}");
    light.at_counter(bring("补来照片一张")).await.unwrap();
    let told = light.state().await;
    assert_eq!((told.stage.as_str(), told.said), ("received", None));
    let page = light.page(crate::commands::OFFICER).await;
    assert!(page.has("补来照片一张") && page.has("申请人在窗口"));
    assert!(page.has("value=\"work:done\""), "its work goes on");
}

#[tokio::test]
async fn who_has_no_phone_takes_it_back_at_the_counter() {
    let mut light = Light::applied_for().await;
    let withdraw = |words: &str| Act::Withdraw { words: words.to_owned() };
    let unsaid = light.at_counter(withdraw("")).await;
    assert!(matches!(unsaid, Err(NotDone::Refused(Refusal::Wordless(_)))), "{unsaid:?}");
    light.at_counter(withdraw("本人来说，灯自己亮了")).await.unwrap();
    assert_eq!(
        light.state().await.stage,
        "withdrawn",
        "a phone of theirs hears of it all the same"
    );
    assert!(light.page(WINDOW).await.has("本人来说，灯自己亮了"));
}

#[tokio::test]
async fn nobody_but_the_counter_and_the_office_speaks_for_an_applicant() {
    let light = Light::applied_for().await;
    for account in ["zhoumin", "jiandu"] {
        let seen = light.server().look_at_case(account, &light.case).await.unwrap_or_default();
        let withdraw = OfficerAct::Case(Act::Withdraw { words: "电话里说的".to_owned() });
        let done = light.server().act_on_case(account, &light.case, seen, withdraw).await;
        let is_refused = matches!(
            done,
            Err(NotDone::Unknown | NotDone::Refused(Refusal::NotTheirs) | NotDone::Superseded(_))
        );
        assert!(is_refused, "{account}: {done:?}");
    }
}

/// Whoever has the number and the code of a case asks how it stands, in any browser.
async fn ask(light: &Light, number: &str, code: &str) -> crate::officer::Page {
    let stranger = crate::officer::Officer::new(&light.township.address);
    let body = format!("number={number}&code={code}");
    crate::officer::Page::of(stranger.post("/query", body).await).await
}

#[tokio::test]
async fn whoever_has_its_number_and_code_sees_how_a_case_stands_and_nobody_else() {
    let light = Light::applied_for().await;
    light.officer(returned("还缺一张照片")).await;
    let (number, code) = (light.case.0.clone(), light.submission.application.query_code());
    let found = ask(&light, &number, &code).await;
    assert_eq!(found.status, 200);
    assert!(found.has("等补正") && found.has("还缺一张照片") && found.has("写清楚是哪一棵树"));
    let written = format!("{}%20{}", &code[..5], &code[5..]);
    assert!(ask(&light, &number, &written).await.has("data-found"), "as the receipt writes it");

    let mistaken = ask(&light, &number, "0000000000").await;
    let unknown = ask(&light, "529999101000261123000370000019", "0000000000").await;
    assert_eq!((mistaken.status, unknown.status), (404, 404));
    assert_eq!(
        mistaken.html.replace(&number, ""),
        unknown.html.replace("529999101000261123000370000019", ""),
        "nobody learns which cases there are"
    );
    for _ in 0..4 {
        assert_eq!(ask(&light, &number, "1111111111").await.status, 404);
    }
    assert_eq!(ask(&light, &number, &code).await.status, 429, "nor by guessing");
    light.township.clock.forward(16);
    assert!(ask(&light, &number, &code).await.has("data-found"));
    let auditor = light.township.officer("shenji").await;
    let audit = auditor.get("/console/audit").await;
    assert_eq!(audit.html.matches(&format!("凭查询码查了 {number}")).count(), 3);
}
