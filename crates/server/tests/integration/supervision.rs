//! Watching over how cases are worked: bad ratings, risks, and who keeps out of what.

use std::fs;

use casework::{Act, Outcome, Record};
use protocol::fact::Fact;
use protocol::sync::RefusalReason;
use protocol::{ApplicationId, CaseNumber, Command, Rating, Satisfaction, Submission};
use server::OfficerAct;

use crate::material::{household, street_light};
use crate::officer::{Officer, Page};
use crate::phone::{Phone, Sealed};
use crate::township::TestTownship;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Who works street lights.
const HANDLER: &str = "zhaolei";

/// A street light that somebody reported.
struct Light {
    application: ApplicationId,
    case: CaseNumber,
}

struct Scene {
    township: TestTownship,
    phone: Phone,
}

impl Scene {
    async fn new() -> Self {
        let township = TestTownship::start().await;
        let phone = township.phone().await;
        Self { township, phone }
    }

    async fn applies(&mut self, submission: Submission) -> Light {
        let application = submission.application;
        let sealed = self.phone.seal_command(Command::Submit(submission));
        Light { application, case: self.phone.deliver(&sealed).await.case }
    }

    async fn light(&mut self) -> Light {
        let answers = street_light(&self.phone.form("bxsj").await).answers;
        let submission = self.phone.submission("bxsj", answers, Vec::new());
        self.applies(submission).await
    }

    /// A household that wants to be insured.
    async fn household(&mut self) -> CaseNumber {
        let sealed = self.phone.seal("ybcb", household(&self.phone.form("ybcb").await, 2));
        self.phone.deliver(&sealed).await.case
    }

    async fn works(&self, account: &str, case: &CaseNumber, outcome: Outcome) {
        let server = self.township.server.as_ref().unwrap();
        let seen = server.look_at_case(account, case).await.unwrap();
        let record = Record::Words("换了灯泡".to_owned());
        let act = OfficerAct::Case(Act::Work { outcome, record });
        server.act_on_case(account, case, seen, act).await.unwrap();
    }

    async fn mended(&mut self) -> Light {
        let light = self.light().await;
        for _ in 0..3 {
            self.works(HANDLER, &light.case, Outcome::Done).await;
        }
        light
    }

    fn rating(&self, light: &Light, satisfaction: Satisfaction) -> Sealed {
        let (application, words) = (light.application, "等了一个月".to_owned());
        self.phone.seal_command(Command::Rate(Rating { application, satisfaction, words }))
    }

    /// A street light that was mended, and is rated on the phone.
    async fn rated(&mut self, satisfaction: Satisfaction) -> Light {
        let light = self.mended().await;
        let rating = self.rating(&light, satisfaction);
        self.phone.deliver(&rating).await;
        light
    }

    /// Changes a file of the pack, which comes into force.
    async fn changes(&self, file: &str, from: &str, to: &str) {
        let path = self.township.pack().join(file);
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.contains(from), "{file} has {from}");
        fs::write(&path, written.replacen(from, to, 1)).unwrap();
        assert!(self.township.server.as_ref().unwrap().take_up_changes().await);
    }
}

async fn tasks(officer: &Officer) -> Page {
    officer.get("/console/tasks").await
}

async fn task(officer: &Officer, number: &str) -> Page {
    officer.get(&format!("/console/tasks/{number}")).await
}

/// Somebody does something on the page of a task that they have before them.
async fn does(officer: &Officer, number: &str, page: &Page, fields: &str) -> Page {
    let (csrf, seen) = (&page.all("name=\"csrf\" value")[0], &page.all("name=\"seen\" value")[0]);
    let body = format!("csrf={csrf}&seen={seen}&{fields}");
    Page::of(officer.post(&format!("/console/tasks/{number}"), body).await).await
}

/// The same, on the page as it is now.
async fn does_now(officer: &Officer, number: &str, fields: &str) -> Page {
    does(officer, number, &task(officer, number).await, fields).await
}

const CALL: &str = "act=call-back&reached=applicant&words=打了电话，说等太久";
const FOUNDED: &str = "act=find&conclusion=founded&words=派单晚了三天";

