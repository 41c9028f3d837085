//! Cases that are handed over to a department of the county, and what it answers.

use std::fs;

use casework::Role;
use protocol::{Digest, Fact};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::material::{Filled, filled};
use crate::packs::{pack, until_changed};
use crate::receiver::{Receiver, SECRET, sign};
use crate::workflows::{Case, Scene};

const WORDS: &str = "record=words&words=理由";

/// A township whose cases a department answers, and a case that has come to it.
struct HandedOver {
    scene: Scene,
    county: Receiver,
    case: Case,
    /// What the department was sent.
    package: Value,
    photo: Vec<u8>,
}

impl HandedOver {
    async fn is() -> Self {
        let county = Receiver::start().await;
        let mut scene = Scene::of("butie").await;
        let file = scene.township.pack().join("forms/small.csv");
        let form = fs::read_to_string(&file).unwrap();
        let version = pack(&scene.township.address).await.version;
        let question = ",image,photo,照片,no\n,select_one yn,poor,困难吗,yes\nchoices,";
        let choices = ",list_name,name,label,\n,yn,yes,是,\n,yn,no,不是,\n";
        let form = form.replacen("choices,", question, 1);
        let form = match form.contains(",yn,yes,") {
            true => form,
            false => form.replacen(",list_name,name,label,\n", choices, 1),
        };
        fs::write(&file, form).unwrap();
        until_changed(&scene.township.address, version).await;
        let department = |id: &str, items: &str| {
            format!(
                "[[county]]\nid = \"{id}\"\nname = \"市民政局\"\nurl = \"{}\"\n\
                 secret = \"{SECRET}\"\nitems = [{items}]\n",
                county.url
            )
        };
        let both = department("mzj", "\"bxsj\"") + &department("zjj", "\"wfgz\"");
        scene.township.with_gateways(&both).await;
        scene.phone = scene.township.phone().await;
        scene.forget_desks();
        let form = scene.phone.form("bxsj").await;
        let answers = [("village", "529999101203"), ("poor", "yes"), ("photo", "photo.jpg")];
        let answers = filled(&form, &answers).answers;
        let submission = scene.phone.submission("bxsj", answers.clone(), Vec::new());
        let filled = Filled { answers, files: vec!["photo.jpg".into()] };
        let sealed = scene.phone.seal("bxsj", filled);
        let number = scene.phone.deliver(&sealed).await.case.0;
        scene.phone.finish(&sealed.files[0]).await;
        let case = Case { number, submission };
        let photo = sealed.files[0].plain.clone();
        let mut there = Self { scene, county, case, package: Value::Null, photo };
        there.goes(Role::Window, "work:accepted").await;
        there.goes(Role::Clerk, "work:disagreed").await;
        there.goes(Role::Handler, "work:agreed").await;
        assert!(there.county.got().is_empty(), "it is not the county's yet");
        there.goes(Role::Head, "work:granted").await;
        there.package = there.county.got_at_least(1).await[0].json();
        there
    }

    async fn goes(&mut self, role: Role, button: &str) {
        self.scene.does(role, &self.case, button, WORDS).await;
    }

    fn now(&self) -> i64 {
        server::Clock::now(&*self.scene.township.clock).0 / 1000
    }

    /// What the department answers, signed by it just now.
    async fn answers(&self, answer: &Value) -> Response {
        let body = answer.to_string();
        let signature = sign(SECRET, self.now(), body.as_bytes());
        self.sends("mzj", &signature, body).await
    }

    async fn sends(&self, department: &str, signature: &str, body: String) -> Response {
        let url = format!("{}/api/county/answers", self.scene.township.address);
        let request = Client::new().post(url).header("x-xst-department", department);
        request.header("x-xst-signature", signature).body(body).send().await.unwrap()
    }

    async fn file(&self, department: &str, path: &str) -> Response {
        let signature = sign(SECRET, self.now(), format!("GET {path}").as_bytes());
        let url = format!("{}{path}", self.scene.township.address);
        let request = Client::new().get(url).header("x-xst-department", department);
        request.header("x-xst-signature", signature).send().await.unwrap()
    }

    fn answer(&self, outcome: &str, words: &str) -> Value {
        let (case, event) = (&self.package["case"], &self.package["event"]);
        json!({ "case": case, "event": event, "outcome": outcome, "words": words,
                "document": "民函〔2026〕1号" })
    }

    /// The stage and the phase.
    async fn at(&mut self) -> (String, String) {
        let page = self.scene.page("jiandu", &self.case).await;
        (page.all("data-stage").remove(0), page.all("data-phase").remove(0))
    }
}

