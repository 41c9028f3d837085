//! Each workflow of the demonstration township, from application to rating, by the console and the
//! phone: every way from every stage is taken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;

use casework::{Ending, Next, Outcome, Role, StageId, To, Work, Workflow};
use pack::{Files, Item, Pack};
use protocol::fact::CaseState;
use protocol::{
    Appeal, ApplicationId, Command, Confirmation, Fact, Rating, Satisfaction, Submission,
};

use crate::material::filled;
use crate::officer::{Officer, Page};
use crate::packs::until;
use crate::phone::{Phone, received};
use crate::township::{PASSWORD, TestTownship};

/// Longer than any notice hangs out, and any silence lasts.
const LONG: i64 = 40 * 24 * 60;

/// What happens to a case next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Work(StageId, Outcome),
    /// Its applicant objects to what was decided.
    Appeal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    At(StageId, bool),
    /// Over, after an objection or before one.
    Over(Ending, bool),
}

/// Where a case of these traits can go from `place`.
fn steps(workflow: &Workflow, traits: &[String], place: Place) -> Vec<(Step, Place)> {
    match place {
        Place::Over(Ending::Finished | Ending::Refused, false) => {
            let appeal = workflow.appeal.map(|stage| (Step::Appeal, Place::At(stage, true)));
            appeal.into_iter().collect()
        }
        Place::Over(..) => Vec::new(),
        Place::At(id, is_appealed) => {
            let stage = workflow.stage(id).unwrap();
            let go = |outcome: &Outcome| {
                let place = match stage.after(*outcome, traits)? {
                    To::Stage(to) => Place::At(to, is_appealed),
                    To::End(ending) => Place::Over(ending, is_appealed),
                };
                Some((Step::Work(id, *outcome), place))
            };
            stage.work.outcomes().iter().filter_map(go).collect()
        }
    }
}

/// The shortest way from `from` to where `is_there`.
fn way(
    workflow: &Workflow,
    traits: &[String],
    from: Place,
    is_there: impl Fn(Place) -> bool,
) -> Option<(Vec<Step>, Place)> {
    let (mut seen, mut todo) = (BTreeSet::from([from]), VecDeque::from([(Vec::new(), from)]));
    while let Some((way, place)) = todo.pop_front() {
        if is_there(place) {
            return Some((way, place));
        }
        for (step, to) in steps(workflow, traits, place) {
            if seen.insert(to) {
                let mut way: Vec<Step> = way.clone();
                way.push(step);
                todo.push_back((way, to));
            }
        }
    }
    None
}

/// A case of these traits, from its first stage to its end, that goes from `id` by `next`.
fn way_by(workflow: &Workflow, id: StageId, next: &Next) -> (Vec<String>, Vec<Step>) {
    let all = 0..1_usize << workflow.traits.len();
    let sets = all.map(|bits| {
        let own = workflow.traits.iter().enumerate();
        let own = own.filter(|(place, _)| bits & (1 << place) != 0);
        own.map(|(_, name)| name.clone()).collect::<Vec<String>>()
    });
    let stage = workflow.stage(id).unwrap();
    for traits in sets {
        let fits = |one: &&Next| one.on == next.on && one.when.iter().all(|t| traits.contains(t));
        if stage.next.iter().find(fits) != Some(next) {
            continue;
        }
        let is_there = |place| matches!(place, Place::At(at, _) if at == id);
        let start = Place::At(StageId(0), false);
        let Some((mut steps, Place::At(_, is_appealed))) = way(workflow, &traits, start, is_there)
        else {
            continue;
        };
        steps.push(Step::Work(id, next.on));
        let then = match next.to {
            To::Stage(to) => Place::At(to, is_appealed),
            To::End(ending) => Place::Over(ending, is_appealed),
        };
        let is_over = |place| matches!(place, Place::Over(..));
        let (rest, _) = way(workflow, &traits, then, is_over).unwrap();
        return (traits, [steps, rest].concat());
    }
    panic!("no case of “{}” goes from “{}” by {next:?}", workflow.name, stage.name);
}

/// A township whose item `bxsj` is worked by a workflow, on a form that asks for a village and whether
/// each trait is so.
pub(crate) struct Scene {
    pub(crate) township: TestTownship,
    pub(crate) pack: Pack,
    workflow: Workflow,
    pub(crate) phone: Phone,
    at_desks: BTreeMap<String, Officer>,
    heard: Option<CaseState>,
    /// Whether applicants answer by their phones, and not at the counter, or by silence.
    is_by_phone: bool,
}

