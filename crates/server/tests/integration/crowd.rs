//! Many officers and many phones at the same cases at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use calendar::OffsetDateTime;
use casework::{Act, Grounds, Outcome, Record};
use protocol::fact::Correction;
use protocol::{
    CaseNumber, Command, Fact, Submission, Supplement, SyncAnswer, Verdict, Withdrawal,
};
use server::{Chain, NotDone, OfficerAct, Server};
use time::macros::datetime;
use tokio::task::JoinSet;

use crate::material::street_light;
use crate::phone::{Phone, received};
use crate::township::TestTownship;

const OFFICERS: usize = 50;
const PHONES: usize = 200;
const CASES: usize = 500;
/// How often each of them does something.
const ACTS: usize = 6;
/// How often somebody tries again whom the database told to.
const PATIENCE: usize = 20;

/// Numbers that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A case, and what its applicant filled in.
struct Known {
    number: CaseNumber,
    submission: Submission,
}

/// How often something was done to each case, as those who did it were told.
#[derive(Default)]
struct Done(Mutex<BTreeMap<CaseNumber, u64>>);

impl Done {
    fn count(&self, case: &CaseNumber) {
        *self.0.lock().unwrap().entry(case.clone()).or_default() += 1;
    }
}

fn officer(place: usize) -> String {
    match place {
        0 => "zhaolei".to_owned(),
        // The head.
        1 => "lihua".to_owned(),
        place => format!("crowd{place}"),
    }
}

fn act(chance: &mut Chance) -> OfficerAct {
    let work = |outcome| {
        OfficerAct::Case(Act::Work { outcome, record: Record::Words("去看过了".to_owned()) })
    };
    let until: OffsetDateTime = datetime!(2026-12-08 0:00 +8);
    let words = || "说清楚".to_owned();
    match chance.below(10) {
        0..=3 => work(Outcome::Done),
        4 => work(Outcome::Unfounded),
        5 => work(Outcome::Disputed),
        6 => {
            let corrections = vec![Correction { path: "mark".into(), words: words() }];
            OfficerAct::Return { words: words(), corrections, until }
        }
        7 => OfficerAct::Case(Act::Pause { grounds: Grounds::ForceMajeure, words: words(), until }),
        8 => OfficerAct::Case(Act::GoOn),
        _ => OfficerAct::Case(Act::Stop { words: words() }),
    }
}

/// Does it until it is done or refused: whoever came in between in the database is waited for.
async fn acts(
    server: &Server,
    account: &str,
    case: &CaseNumber,
    act: &OfficerAct,
    late: usize,
) -> bool {
    for _ in 0..PATIENCE {
        let Ok(seen) = server.look_at_case(account, case).await else { continue };
        let seen = seen.saturating_sub(late as u64);
        match server.act_on_case(account, case, seen, act.clone()).await {
            Ok(()) => return true,
            Err(NotDone::Storage(_)) => {}
            Err(_) => return false,
        }
    }
    panic!("the database never let {account} do anything");
}

async fn sync(phone: &mut Phone, bytes: &[u8]) -> SyncAnswer {
    for _ in 0..PATIENCE {
        let response = phone.send(&[bytes], &[]).await;
        if response.status() == 200 {
            return protocol::decode(&response.bytes().await.unwrap()).unwrap();
        }
    }
    panic!("the township never answered");
}

async fn applies(township: &TestTownship, cases: usize) -> (Phone, Vec<Known>) {
    let mut phone = township.phone().await;
    let answers = street_light(&phone.form("bxsj").await).answers;
    let mut known = Vec::new();
    for _ in 0..cases {
        let submission = phone.submission("bxsj", answers.clone(), Vec::new());
        let sealed = phone.seal_command(Command::Submit(submission.clone()));
        let answer = phone.sync(&[&sealed.bytes], &[]).await;
        let number = received(&answer.verdicts[0]).claim().unwrap().case;
        known.push(Known { number, submission });
    }
    (phone, known)
}