#[tokio::test]
async fn a_bad_rating_becomes_one_task_that_who_is_rated_never_sees() {
    let mut scene = Scene::new().await;
    for good in [Satisfaction::Delighted, Satisfaction::Satisfied, Satisfaction::Content] {
        scene.rated(good).await;
    }
    let supervisor = scene.township.officer("jiandu").await;
    assert_eq!(tasks(&supervisor).await.all("data-task").len(), 0, "nobody was dissatisfied");

    let light = scene.rated(Satisfaction::Appalled).await;
    let again = scene.rating(&light, Satisfaction::Appalled);
    let again = scene.phone.refusal(&again.bytes).await;
    assert_eq!(again.reason, RefusalReason::Superseded);
    scene.rated(Satisfaction::Dissatisfied).await;
    let page = tasks(&supervisor).await;
    assert_eq!(page.all("data-task").len(), 2, "one for each");
    let number = &page.all("data-task")[0];
    assert!(number.starts_with(&light.case.0));
    let page = task(&supervisor, number).await;
    assert_eq!(page.all("data-level"), ["非常不满意"]);
    assert!(page.has("等了一个月") && page.has("本人在手机上"));

    let handler = scene.township.officer(HANDLER).await;
    assert_eq!(tasks(&handler).await.status, 404);
    assert_eq!(task(&handler, number).await.status, 404);
    let csrf = handler.get("/console").await.all("name=\"csrf\" value").remove(0);
    let body = format!("csrf={csrf}&seen=1&{CALL}");
    assert_eq!(handler.post(&format!("/console/tasks/{number}"), body).await.status(), 404);
    for path in ["/console".to_owned(), format!("/console/cases/{}", light.case.0)] {
        let page = handler.get(&path).await;
        assert_eq!(page.status, 200);
        for word in ["等了一个月", "不满意", "差评", "督办"] {
            assert!(!page.has(word), "{path} tells {word}");
        }
    }
}

#[tokio::test]
async fn the_limit_is_the_fifth_working_day_and_moves_with_the_calendar() {
    let mut scene = Scene::new().await;
    // It is a Monday: Tuesday, Thursday, Friday, Monday, Tuesday.
    scene.changes("calendar.json", "\"2026-10-01\"", "\"2026-10-01\", \"2026-11-25\"").await;
    scene.rated(Satisfaction::Dissatisfied).await;
    let supervisor = scene.township.officer("jiandu").await;
    let page = tasks(&supervisor).await;
    assert!(page.has("12 月 1 日止") && page.has("剩 5 个工作日"), "{}", page.html);
    scene.changes("calendar.json", "\"2026-10-01\"", "\"2026-10-01\", \"2026-11-26\"").await;
    assert!(tasks(&supervisor).await.has("12 月 2 日止"), "another day is off");

    let number = tasks(&supervisor).await.all("data-task").remove(0);
    let silent = does_now(&supervisor, &number, "act=make-complex&words=").await;
    assert!(silent.status == 422 && silent.has("要写清楚"));
    let complex = "act=make-complex&words=要问供电所";
    assert_eq!(does_now(&supervisor, &number, complex).await.status, 303);
    assert!(task(&supervisor, &number).await.has("12 月 16 日止"), "fifteen from the first day");
    scene.township.clock.forward(25 * DAY);
    let supervisor = scene.township.officer("jiandu").await;
    assert!(tasks(&supervisor).await.has("超期 2 天"));
}