/// A case in it.
pub(crate) struct Case {
    pub(crate) number: String,
    pub(crate) submission: Submission,
}

impl Scene {
    pub(crate) async fn of(id: &str) -> Self {
        let township = TestTownship::start().await;
        let load = || Pack::load(&Files::read(&township.pack()).unwrap());
        let pack = load().unwrap();
        let workflow = pack.workflow(id).unwrap().work.clone();
        let item = pack.items.iter().find(|item| item.workflow == id).unwrap();
        fs::write(township.pack().join("forms/small.csv"), form(&workflow)).unwrap();
        let written = written(id, item, &workflow);
        fs::write(township.pack().join("items/bxsj.toml"), written).unwrap();
        load().unwrap_or_else(|faults| panic!("{faults}"));
        until(&township.address, |pack| pack.items.iter().any(|item| item.name == "小事")).await;
        for officer in &pack.officers {
            township.set_password(&officer.account).await;
        }
        let phone = township.phone().await;
        let (at_desks, heard) = (BTreeMap::new(), None);
        Self { township, pack, workflow, phone, at_desks, heard, is_by_phone: false }
    }

    pub(crate) async fn apply(&mut self, traits: &[String]) -> Case {
        self.apply_as("", traits).await
    }

    /// The same of somebody who gives their name.
    pub(crate) async fn apply_as(&mut self, name: &str, traits: &[String]) -> Case {
        let form = self.phone.form("bxsj").await;
        let mut answers = vec![("village", "529999101203")];
        if !name.is_empty() {
            answers.push(("name", name));
        }
        for name in &self.workflow.traits {
            answers.push((name, if traits.contains(name) { "yes" } else { "no" }));
        }
        let submission = self.phone.submission("bxsj", filled(&form, &answers).answers, Vec::new());
        let sealed = self.phone.seal_command(Command::Submit(submission.clone()));
        Case { number: self.phone.deliver(&sealed).await.case.0, submission }
    }

    /// Time goes on: whoever was signed in is no more, and what falls due happens.
    async fn wait(&mut self) {
        self.township.clock.forward(LONG);
        self.forget_desks();
        self.township.server.as_ref().unwrap().do_what_is_due().await.unwrap();
    }

    /// Whoever was signed in is no more.
    pub(crate) fn forget_desks(&mut self) {
        self.at_desks.clear();
    }

    pub(crate) async fn desk(&mut self, account: &str) -> &Officer {
        if !self.at_desks.contains_key(account) {
            let mut officer = Officer::new(&self.township.address);
            assert_eq!(officer.sign_in(account, PASSWORD).await.status, 200);
            self.at_desks.insert(account.to_owned(), officer);
        }
        &self.at_desks[account]
    }

    pub(crate) async fn page(&mut self, account: &str, case: &Case) -> Page {
        let path = format!("/console/cases/{}", case.number);
        self.desk(account).await.get(&path).await
    }

    /// Somebody does something to a case that its page offers; tells how the server answered.
    async fn act(&mut self, account: &str, case: &Case, page: &Page, fields: &str) -> u16 {
        let (csrf, seen) =
            (&page.all("name=\"csrf\" value")[0], &page.all("name=\"seen\" value")[0]);
        let body = format!("csrf={csrf}&seen={seen}&{fields}");
        let path = format!("/console/cases/{}/acts", case.number);
        self.desk(account).await.post(&path, body).await.status().as_u16()
    }

    /// Whoever is offered to does it.
    pub(crate) async fn does(&mut self, role: Role, case: &Case, button: &str, fields: &str) {
        let people = self.pack.organisation.people.iter();
        let people = people.filter(|person| person.posts.iter().any(|post| post.role == role));
        let accounts: Vec<String> = people.map(|person| person.account.clone()).collect();
        for account in accounts {
            let page = self.page(&account, case).await;
            if page.status == 200 && page.has(&format!("value=\"{button}\"")) {
                let fields = format!("act={}&{fields}", button.replace(':', "%3A"));
                let others = page.all("name=\"who\" value");
                let mut tries = match fields.contains("record=visit") {
                    true => others.iter().map(|who| format!("{fields}&who={who}")).collect(),
                    false => vec![fields],
                };
                tries.reverse();
                while let Some(fields) = tries.pop() {
                    match self.act(&account, case, &page, &fields).await {
                        303 => return,
                        // Who looked at it before may not go along, nor the last who could decide.
                        422 if !tries.is_empty() => {}
                        status => panic!("{account} may not {fields}: {status}"),
                    }
                }
            }
        }
        panic!("nobody is offered {button} at {:?}", self.at(case).await);
    }