#[tokio::test]
async fn a_department_is_handed_the_case_and_its_answer_decides_it() {
    let mut there = HandedOver::is().await;
    let package = there.package.clone();
    let got = there.county.got();
    assert_eq!(got.len(), 1, "and the other department nothing");
    let (seconds, _) = got[0].signature.trim_start_matches("t=").split_once(',').unwrap();
    assert_eq!(got[0].signature, sign(SECRET, seconds.parse().unwrap(), &got[0].body));
    assert_eq!(package["case"], there.case.number);
    assert_eq!(package["stage"], json!({ "id": "county", "name": "报市里发放" }));
    let answers = json!([
        { "name": "village", "label": "哪个村", "value": "529999101203" },
        { "name": "photo", "label": "照片", "value": "photo.jpg" },
        { "name": "poor", "label": "困难吗", "value": "yes", "words": "是" },
    ]);
    assert_eq!(package["answers"], answers);
    let file = &package["files"][0];
    assert_eq!(file["digest"], Digest::of(&there.photo).to_string());
    let path = file["path"].as_str().unwrap().to_owned();
    let response = there.file("mzj", &path).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.bytes().await.unwrap(), there.photo);
    assert_eq!(there.file("zjj", &path).await.status(), 404, "it is not theirs");
    assert_eq!(there.file("none", &path).await.status(), 401);

    let wordless = there.answers(&there.answer("refused", " ")).await;
    assert_eq!(wordless.status(), 422);
    assert_eq!(there.at().await.0, "county");
    let answer = there.answer("approved", "同意发放");
    assert_eq!(there.answers(&answer).await.status(), 204);
    assert_eq!(there.at().await, (String::new(), "finished".to_owned()));
    let page = there.scene.page("jiandu", &there.case).await;
    assert!(page.has("同意发放（文号 民函〔2026〕1号）") && page.has("市民政局，它的系统答的"));
    assert_eq!(there.file("mzj", &path).await.status(), 404, "who has answered needs it no more");
    let audit = there.scene.desk("shenji").await.get("/console/audit").await;
    assert!(audit.has("市民政局") && audit.has(&format!("把 {} 交给了 mzj", there.case.number)));
    // The phone hears what it came to, and not what the department wrote to the office.
    let facts = there.scene.phone.sync(&[], &[]).await.facts;
    let Some(Fact::Case(state)) = facts.into_iter().last() else { panic!("it is told") };
    assert_eq!((state.stage.as_str(), state.said), ("finished", Some("理由".to_owned())));
}

#[tokio::test]
async fn what_is_forged_late_or_said_twice_changes_nothing() {
    let mut there = HandedOver::is().await;
    let answer = there.answer("returned", "缺银行账号");
    let (body, now) = (answer.to_string(), there.now());
    let right = sign(SECRET, now, body.as_bytes());
    for (department, signature) in [
        ("mzj", sign("another secret altogether", now, body.as_bytes())),
        ("mzj", sign(SECRET, now - 301, body.as_bytes())),
        ("mzj", sign(SECRET, now + 301, body.as_bytes())),
        ("mzj", sign(SECRET, now, b"another body")),
        ("mzj", String::new()),
        ("nobody", right.clone()),
    ] {
        let response = there.sends(department, &signature, body.clone()).await;
        assert_eq!(response.status(), 401, "{department} {signature}");
    }
    // Another department signs rightly for what is not its own.
    assert_eq!(there.sends("zjj", &right, body.clone()).await.status(), 404);
    let mut elsewhere = answer.clone();
    elsewhere["event"] = json!(1);
    assert_eq!(there.answers(&elsewhere).await.status(), 404, "nothing was handed over with that");
    assert_eq!(there.at().await.0, "county");

    assert_eq!(there.sends("mzj", &right, body.clone()).await.status(), 204);
    assert_eq!(there.at().await.0, "decision");
    let again = there.sends("mzj", &right, body.clone()).await;
    assert_eq!(again.status(), 204, "whoever did not hear the answer asks again");
    assert_eq!(there.answers(&there.answer("approved", "")).await.status(), 409);
    assert_eq!(there.at().await.0, "decision");

    // It comes back to the county: what was answered before is no answer to that.
    there.goes(Role::Head, "work:granted").await;
    let second = there.county.got_at_least(2).await[1].json();
    assert_ne!(second["event"], there.package["event"]);
    assert_eq!(there.sends("mzj", &right, body.clone()).await.status(), 204);
    assert_eq!(there.answers(&there.answer("approved", "")).await.status(), 409);
    assert_eq!(there.at().await.0, "county", "neither did anything");
    there.package = second;
    // An officer was faster.
    there.goes(Role::Handler, "work:agreed").await;
    assert_eq!(there.answers(&there.answer("refused", "不给")).await.status(), 409);
    assert_eq!(there.at().await.1, "finished");
    there.scene.township.clock.forward(6);
    assert_eq!(there.sends("mzj", &right, body).await.status(), 401, "by then it is too late");
}