#[tokio::test]
async fn a_task_is_closed_when_who_rated_was_called_what_is_so_is_mended_and_they_were_told() {
    let mut scene = Scene::new().await;
    scene.rated(Satisfaction::Appalled).await;
    let supervisor = scene.township.officer("jiandu").await;
    let number = tasks(&supervisor).await.all("data-task").remove(0);
    let ways = [
        (FOUNDED, "先回访"),
        (CALL, ""),
        ("act=close", "还没有写核实的结论"),
        (FOUNDED, ""),
        ("act=close", "属实的，要写怎么整改"),
        ("act=remedy&words=", "要写清楚"),
        ("act=remedy&words=每天早上派单", ""),
        ("act=close", "把结果告诉"),
        ("act=tell-back&words=电话里说了", ""),
        ("act=close", ""),
        (CALL, "已经办完了"),
    ];
    for (fields, refused) in ways {
        let page = match tasks(&supervisor).await.all("data-task").is_empty() {
            // A closed one offers nothing: the form was open before.
            true => {
                let csrf = tasks(&supervisor).await.all("name=\"csrf\" value").remove(0);
                let body = format!("csrf={csrf}&seen=6&{fields}");
                Page::of(supervisor.post(&format!("/console/tasks/{number}"), body).await).await
            }
            false => does_now(&supervisor, &number, fields).await,
        };
        let expected = if refused.is_empty() { 303 } else { 422 };
        assert_eq!(page.status, expected, "{fields}: {}", page.html);
        assert!(page.has(refused), "{fields}: {}", page.html);
    }
    let closed = supervisor.get("/console/tasks?show=closed").await;
    assert_eq!(closed.all("data-task"), [number.as_str()]);
    let steps = task(&supervisor, &number).await.all("data-step");
    assert_eq!(steps, ["closed", "told-back", "remedied", "found", "called-back", "raised"]);

    let auditor = scene.township.officer("shenji").await;
    let audit = auditor.get("/console/audit").await;
    for did in ["回访", "写核实的结论", "整改", "告诉结果", "办完"] {
        assert!(audit.has(&format!("办了督办 {number}：{did}")), "{did}");
    }
    assert!(audit.has(&format!("看了督办 {number}")) && !audit.has("等了一个月"));
}

#[tokio::test]
async fn who_had_a_hand_in_a_case_looks_into_no_rating_of_it_and_of_two_who_see_the_same_one_acts()
{
    let mut scene = Scene::new().await;
    let handler = "post = \"经办\"";
    let too = "post = \"经办\"\n\n[[officer.also]]\nrole = \"supervisor\"";
    scene.changes("officers.toml", handler, too).await;
    let another = "account = \"jiandu\"\nname = \"梁正\"\npost = \"监督\"\nrole = \"supervisor\"\n";
    let two = format!("{another}\n[[officer]]\n{}", another.replace("jiandu", "jiandu2"));
    scene.changes("officers.toml", another, &two).await;
    let light = scene.rated(Satisfaction::Appalled).await;

    let one = scene.township.officer("jiandu").await;
    let number = tasks(&one).await.all("data-task").remove(0);
    let own = scene.township.officer(HANDLER).await;
    let page = tasks(&own).await;
    assert_eq!(page.status, 200, "they supervise, too");
    assert!(
        page.all("data-task").is_empty() && page.has("<span>督办</span><span class=\"count\">0<")
    );
    assert_eq!(task(&own, &number).await.status, 404);
    let csrf = page.all("name=\"csrf\" value").remove(0);
    let body = format!("csrf={csrf}&seen=1&{CALL}");
    assert_eq!(own.post(&format!("/console/tasks/{number}"), body).await.status(), 404);
    // What they have a hand in later is none of theirs either.
    let case = format!("/console/cases/{}", light.case.0);
    let noted = format!("csrf={csrf}&words=x");
    let other = scene.township.officer("jiandu2").await;
    assert_eq!(task(&other, &number).await.status, 200);
    assert_eq!(own.post(&format!("{case}/notes"), noted).await.status(), 303);

    let (seen, same) = (task(&one, &number).await, task(&other, &number).await);
    let both = tokio::join!(
        does(&one, &number, &seen, CALL),
        does(&other, &number, &same, "act=call-back&reached=nobody&words=没人接"),
    );
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort();
    assert_eq!(statuses, [303, 409], "who comes second looks again");
    assert_eq!(task(&one, &number).await.all("data-step").len(), 2);
}

/// Presses a face on the page that is open before the person.
async fn presses(officer: &Officer, case: &CaseNumber, channel: &str, level: u8) -> Page {
    let path = format!("/console/cases/{}/rating", case.0);
    let csrf = officer.get("/console").await.all("name=\"csrf\" value").remove(0);
    let body = format!("csrf={csrf}&channel={channel}&level={level}&words=等了一个月");
    Page::of(officer.post(&path, body).await).await
}

