//! Who may do what: the table of `docs/rights.md`, cell by cell.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use casework::Role;
use protocol::{Command, ItemId, Rating, Satisfaction};

use crate::documents;
use crate::material::household;
use crate::officer::Officer;
use crate::phone::SealedFile;
use crate::workflows::{Case, Scene};

const TABLE: &str = include_str!("../../../../docs/rights.md");
/// Its columns, and who stands for each.
const PEOPLE: [(&str, Option<&str>); 11] = [
    ("nobody", None),
    ("clerk there", Some("cun3")),
    ("clerk elsewhere", Some("cun1")),
    ("window", Some("jiangyu")),
    ("handler there", Some("zhoumin")),
    ("handler elsewhere", Some("zhaolei")),
    ("head there", Some("xiaoyan")),
    ("supervisor", Some("jiandu")),
    ("discipline", Some("jijian")),
    ("administrator", Some("guanli")),
    ("auditor", Some("shenji")),
];

/// The console's addresses, as they are written there.
const CONSOLE: &str = include_str!("../../src/console.rs");
/// What stands there by a name.
const NAMED: [(&str, &str); 4] = [
    ("second::PATH", "/second"),
    ("session::SIGN_OUT", "/sign-out"),
    ("password::PATH", "/password"),
    ("provider::BACK", "/provider/back"),
];

/// What is there to be asked for.
struct There {
    scene: Scene,
    at_the_counter: String,
    file: SealedFile,
    in_the_village: String,
    notice: String,
    paper: String,
    proof: String,
    /// A bad rating, and a case that is over and was not rated, in which the window had no hand.
    task: String,
    over: String,
}

impl There {
    async fn is() -> Self {
        let mut scene = Scene::of("butie").await;
        let form = scene.phone.form("ybcb").await;
        let mut sealed = scene.phone.seal("ybcb", household(&form, 1));
        let at_the_counter = scene.phone.deliver(&sealed).await.case.0;
        let file = sealed.files.remove(0);
        scene.phone.finish(&file).await;
        let case: Case = scene.apply(&[]).await;
        let accepts = "record=words&words=";
        scene.does(Role::Window, &case, "work:accepted", accepts).await;
        let (notice, _) = scene.phone.notice("ybcb").await;
        let (in_the_village, notice) = (case.number.clone(), notice.to_string());
        let window = scene.desk("jiangyu").await;
        let paper = documents::issues(window, &in_the_village, "acceptance", "").await;
        let proof = documents::proof(window, &paper).await;
        let declined: Case = scene.apply(&[]).await;
        scene.does(Role::Window, &declined, "work:declined", "record=words&words=不归镇里").await;
        let rating = Command::Rate(Rating {
            application: declined.submission.application,
            satisfaction: Satisfaction::Appalled,
            words: String::new(),
        });
        let rating = scene.phone.seal_command(rating);
        scene.phone.deliver(&rating).await;
        let tasks = scene.desk("jiandu").await.get("/console/tasks").await;
        let task = tasks.all("data-task").remove(0);
        let stopped: Case = scene.apply(&[]).await;
        scene.does(Role::Head, &stopped, "stop", "words=申请人去世").await;
        let over = stopped.number;
        Self { scene, at_the_counter, file, in_the_village, notice, paper, proof, task, over }
    }

    /// Whether somebody is let do what a row of the table says.
    async fn lets(&mut self, who: Option<&str>, request: &str) -> bool {
        let stranger = Officer::new(&self.scene.township.address);
        let (counter, village) = (self.at_the_counter.clone(), self.in_the_village.clone());
        let path = match request {
            "the desk" => "/console".to_owned(),
            "a case at the counter" => format!("/console/cases/{counter}"),
            "a copy of it for its applicant" => format!("/console/cases/{counter}/copy"),
            "a file of it" => format!("/console/cases/{counter}/files/{}", self.file.id),
            "a case in the village" => format!("/console/cases/{village}"),
            "what was refused" => "/console/refused".to_owned(),
            "the mailbag" => "/console/mailbag".to_owned(),
            "a notice that people were told" => format!("/console/notices/{}", self.notice),
            "their own second factor" => "/console/second".to_owned(),
            "the roster" => "/console/residents".to_owned(),
            "reading one that was issued" => self.paper.clone(),
            "whether a document is true" => self.proof.clone(),
            "what is to be looked into" => "/console/tasks".to_owned(),
            "a bad rating" => format!("/console/tasks/{}", self.task),
            "asking how it went" => format!("/console/cases/{}/rating", self.over),
            "who keeps out of what" => "/console/recusals".to_owned(),
            "what lamps were lit on their cases" => "/console/reminders".to_owned(),
            "what left the township" => "/console/messages".to_owned(),
            "their own password" => "/console/password".to_owned(),
            "everybody's accounts" => "/console/accounts".to_owned(),
            "the devices given out" => "/console/devices".to_owned(),
            "what others did" => "/console/audit".to_owned(),
            "the pack" => "/api/pack".to_owned(),
            _ => return self.lets_act(who, request).await,
        };
        let officer = match who {
            Some(account) => self.scene.desk(account).await,
            None => &stranger,
        };
        officer.get(&path).await.status == 200
    }

