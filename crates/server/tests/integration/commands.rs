//! What phones ask of cases that may have changed meanwhile, and what officers do to them.

use casework::{Act, Outcome, Record};
use form::answers::Content;
use protocol::fact::{CaseState, Correction};
use protocol::sync::RefusalReason;
use protocol::{
    CaseNumber, Command, Fact, Finding, Holder, ManifestEntry, Rating, Refusal, Satisfaction,
    Submission, Supplement, SyncAnswer, Verdict, Visit, Withdrawal,
};
use server::{Chain, NotDone, OfficerAct, Server};
use time::macros::datetime;

use crate::material::{household, street_light};
use crate::phone::{Phone, Sealed, SealedFile, finished_at, photo, received};
use crate::township::TestTownship;

/// A street light that somebody applied for, and who works it.
pub(crate) struct Light {
    pub(crate) township: TestTownship,
    pub(crate) phone: Phone,
    pub(crate) submission: Submission,
    pub(crate) case: CaseNumber,
}

pub(crate) const OFFICER: &str = "zhaolei";

impl Light {
    pub(crate) async fn applied_for() -> Self {
        let township = TestTownship::start().await;
        let mut phone = township.phone().await;
        let answers = street_light(&phone.form("bxsj").await).answers;
        let submission = phone.submission("bxsj", answers, Vec::new());
        let sealed = phone.seal_command(Command::Submit(submission.clone()));
        let case = phone.deliver(&sealed).await.case;
        Self { township, phone, submission, case }
    }

    pub(crate) fn server(&self) -> &Server {
        self.township.server.as_deref().unwrap()
    }

    /// What the phone is told anew, all of it: the last of it is what is so.
    pub(crate) async fn state(&mut self) -> CaseState {
        self.phone.forget_what_was_heard();
        newest(&self.phone.sync(&[], &[]).await)
    }

    /// An officer looks at the case and does this.
    pub(crate) async fn officer(&self, act: OfficerAct) {
        let seen = self.server().look_at_case(OFFICER, &self.case).await.unwrap();
        self.server().act_on_case(OFFICER, &self.case, seen, act).await.unwrap();
    }

    /// Somebody is sent, and mends it.
    pub(crate) async fn is_mended(&self) {
        self.officer(done("派老王去")).await;
        self.officer(done("周五修好了")).await;
    }

    fn supplement(&self, seen: u64, mark: &str) -> Sealed {
        let mut submission = self.submission.clone();
        set(&mut submission, "mark", mark);
        self.phone.seal_command(Command::Supplement(Supplement { submission, seen }))
    }

    fn withdrawal(&self, seen: u64) -> Sealed {
        let application = self.submission.application;
        let reason = "修好了".to_owned();
        self.phone.seal_command(Command::Withdraw(Withdrawal { application, seen, reason }))
    }

    fn rating(&self) -> Sealed {
        self.phone.seal_command(Command::Rate(Rating {
            application: self.submission.application,
            satisfaction: Satisfaction::Appalled,
            words: "等了一个月".into(),
        }))
    }

    pub(crate) async fn taken(&mut self, sealed: &Sealed) -> SyncAnswer {
        let answer = self.phone.sync(&[&sealed.bytes], &[]).await;
        assert_eq!(received(&answer.verdicts[0]).claim().unwrap().case, self.case);
        answer
    }

    pub(crate) async fn refused(&mut self, sealed: &Sealed) -> (Refusal, SyncAnswer) {
        let answer = self.phone.sync(&[&sealed.bytes], &[]).await;
        match &answer.verdicts[0] {
            Verdict::Refused(refusal) => (refusal.clone(), answer),
            Verdict::Received(_) => panic!("was taken"),
        }
    }
}