#[tokio::test]
async fn at_the_counter_a_case_is_rated_once_by_whoever_it_is_of() {
    let mut scene = Scene::new().await;
    let light = scene.light().await;
    let window = scene.township.officer("jiangyu").await;
    let path = format!("/console/cases/{}/rating", light.case.0);
    assert!(window.get(&path).await.has("这一件还没有办结"));
    for _ in 0..3 {
        scene.works(HANDLER, &light.case, Outcome::Done).await;
    }
    let case = format!("/console/cases/{}", light.case.0);
    assert!(window.get(&case).await.has("请群众评价"));
    let page = window.get(&path).await;
    assert_eq!(page.all("name=\"level\" value"), ["1", "2", "3", "4", "5"]);
    assert!(!page.has("示例甲") && !page.has("13900000000"), "others stand at the counter");
    let handler = scene.township.officer(HANDLER).await;
    assert_eq!(presses(&handler, &light.case, "window", 1).await.status, 404, "not by the rated");

    assert_eq!(presses(&window, &light.case, "window", 5).await.status, 303);
    let page = window.get(&path).await;
    assert!(page.has("已评价") && page.all("name=\"level\" value").is_empty());
    assert_eq!(presses(&window, &light.case, "paper", 1).await.status, 422, "once");
    let rating = scene.rating(&light, Satisfaction::Delighted);
    let answer = scene.phone.sync(&[&rating.bytes], &[]).await;
    let Some(Fact::Case(state)) = answer.facts.last() else { panic!("it is told") };
    assert!(!state.offers.rate);
    let refused = scene.phone.refusal(&rating.bytes).await;
    assert!(refused.words.contains("已经评过"), "{}", refused.words);

    let supervisor = scene.township.officer("jiandu").await;
    let number = tasks(&supervisor).await.all("data-task").remove(0);
    let page = task(&supervisor, &number).await;
    assert!(page.has("等了一个月") && page.has("在窗口，请评的人：江雨"));
    for officer in [&window, &handler] {
        let page = officer.get(&case).await;
        assert!(page.has("看不到评了什么") && !page.has("等了一个月") && !page.has("请群众评价"));
    }
    assert_eq!(task(&window, &number).await.status, 404);
    let database = fs::read(scene.township.folder.path().join("data/township.db"));
    let wal = fs::read(scene.township.folder.path().join("data/township.db-wal"));
    for bytes in [database, wal].into_iter().flatten() {
        let words = "等了一个月".as_bytes();
        assert!(!bytes.windows(words.len()).any(|part| part == words), "it is sealed");
    }
}

#[tokio::test]
async fn on_paper_it_is_the_same_and_nobody_asks_for_a_rating_of_themselves() {
    let mut scene = Scene::new().await;
    let light = scene.mended().await;
    let window = scene.township.officer("jiangyu").await;
    assert_eq!(presses(&window, &light.case, "paper", 4).await.status, 303);
    let supervisor = scene.township.officer("jiandu").await;
    let number = tasks(&supervisor).await.all("data-task").remove(0);
    assert!(task(&supervisor, &number).await.has("在纸上，录的人：江雨"));

    let own = scene.household().await;
    scene.works("jiangyu", &own, Outcome::Declined).await;
    let page = window.get(&format!("/console/cases/{}/rating", own.0)).await;
    assert!(page.status == 422 && page.has("您经手过这一件"));
    assert_eq!(presses(&window, &own, "window", 1).await.status, 422);
    assert!(!window.get(&format!("/console/cases/{}", own.0)).await.has("请群众评价"));
}

#[tokio::test]
async fn each_risk_is_raised_once_and_is_closed_with_a_conclusion() {
    let mut scene = Scene::new().await;
    let light = scene.light().await;
    scene.works(HANDLER, &light.case, Outcome::Done).await;
    scene.township.clock.forward(13 * HOUR);
    scene.works(HANDLER, &light.case, Outcome::Done).await;
    scene.works(HANDLER, &light.case, Outcome::Done).await;
    let supervisor = scene.township.officer("jiandu").await;
    let page = tasks(&supervisor).await;
    assert_eq!(page.all("data-task").len(), 1, "twice at night, and told once");
    let number = page.all("data-task").remove(0);
    let page = task(&supervisor, &number).await;
    assert!(page.has("不是上班时间办的") && page.has("11 月 23 日 23:00"));
    let handler = scene.township.officer(HANDLER).await;
    assert!(!handler.get(&format!("/console/cases/{}", light.case.0)).await.has("风险"));

    assert!(does_now(&supervisor, &number, CALL).await.has("不用回访"));
    assert!(does_now(&supervisor, &number, "act=close").await.has("还没有写核实的结论"));
    let nothing = "act=find&conclusion=groundless&words=路灯夜里修";
    assert_eq!(does_now(&supervisor, &number, nothing).await.status, 303);
    assert_eq!(does_now(&supervisor, &number, "act=close").await.status, 303);
    scene.phone.deliver(&scene.rating(&light, Satisfaction::Satisfied)).await;
    assert!(tasks(&supervisor).await.all("data-task").is_empty(), "it is not raised anew");
}