    /// The same of what changes something, asked for so that nothing changes.
    async fn lets_act(&mut self, who: Option<&str>, request: &str) -> bool {
        let stranger = Officer::new(&self.scene.township.address);
        let (case, fields) = match request {
            "taking it" => (self.at_the_counter.clone(), "act=work%3Adeclined&record=words&words="),
            "reviewing it there" => {
                (self.in_the_village.clone(), "act=work%3Adisagreed&record=words&words=")
            }
            "stopping its clocks" => {
                (self.in_the_village.clone(), "act=pause&grounds=applicant&until=2026-12-24&words=")
            }
            "keeping out of it" => (self.in_the_village.clone(), "act=recuse&tie=other&words="),
            "closing a bad rating" => (self.task.clone(), ""),
            "passing it on" => (self.in_the_village.clone(), "act=pass-on&office=zh&words="),
            "taking it back for its applicant" => {
                (self.at_the_counter.clone(), "act=withdraw&words=")
            }
            "bringing a mailbag" => (String::new(), ""),
            "issuing a document of it" => (self.in_the_village.clone(), "event=1&kind=grant"),
            "what of it is masked" => (self.at_the_counter.clone(), "field=m_id"),
            "a note on it" | "writing down how it went" => (self.at_the_counter.clone(), ""),
            "bringing a new roster" => (String::new(), ""),
            request if elsewhere(request).is_some() => (String::new(), ""),
            request => panic!("nobody knows what “{request}” is"),
        };
        let officer = match who {
            Some(account) => self.scene.desk(account).await,
            None => &stranger,
        };
        let desk = officer.get("/console").await;
        let csrf = desk.all("name=\"csrf\" value").into_iter().next().unwrap_or_default();
        let path = format!("/console/cases/{case}");
        if let Some((path, fields)) = elsewhere(request) {
            let path = path.replace("{case}", &case);
            let response =
                officer.post(&format!("/console{path}"), format!("csrf={csrf}&{fields}")).await;
            return is_let(&response);
        }
        match request {
            "issuing a document of it" => {
                let body = format!("csrf={csrf}&{fields}");
                officer.post(&format!("{path}/documents"), body).await.status() == 422
            }
            "closing a bad rating" => {
                let body = format!("csrf={csrf}&seen=1&act=close");
                let response = officer.post(&format!("/console/tasks/{case}"), body).await;
                // It was not looked into.
                response.status() == 422
            }
            "what of it is masked" => {
                let body = format!("csrf={csrf}&{fields}");
                officer.post(&format!("{path}/shown"), body).await.status() == 200
            }
            "bringing a mailbag" => officer.bring_with(&csrf, b"").await.status == 400,
            "bringing a new roster" => officer.bring_table_with(&csrf, b"").await.status == 422,
            _ => {
                let page = officer.get(&path).await;
                let seen = page.all("name=\"seen\" value").into_iter().next();
                // Whoever is offered nothing may still send something.
                let seen = seen.unwrap_or_else(|| page.html.matches("<li>").count().to_string());
                let body = format!("csrf={csrf}&seen={seen}&{fields}");
                let response = officer.post(&format!("{path}/acts"), body).await;
                // Only words are lacking.
                response.status() == 422 && response.text().await.unwrap().contains("要写清楚")
            }
        }
    }
}