/// Answers a question that stands in a group, or in none.
fn set(submission: &mut Submission, name: &str, value: &str) {
    fn find<'a>(answers: &'a mut form::Answers, name: &str) -> Option<&'a mut String> {
        answers.0.iter_mut().find_map(|entry| match &mut entry.content {
            Content::Value(value) => (entry.name == name).then_some(value),
            Content::Group(inner) => find(inner, name),
            Content::Rows(_) => None,
        })
    }
    *find(&mut submission.answers, name).unwrap() = value.to_owned();
}

pub(crate) fn newest(answer: &SyncAnswer) -> CaseState {
    let Fact::Case(state) = answer.facts.last().unwrap();
    state.clone()
}

pub(crate) fn returned(words: &str) -> OfficerAct {
    let path = "mark".to_owned();
    let corrections = vec![Correction { path, words: "写清楚是哪一棵树".into() }];
    let until = datetime!(2026-12-08 0:00 +8);
    OfficerAct::Return { words: words.into(), corrections, until }
}

/// The work of a stage is done.
pub(crate) fn done(words: &str) -> OfficerAct {
    let record = Record::Words(words.into());
    OfficerAct::Case(Act::Work { outcome: Outcome::Done, record })
}

#[tokio::test]
async fn what_is_asked_to_be_corrected_is_told_at_once_and_the_correction_is_what_the_office_reads()
{
    let mut light = Light::applied_for().await;
    light.officer(returned("地方不够清楚")).await;
    let told = light.state().await;
    assert_eq!((told.stage.as_str(), told.said.as_deref()), ("returned", Some("地方不够清楚")));
    assert_eq!(told.corrections[0].words, "写清楚是哪一棵树");
    assert!(told.offers.correct && told.offers.withdraw && !told.offers.rate);

    let corrected = light.supplement(told.version.unwrap(), "村口第二棵老槐树");
    let answer = light.taken(&corrected).await;
    let now = newest(&answer);
    assert_eq!((now.stage.as_str(), now.said, now.corrections.len()), ("received", None, 0));
    let again = light.taken(&corrected).await;
    assert_eq!(again.verdicts, answer.verdicts, "the same receipt, byte for byte");
    assert!(again.facts.is_empty(), "it was corrected once");

    let officer = light.township.officer(OFFICER).await;
    let page = officer.get(&format!("/console/cases/{}", light.case.0)).await;
    assert!(page.has("村口第二棵老槐树") && page.has("申请人补正"));
    assert_eq!(officer.get("/console").await.all("data-case").len(), 1, "it is the same case");
}

/// getodk/central#698: a chain of changes made offline met somebody else's change in between.
#[tokio::test]
async fn a_correction_of_what_changed_meanwhile_is_refused_with_what_is_so_now() {
    let mut light = Light::applied_for().await;
    light.officer(returned("地方不够清楚")).await;
    let seen = light.state().await.version.unwrap();
    let corrected = light.supplement(seen, "村口第二棵老槐树");
    light.officer(returned("还缺一张照片")).await;

    let (refusal, answer) = light.refused(&corrected).await;
    assert_eq!(refusal.reason, RefusalReason::Superseded);
    insta::assert_snapshot!(refusal.words, @"镇里又请申请人补正，和您提的时候不一样了。请看看现在的情况，再决定");
    let now = newest(&answer);
    assert_eq!(now.said.as_deref(), Some("还缺一张照片"), "in the very same answer");
    assert!(now.version.unwrap() > seen);

    let redone = light.supplement(now.version.unwrap(), "村口第二棵老槐树");
    light.taken(&redone).await;
    let (refusal, _) = light.refused(&corrected).await;
    assert_eq!(refusal.reason, RefusalReason::Superseded, "however late it comes again");
}

#[tokio::test]
async fn who_only_looked_stands_in_nobodys_way() {
    let mut light = Light::applied_for().await;
    let seen = light.state().await.version.unwrap();
    let withdrawal = light.withdrawal(seen);
    light.server().look_at_case(OFFICER, &light.case).await.unwrap();
    let now = newest(&light.taken(&withdrawal).await);
    assert_eq!(now.stage, "withdrawn");
    assert_eq!(now.offers, protocol::fact::Offers::default(), "nothing is left to ask");
    let page = light
        .township
        .officer(OFFICER)
        .await
        .get(&format!("/console/cases/{}", light.case.0))
        .await;
    assert!(page.has("修好了") && page.has("已撤回") && !page.has("超承诺"));
}