    /// The applicant answers to what they have seen of it.
    async fn answers(&mut self, case: &Case, answer: impl FnOnce(ApplicationId, u64) -> Command) {
        let seen = self.state().await.version.unwrap();
        let sealed = self.phone.seal_command(answer(case.submission.application, seen));
        let taken = self.phone.sync(&[&sealed.bytes], &[]).await;
        assert_eq!(received(&taken.verdicts[0]).claim().unwrap().case.0, case.number);
        if let Some(Fact::Case(state)) = taken.facts.into_iter().last() {
            self.heard = Some(state);
        }
    }

    async fn appeal(&mut self, case: &Case) {
        if self.is_by_phone {
            let words = "不对".to_owned();
            let appeal = |application, seen| Command::Appeal(Appeal { application, seen, words });
            self.answers(case, appeal).await;
        } else {
            self.does(Role::Window, case, "appeal", "words=不对").await;
        }
    }

    async fn confirm(&mut self, case: &Case, is_mended: bool) {
        let words = if is_mended { String::new() } else { "还没有好".to_owned() };
        self.answers(case, |application, seen| {
            Command::Confirm(Confirmation { application, seen, is_mended, words })
        })
        .await;
    }

    async fn take(&mut self, case: &Case, step: Step) {
        let Step::Work(id, outcome) = step else { return self.appeal(case).await };
        let stage = self.workflow.stage(id).unwrap().clone();
        let role = stage.who.role;
        let button = format!("work:{}", outcome.name());
        match stage.work {
            Work::Notice { .. } => {
                self.does(role, case, "hang-out", "").await;
                if outcome == Outcome::Disputed {
                    self.does(role, case, "object", "words=他家有车").await;
                }
                self.wait().await;
            }
            Work::Confirmation { .. } if self.is_by_phone => {
                self.confirm(case, outcome == Outcome::Done).await;
            }
            Work::Confirmation { .. } if outcome == Outcome::Done => self.wait().await,
            Work::Visit { .. } => {
                self.does(role, case, &button, "record=visit&words=看过了").await;
            }
            Work::Appraisal { people } => {
                let agreed = if outcome == Outcome::Agreed { people } else { 0 };
                let votes = format!("record=votes&present={people}&agreed={agreed}&words=大家说的");
                self.does(role, case, &button, &votes).await;
            }
            Work::Document => self.does(role, case, &button, "record=document&words=1号").await,
            _ => self.does(role, case, &button, "record=words&words=理由").await,
        }
    }

    /// The stage and the phase, as a supervisor sees them.
    async fn at(&mut self, case: &Case) -> (String, String) {
        let page = self.page("jiandu", case).await;
        (page.all("data-stage").remove(0), page.all("data-phase").remove(0))
    }

    /// What the phone has heard last, once it has heard all.
    async fn state(&mut self) -> CaseState {
        loop {
            let facts = self.phone.sync(&[], &[]).await.facts;
            match facts.into_iter().last() {
                Some(Fact::Case(state)) => self.heard = Some(state),
                None => return self.heard.clone().unwrap(),
            }
        }
    }

    /// Goes a way with a case to its end, where its applicant rates it.
    async fn go(&mut self, traits: &[String], way: &[Step]) {
        let case = self.apply(traits).await;
        self.is_by_phone = !self.is_by_phone;
        let mut place = Place::At(StageId(0), false);
        let mut before = None;
        for step in way {
            self.take(&case, *step).await;
            let steps = steps(&self.workflow, traits, place);
            let (_, to) = steps.into_iter().find(|(one, _)| one == step).unwrap();
            before = if *step == Step::Appeal { Some(place) } else { before };
            place = to;
            let stage = match place {
                Place::At(id, _) => self.workflow.stage(id).unwrap().id.clone(),
                Place::Over(..) => String::new(),
            };
            assert_eq!(self.at(&case).await.0, stage, "after {step:?} of {way:?}");
        }
        let is_upheld = way.last().is_some_and(|last| {
            matches!(last, Step::Work(id, Outcome::Disagreed) if Some(*id) == self.workflow.appeal)
        });
        // What was decided stands where nobody thinks otherwise.
        let end = if is_upheld { before.unwrap() } else { place };
        let phase = match end {
            Place::Over(Ending::Finished, _) => "finished",
            Place::Over(Ending::Refused, _) => "refused",
            Place::Over(Ending::Declined, _) => "declined",
            _ => panic!("{end:?} is no end"),
        };
        let state = self.state().await;
        assert_eq!(state.stage, phase, "{way:?}");
        self.rate(&case, &state).await;
    }