/// Where else something is asked for, and what is sent there, so that nothing changes.
fn elsewhere(request: &str) -> Option<(&'static str, String)> {
    let nothing = "0".repeat(64);
    Some(match request {
        "a note on it" => ("/cases/{case}/notes", "words=".into()),
        "writing down how it went" => {
            ("/cases/{case}/rating", "channel=window&level=1&words=".into())
        }
        "giving somebody a password" => ("/accounts", "account=nobody&act=password".into()),
        "taking a device back" => ("/devices", "device=0&act=revoke".into()),
        "changing their own second factor" => ("/second", "password=no&code=0".into()),
        "changing their own password" => ("/password", "password=no&new=a&again=b".into()),
        "taking another post of theirs" => ("/post", "post=0".into()),
        "confirming what it changes" => ("/residents/confirm", String::new()),
        "saying who is right about somebody" => {
            ("/residents/proposals", format!("key={nothing}&case=0&do=leave"))
        }
        "having read them" => ("/reminders", "until=0".into()),
        "sending it again" => ("/messages", "kind=sms&case=0&event=0&destination=0".into()),
        _ => return None,
    })
}

/// Whether somebody came as far as what they asked for: whether it could be done is another matter.
fn is_let(response: &reqwest::Response) -> bool {
    let to_the_door = |to: &HeaderValue| to.as_bytes().ends_with(b"sign-in");
    match response.status().as_u16() {
        403 | 404 => false,
        303 => !response.headers().get("location").is_some_and(to_the_door),
        200 | 409 | 422 => true,
        status => panic!("{status} is no answer"),
    }
}

/// The methods and paths of the console's router.
fn addresses() -> BTreeSet<String> {
    let router = CONSOLE.split("pub(crate) fn router").nth(1).unwrap();
    let router = router.split("\n}").next().unwrap();
    let routes = router.split(".route(").skip(1).map(|route| route.trim_start());
    let mut all = BTreeSet::new();
    for route in routes {
        let (path, handlers) = route.split_once(',').unwrap();
        let path = match path.strip_prefix('"') {
            Some(path) => path.trim_end_matches('"'),
            None => NAMED.iter().find(|(name, _)| *name == path).expect(path).1,
        };
        let methods = [("GET", handlers.contains("get(")), ("POST", handlers.contains("sent("))];
        let also = ("POST", handlers.contains(".post("));
        let methods = methods.into_iter().chain([also]).filter(|(_, is_there)| *is_there);
        all.extend(methods.map(|(method, _)| format!("{method} {path}")));
    }
    // They are the same for everybody, and say nothing of anybody.
    all.retain(|address| !address.ends_with(".css") && !address.ends_with(".js"));
    all
}

/// Those that the page about rights names.
fn named_addresses() -> BTreeSet<String> {
    let section = TABLE.split("## By request").nth(1).unwrap().split("\n## ").next().unwrap();
    let quoted = section.split('`').skip(1).step_by(2);
    let is_address = |one: &&str| one.starts_with("GET /") || one.starts_with("POST /");
    quoted.filter(is_address).map(ToOwned::to_owned).collect()
}

/// The rows of the table: what is asked for, and who may.
fn rows() -> Vec<(String, Vec<bool>)> {
    let after = TABLE.split("## By request").nth(1).unwrap();
    let lines = after.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = lines.map(cells);
    let names: Vec<&str> = PEOPLE.iter().map(|(name, _)| *name).collect();
    assert_eq!(lines.next().unwrap()[2..], names);
    let row = |cells: Vec<String>| {
        let may = cells[2..].iter().map(|cell| match cell.as_str() {
            "yes" => true,
            "–" => false,
            cell => panic!("“{cell}” is neither yes nor –"),
        });
        (cells[0].clone(), may.collect())
    };
    lines.skip(1).map(row).collect()
}

#[tokio::test]
async fn everybody_may_do_exactly_what_the_table_says() {
    let mut there = There::is().await;
    let item = there.scene.pack.item(&ItemId("bxsj".into())).unwrap();
    assert!(!item.workflow.is_empty());
    let rows = rows();
    assert_eq!(rows.len(), 45, "a row that is not asked for proves nothing");
    let mut wrong = Vec::new();
    for (request, may) in rows {
        for ((name, account), expected) in PEOPLE.iter().zip(may) {
            if there.lets(*account, &request).await != expected {
                wrong.push(format!("{name}: {request} should be {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_names_every_address_of_the_console() {
    let (there, named) = (addresses(), named_addresses());
    assert!(there.len() > 40, "{there:#?}");
    assert_eq!(there, named);
}