#[tokio::test]
async fn what_is_decided_is_not_taken_back_unseen() {
    let mut light = Light::applied_for().await;
    let seen = light.state().await.version.unwrap();
    let (withdrawal, corrected) = (light.withdrawal(seen), light.supplement(seen, "另一处"));
    light.is_mended().await;
    let (refusal, answer) = light.refused(&withdrawal).await;
    assert_eq!(refusal.reason, RefusalReason::Superseded);
    let now = newest(&answer);
    assert_eq!((now.stage.as_str(), now.said.as_deref()), ("approved", Some("周五修好了")));
    assert_eq!(light.refused(&corrected).await.0.reason, RefusalReason::Superseded);
    let seen = now.version.unwrap();
    let knowing = light.withdrawal(seen);
    assert_eq!(light.refused(&knowing).await.0.reason, RefusalReason::Superseded, "nor seen");
}

/// getodk/central#698: a chain of changes made offline met somebody else's change in between.
/// medic/cht-core#9011: the server's number came later, and reports made before never got it.
#[tokio::test]
async fn an_applicant_may_withdraw_what_they_corrected_themselves() {
    let mut light = Light::applied_for().await;
    let seen = light.state().await.version.unwrap();
    let (corrected, withdrawal) = (light.supplement(seen, "另一处"), light.withdrawal(seen));
    light.taken(&corrected).await;
    light.taken(&withdrawal).await;
    assert_eq!(light.state().await.stage, "withdrawn");
}

#[tokio::test]
async fn a_case_is_rated_once_when_it_is_finished_and_who_is_rated_does_not_read_it() {
    let mut light = Light::applied_for().await;
    light.is_mended().await;
    let early = light.rating();
    assert_eq!(light.refused(&early).await.0.reason, RefusalReason::Superseded);
    light.officer(done("报修人说亮了")).await;
    let told = light.state().await;
    assert!(told.offers.rate);
    assert_eq!(
        told.said.as_deref(),
        Some("周五修好了"),
        "what was done, and not what one said oneself"
    );
    let rating = light.rating();
    let now = newest(&light.taken(&rating).await);
    assert!(!now.offers.rate);
    light.taken(&rating).await;
    let (refusal, _) = light.refused(&early).await;
    insta::assert_snapshot!(refusal.words, @"这一件已经评过，一件只评一次，和您提的时候不一样了。请看看现在的情况，再决定");
    let officer = light.township.officer(OFFICER).await;
    let page = officer.get(&format!("/console/cases/{}", light.case.0)).await;
    assert!(page.has("经办看不到评了什么"));
    assert!(!page.has("等了一个月") && !page.has("Appalled"));
}

#[tokio::test]
async fn only_the_device_that_applied_may_ask_and_no_other_learns_whether_there_is_a_case() {
    let mut light = Light::applied_for().await;
    let seen = light.state().await.version.unwrap();
    let mut stranger = light.township.phone().await;
    let application = light.submission.application;
    let unknown = protocol::ApplicationId::from_bytes([9; 16]);
    let mut told = Vec::new();
    for application in [application, unknown] {
        let reason = String::new();
        let sealed =
            stranger.seal_command(Command::Withdraw(Withdrawal { application, seen, reason }));
        told.push(stranger.refusal(&sealed.bytes).await);
    }
    assert_eq!(told[0].reason, RefusalReason::Denied);
    assert_eq!((told[0].reason, &told[0].words), (told[1].reason, &told[1].words));
    // Whoever carries it, it is the applicant's.
    let withdrawal = light.withdrawal(seen);
    received(&stranger.sync(&[&withdrawal.bytes], &[]).await.verdicts[0]);
    assert_eq!(light.state().await.stage, "withdrawn");
}