#[tokio::test]
async fn who_applies_again_and_again_or_is_close_to_somebody_is_told_to_who_supervises() {
    let mut scene = Scene::new().await;
    scene.changes("risks.toml", "items = [\"lsjz\"]", "items = [\"ybcb\"]").await;
    let supervisor = scene.township.officer("jiandu").await;
    scene.household().await;
    scene.household().await;
    assert!(tasks(&supervisor).await.all("data-task").is_empty());
    let third = scene.household().await;
    let page = tasks(&supervisor).await;
    assert_eq!(page.all("data-task"), [format!("{}-1", third.0)]);
    assert!(page.has("风险：拆成几件申请"));
    // Somebody of the household is the spouse of a clerk, as that one declared.
    scene
        .changes(
            "risks.toml",
            "name = \"示例戊\"\nidentity = \"0041\"",
            "name = \"示例乙\"\nidentity = \"9909\"",
        )
        .await;
    scene.changes("risks.toml", "times = 3", "times = 3\non = false").await;
    let close = scene.household().await;
    let number = format!("{}-1", close.0);
    let page = task(&supervisor, &number).await;
    assert!(page.has("风险：亲属") && page.has("示例乙（cun1 的配偶）"));
}

#[tokio::test]
async fn who_has_a_tie_to_an_applicant_keeps_out_and_another_goes_on() {
    let mut scene = Scene::new().await;
    let case = scene.household().await;
    scene.works("jiangyu", &case, Outcome::Accepted).await;
    let path = format!("/console/cases/{}", case.0);
    let tied = scene.township.officer("zhoumin").await;
    let acts = async |officer: &Officer, fields: &str| {
        let page = officer.get(&path).await;
        let csrf = page.all("name=\"csrf\" value").remove(0);
        let seen = page.all("name=\"seen\" value").into_iter().next();
        let seen = seen.unwrap_or_else(|| page.html.matches("<li>").count().to_string());
        let body = format!("csrf={csrf}&seen={seen}&{fields}");
        Page::of(officer.post(&format!("{path}/acts"), body).await).await
    };
    let agrees = "act=work%3Aagreed&record=words&words=";
    assert!(tied.get(&path).await.has("value=\"work:agreed\""));
    let silent = acts(&tied, "act=recuse&tie=other&words=").await;
    assert!(silent.status == 422 && silent.has("有什么利害关系"));
    assert_eq!(acts(&tied, "act=recuse&tie=kin&words=表姐").await.status, 303);
    let page = tied.get(&path).await;
    assert!(page.has("这一件您不办") && !page.has("value=\"work:agreed\""));
    let refused = acts(&tied, agrees).await;
    assert!(refused.status == 422 && refused.has("和申请人有利害关系"));
    let csrf = page.all("name=\"csrf\" value").remove(0);
    let note = tied.post(&format!("{path}/notes"), format!("csrf={csrf}&words=x")).await;
    assert_eq!(note.status(), 422);

    let other = scene.township.officer("tianhe").await;
    let last = acts(&other, "act=recuse&tie=colleague&words=").await;
    assert!(
        last.status == 422 && last.has("除了您没有别人能办“审核”，先请负责人"),
        "{}",
        last.html
    );
    assert_eq!(acts(&other, agrees).await.status, 303);

    let supervisor = scene.township.officer("jiandu").await;
    let page = supervisor.get("/console/recusals").await;
    assert_eq!(page.all("data-recusal"), [case.0.as_str()]);
    assert!(page.has("周敏") && page.has("亲属：表姐"));
    let auditor = scene.township.officer("shenji").await;
    assert!(auditor.get("/console/audit").await.has(&format!("办了 {}：申报回避", case.0)));
    scene.phone.forget_what_was_heard();
    for fact in scene.phone.sync(&[], &[]).await.facts {
        let Fact::Case(state) = fact;
        assert!(!state.words.contains("表姐") && state.said.is_none(), "it is not the applicant's");
    }
}