/// What a phone wants of one of its cases, having heard what it has.
async fn asks(phone: &mut Phone, case: &Known, chance: &mut Chance) -> bool {
    let facts = phone.sync(&[], &[]).await.facts;
    let mut own = facts.into_iter().filter_map(|fact| match fact {
        Fact::Case(state) if state.case == case.number => state.version,
        Fact::Case(_) => None,
    });
    let seen = own.next_back().unwrap_or(1);
    let command = match chance.below(4) {
        0 => {
            let (application, reason) = (case.submission.application, String::new());
            Command::Withdraw(Withdrawal { application, seen, reason })
        }
        _ => Command::Supplement(Supplement { submission: case.submission.clone(), seen }),
    };
    let sealed = phone.seal_command(command);
    loop {
        match &sync(phone, &sealed.bytes).await.verdicts[0] {
            Verdict::Received(_) => return true,
            Verdict::Refused(why) if why.reason == protocol::sync::RefusalReason::Later => {}
            Verdict::Refused(_) => return false,
        }
    }
}

/// No event is lost, no number given twice, no case where its workflow does not lead, the audit whole.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_officers_and_two_hundred_phones_lose_nothing_of_five_hundred_cases() {
    let township = TestTownship::start().await;
    let mut officers =
        OpenOptions::new().append(true).open(township.pack().join("officers.toml")).unwrap();
    for place in 2..OFFICERS {
        let account = officer(place);
        write!(officers, "\n[[officer]]\naccount = \"{account}\"\nname = \"众{place}\"\noffice = \"zh\"\npost = \"经办\"\n").unwrap();
    }
    let server = township.server.clone().unwrap();
    assert!(server.take_up_changes().await);
    assert!(fs::read_to_string(township.pack().join("officers.toml")).unwrap().contains("crowd49"));

    let mut phones = Vec::new();
    for place in 0..PHONES {
        phones.push(applies(&township, CASES / PHONES + usize::from(place < CASES % PHONES)).await);
    }
    let numbers: Vec<CaseNumber> =
        phones.iter().flat_map(|(_, cases)| cases).map(|case| case.number.clone()).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), CASES, "no number is given twice");

    let (numbers, done, refused) =
        (Arc::new(numbers), Arc::new(Done::default()), Arc::new(AtomicU64::new(0)));
    let mut crowd = JoinSet::new();
    for place in 0..OFFICERS {
        let (server, numbers) = (Arc::clone(&server), Arc::clone(&numbers));
        let (done, refused) = (Arc::clone(&done), Arc::clone(&refused));
        crowd.spawn(async move {
            let (account, mut chance) = (officer(place), Chance(place as u64));
            for _ in 0..ACTS * CASES / OFFICERS {
                let case = &numbers[chance.below(numbers.len())];
                let (act, late) = (act(&mut chance), chance.below(10) / 8);
                match acts(&server, &account, case, &act, late).await {
                    true => done.count(case),
                    false => drop(refused.fetch_add(1, Ordering::Relaxed)),
                }
            }
        });
    }
    for (place, (mut phone, cases)) in phones.into_iter().enumerate() {
        let (done, refused) = (Arc::clone(&done), Arc::clone(&refused));
        crowd.spawn(async move {
            let mut chance = Chance(1000 + place as u64);
            for _ in 0..ACTS {
                let case = &cases[chance.below(cases.len())];
                match asks(&mut phone, case, &mut chance).await {
                    true => done.count(&case.number),
                    false => drop(refused.fetch_add(1, Ordering::Relaxed)),
                }
            }
        });
    }
    while let Some(ended) = crowd.join_next().await {
        ended.unwrap();
    }

    let done = done.0.lock().unwrap().clone();
    let watching = township.officer("jiandu").await;
    for case in numbers.iter() {
        // A case whose events do not lead to where it is cannot be opened.
        let page = watching.get(&format!("/console/cases/{}", case.0)).await;
        assert_eq!(page.status, 200, "{}", case.0);
        let trail = page.html.split("<ol>").nth(1).unwrap();
        let steps = trail.matches("<li>").count() - trail.matches("<span>打开</span>").count();
        let known = 1 + done.get(case).copied().unwrap_or(0);
        assert_eq!(steps as u64, known, "what was done to {}: {trail}", case.0);
    }
    let (did, refused) = (done.values().sum::<u64>(), refused.load(Ordering::Relaxed));
    assert!(did > 300 && refused > 300, "{did} done, {refused} refused");
    let chain = server.verify_audit().await.unwrap();
    assert!(matches!(chain, Chain::Whole(entries) if entries > did), "{chain:?}");
}