#[tokio::test]
async fn files_that_an_earlier_version_named_are_not_sent_again() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let filled = household(&phone.form("ybcb").await, 1);
    let (manifest, files): (Vec<ManifestEntry>, Vec<SealedFile>) =
        filled.files.into_iter().map(|name| photo(name, 70_000)).unzip();
    let first = phone.submission("ybcb", filled.answers, manifest);
    let sealed = Sealed { files, ..phone.seal_command(Command::Submit(first.clone())) };
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let case = received(&answer.verdicts[0]).claim().unwrap().case;
    let seen = newest(&answer).version.unwrap();
    phone.finish(&sealed.files[0]).await;

    // Another photo of the card; the signature stays, and is still on its way.
    let (entry, new) = photo("card-0.jpg".into(), 50_000);
    let mut submission = first.clone();
    submission.files[0] = entry;
    let supplement = phone.seal_command(Command::Supplement(Supplement { submission, seen }));
    let answer = phone.sync(&[&supplement.bytes], &[]).await;
    received(&answer.verdicts[0]);
    let missing: Vec<_> = answer.deliveries[0].missing.iter().map(|one| one.file).collect();
    assert_eq!(missing, [new.id], "what is new, and nothing else");
    phone.finish(&new).await;
    assert!(phone.delivery(supplement.envelope).await.completion.is_some());
    assert!(phone.delivery(sealed.envelope).await.completion.is_none());
    let officer = township.officer("zhoumin").await;
    let path = format!("/console/cases/{}", case.0);
    assert!(officer.get(&path).await.has("材料 2 / 3"));
    phone.finish(&sealed.files[1]).await;
    assert!(phone.delivery(sealed.envelope).await.completion.is_some());
    let page = officer.get(&path).await;
    let pictures = page.all("a class=\"material image\" href");
    assert_eq!(pictures.len(), 2);
    for picture in &pictures {
        assert_eq!(officer.response(picture, None).await.status(), 200);
    }

    // Nobody claims what another case named.
    let mut thief = township.phone().await;
    let own = thief.submission("ybcb", first.answers.clone(), first.files.clone());
    let refusal = thief.refusal(&thief.seal_command(Command::Submit(own)).bytes).await;
    assert_eq!(refusal.reason, RefusalReason::Conflicting);
}

#[tokio::test]
async fn a_correction_must_fulfil_its_form_like_any_application() {
    let mut light = Light::applied_for().await;
    let seen = light.state().await.version.unwrap();
    let unfit = light.supplement(seen, "");
    let (refusal, _) = light.refused(&unfit).await;
    assert_eq!(refusal.reason, RefusalReason::Unfit);
    let (application, reason) = (light.submission.application, "长".repeat(501));
    let withdrawal = Withdrawal { application, seen, reason };
    let long = light.phone.seal_command(Command::Withdraw(withdrawal));
    assert_eq!(light.refused(&long).await.0.reason, RefusalReason::Unfit);
}