    async fn rate(&mut self, case: &Case, state: &CaseState) {
        assert!(state.offers.rate, "whatever was decided: {}", state.stage);
        let rating = Rating {
            application: case.submission.application,
            satisfaction: Satisfaction::Satisfied,
            words: String::new(),
        };
        let sealed = self.phone.seal_command(Command::Rate(rating));
        let answer = self.phone.sync(&[&sealed.bytes], &[]).await;
        assert_eq!(received(&answer.verdicts[0]).claim().unwrap().case.0, case.number);
        let Some(Fact::Case(now)) = answer.facts.last() else { panic!("it is told") };
        assert!(!now.offers.rate, "once");
    }
}

fn form(workflow: &Workflow) -> String {
    let mut survey = "survey,,,,\n,type,name,label,required\n,text,village,哪个村,yes\n\
                      ,text,name,姓名,\n"
        .to_owned();
    for name in &workflow.traits {
        survey.push_str(&format!(",select_one yn,{name},是不是,yes\n"));
    }
    format!(
        "{survey}choices,,,,\n,list_name,name,label,\n,yn,yes,是,\n,yn,no,不是,\n\
         settings,,,,\n,form_title,version,,\n,小事,1,,\n"
    )
}

fn written(id: &str, item: &Item, workflow: &Workflow) -> String {
    let traits = workflow.traits.iter();
    let traits = traits.map(|name| format!("[traits.{name}]\n{name} = [\"yes\"]\n"));
    format!(
        "name = \"小事\"\ntagline = \"\"\nicon = \"wrench\"\ncode = \"00037\"\nform = \"small.csv\"\n\
         keywords = []\noffice = \"{}\"\npromised = {{ hours = 20 }}\nworkflow = \"{id}\"\n\
         village = \"village\"\n[guide]\nsteps = []\nlimit = \"\"\nfee = \"\"\n[notice]\n\
         anonymous = true\nkeep_years = 1\n[summary]\nperson = \"name\"\n{}",
        item.office(),
        traits.collect::<String>()
    )
}

/// Takes every way from every stage of a workflow, each with a case of its own.
async fn every_way(id: &str) {
    let mut scene = Scene::of(id).await;
    let workflow = scene.workflow.clone();
    for (at, stage) in workflow.all() {
        for next in &stage.next {
            let (traits, way) = way_by(&workflow, at, next);
            scene.go(&traits, &way).await;
        }
    }
    let audit = scene.township.server.as_ref().unwrap().verify_audit().await.unwrap();
    assert!(matches!(audit, server::Chain::Whole(entries) if entries > 10), "{audit:?}");
}

#[tokio::test]
async fn subsistence_allowance_goes_every_way() {
    every_way("dibao").await;
}

#[tokio::test]
async fn temporary_assistance_goes_every_way() {
    every_way("linshi").await;
}

#[tokio::test]
async fn a_house_plot_goes_every_way() {
    every_way("zhaijidi").await;
}

#[tokio::test]
async fn a_repair_goes_every_way() {
    every_way("baoxiu").await;
}

#[tokio::test]
async fn a_dangerous_house_goes_every_way() {
    every_way("weifang").await;
}

#[tokio::test]
async fn an_allowance_goes_every_way() {
    every_way("butie").await;
}

#[tokio::test]
async fn a_registration_goes_every_way() {
    every_way("dengji").await;
}

#[tokio::test]
async fn what_is_looked_into_goes_every_way() {
    every_way("dafu").await;
}

#[tokio::test]
async fn a_question_to_the_village_goes_every_way() {
    every_way("cunwu").await;
}

#[tokio::test]
async fn a_call_for_help_goes_every_way() {
    every_way("bangban").await;
}

#[tokio::test]
async fn what_is_only_read_goes_every_way() {
    every_way("yueban").await;
}