#[tokio::test]
async fn an_officer_decides_nothing_on_what_changed_while_the_page_was_open() {
    let mut light = Light::applied_for().await;
    let officer = light.township.officer(OFFICER).await;
    let path = format!("/console/cases/{}", light.case.0);
    let page = officer.get(&path).await;
    let (token, seen) = (&page.all("name=\"csrf\" value")[0], &page.all("name=\"seen\" value")[0]);
    let acts = format!("{path}/acts");
    let works = |token: &str, seen: &str, outcome: &str| {
        format!("csrf={token}&seen={seen}&act=work%3A{outcome}&record=words&words=")
    };
    let version = light.state().await.version.unwrap();
    let corrected = light.supplement(version, "另一处");
    light.taken(&corrected).await;

    let response = officer.post(&acts, works(token, seen, "done")).await;
    assert_eq!(response.status(), 409);
    assert!(response.text().await.unwrap().contains("申请人又补正过一次"));
    assert_eq!(officer.post(&acts, works("0", seen, "done")).await.status(), 403);
    let page = officer.get(&path).await;
    let seen = &page.all("name=\"seen\" value")[0];
    let refuses = works(token, seen, "unfounded");
    assert_eq!(officer.post(&acts, refuses).await.status(), 422, "no reason was given");
    let until = "until=2026-12-08";
    let fields =
        format!("csrf={token}&seen={seen}&act=return&words=&at%3Amark=%E5%93%AA&at%3Atxt=&{until}");
    assert_eq!(officer.post(&acts, fields).await.status(), 303);
    let told = light.state().await;
    assert_eq!(told.corrections, [Correction { path: "mark".into(), words: "哪".into() }]);
    let foreign = light.township.officer("zhoumin").await;
    assert_eq!(
        foreign.post(&acts, works(token, seen, "done")).await.status(),
        403,
        "another's page"
    );
    assert!(matches!(
        light.server().act_on_case("zhoumin", &light.case, 9, done("")).await,
        Err(NotDone::Unknown)
    ));
    let chain = light.server().verify_audit().await.unwrap();
    assert!(matches!(chain, Chain::Whole(entries) if entries > 4), "{chain:?}");
}

#[tokio::test]
async fn who_is_asked_to_look_tells_what_they_found_of_what_they_saw() {
    let mut light = Light::applied_for().await;
    let mut clerk = light.township.phone().await;
    let device = clerk.key.public().device_id();
    let ask = OfficerAct::AskVisit { device, words: "看看是不是三盏都不亮".into() };
    let seen = light.server().look_at_case(OFFICER, &light.case).await.unwrap();
    let nobody = light.server().act_on_case(OFFICER, &light.case, seen, ask.clone()).await;
    assert!(matches!(nobody, Err(NotDone::Nobody)), "{nobody:?}");
    let holder = Holder::Other("一村文书".into());
    light.server().certify_device(device, holder, 30).await.unwrap();
    light.officer(ask).await;

    let asked = newest(&clerk.sync(&[], &[]).await);
    let visit = asked.visit.clone().unwrap();
    assert_eq!(visit.words, "看看是不是三盏都不亮");
    assert!(visit.about.contains("示例甲"), "{}", visit.about);
    let record = |phone: &Phone, seen| {
        phone.seal_command(Command::Visit(Visit {
            application: asked.application,
            seen,
            finding: Finding::Different,
            words: "只有一盏不亮".into(),
            visited_at: finished_at(),
        }))
    };
    let early = record(&clerk, asked.version.unwrap());
    let version = light.state().await.version.unwrap();
    let corrected = light.supplement(version, "另一处");
    light.taken(&corrected).await;
    let answer = clerk.sync(&[&early.bytes], &[]).await;
    let Verdict::Refused(refusal) = &answer.verdicts[0] else { panic!("was taken") };
    assert_eq!(refusal.reason, RefusalReason::Superseded, "what was looked at has changed");
    let now = newest(&answer);
    let stranger = light.township.phone().await;
    let other = record(&stranger, now.version.unwrap());
    assert_eq!(clerk.refusal(&other.bytes).await.reason, RefusalReason::Denied);
    let redone = record(&clerk, now.version.unwrap());
    let answer = clerk.sync(&[&redone.bytes], &[]).await;
    received(&answer.verdicts[0]);
    assert_eq!(newest(&answer).visit, None, "it is done");

    let page = light
        .township
        .officer(OFFICER)
        .await
        .get(&format!("/console/cases/{}", light.case.0))
        .await;
    assert!(page.has("核查：和申请的不一样") && page.has("只有一盏不亮") && page.has("一村文书"));
    let told = light.state().await;
    assert_eq!(
        (told.visit, told.stage.as_str()),
        (None, "opened"),
        "the applicant hears nothing of it"
    );
}
