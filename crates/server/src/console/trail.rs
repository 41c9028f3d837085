//! What happened to a case, as those who work it read it.

use casework::{By, Happened, Lamp, Record, Work};
use pack::Pack;
use protocol::fact::Correction;
use protocol::{DeviceTime, Finding, ServerTime};

use super::{offer, words};
use crate::cases::{AtHand, Event, Now, local};
use crate::intake;

/// One step of the trail.
pub(super) struct Step {
    /// What happened; its own words on lines of their own.
    pub(super) what: String,
    pub(super) details: String,
}

/// The trail, the latest first. `receipt` is the digest of the envelope that is in force.
pub(super) fn steps(now: Now<'_>, case: &AtHand, receipt: &str) -> Vec<Step> {
    let teller = Teller { now, pack: &now.pack.pack, case };
    let step = |(at, event): &(ServerTime, Event)| {
        let Told { what, by } = teller.told(event, receipt);
        // What fell due happened when it did, and not when a server came to it.
        let at = Event::case(event).map_or(local(teller.pack, *at), |event| event.at);
        let moment = words::moment(at, now.local());
        let details = [moment.as_str(), &by].into_iter().filter(|part| !part.is_empty());
        Step { what, details: details.collect::<Vec<_>>().join(" · ") }
    };
    case.events.iter().rev().map(step).collect()
}

struct Teller<'t> {
    now: Now<'t>,
    pack: &'t Pack,
    case: &'t AtHand,
}

/// What happened, and by whom, or how one knows.
struct Told {
    what: String,
    by: String,
}

impl Told {
    fn new(what: impl Into<String>, by: impl Into<String>) -> Self {
        Self { what: what.into(), by: by.into() }
    }
}

impl Teller<'_> {
    fn told(&self, event: &Event, receipt: &str) -> Told {
        match event {
            Event::Received { .. } => Told::new("收到", format!("回执 {receipt:.8}…")),
            Event::FilesComplete => Told::new("材料到齐", "逐一核对完整"),
            Event::Opened { by } => Told::new("打开", self.name(by)),
            Event::Noted { by, words } => Told::new(words, self.name(by)),
            Event::Supplemented { finished_at, .. } => {
                Told::new("申请人补正", format!("改于 {}（手机时间）", self.by_phone(*finished_at)))
            }
            Event::Withdrawn { reason, .. } => Told::new(with("撤回", reason), "申请人"),
            Event::Rated { .. } => Told::new("评价", "申请人，经办看不到评了什么"),
            Event::VisitAsked { by, words, .. } => {
                Told::new(with("请人核查", words), self.name(by))
            }
            Event::Visited { who, finding, words, visited_at, .. } => {
                let what = format!("核查：{}", finding_words(*finding));
                let by = format!("{who}，去于 {}（手机时间）", self.by_phone(*visited_at));
                Told::new(with(&what, words), by)
            }
            Event::Returned { corrections, case } => {
                let what = self.happened(&case.what);
                Told::new(with(&what, &lines(corrections)), self.by(&case.by))
            }
            Event::Case(case) | Event::Asked { case, .. } => {
                Told::new(self.happened(&case.what), self.by(&case.by))
            }
            Event::AtCounter { words, case } => {
                let what = with(&self.happened(&case.what), words);
                Told::new(what, format!("申请人在窗口，{}记的", self.by(&case.by)))
            }
        }
    }

    fn by(&self, by: &By) -> String {
        match by {
            By::Applicant => "申请人".to_owned(),
            By::Person(account) => self.name(account),
            By::Time => "到期，系统记的".to_owned(),
            By::Department(name) => format!("{name}，它的系统答的"),
        }
    }

    fn happened(&self, happened: &Happened) -> String {
        match happened {
            Happened::Received { .. } => "收到".to_owned(),
            Happened::Supplemented { .. } => "申请人补正".to_owned(),
            Happened::Worked { stage, outcome, record } => {
                let stage = self.case.workflow.work.stage(*stage);
                let name = stage.map_or("", |stage| &stage.name);
                let work = stage.map_or(Work::Review, |stage| stage.work);
                let what = match record {
                    Record::Silence if work == Work::Intake => {
                        format!("{name}：逾期没有告知，按法律自收到之日起受理")
                    }
                    _ => format!("{name}：{}", offer::outcome(work, *outcome)),
                };
                with(&what, &self.record(record))
            }
            Happened::Returned { words, until } => {
                let until = words::end(*until, self.now.local(), true);
                with(&format!("请申请人补正，到 {until}"), words)
            }
            Happened::Lapsed => "没有按时补正，按撤回办".to_owned(),
            Happened::TakenIncomplete { words, until } => {
                let until = words::end(*until, self.now.local(), true);
                with(&format!("容缺受理，{until} 前补"), words)
            }
            Happened::Settled => "容缺的材料补齐了".to_owned(),
            Happened::DebtFellDue => "容缺的材料没有按时补".to_owned(),
            Happened::HungOut => "贴出公示".to_owned(),
            Happened::Objected { words } => with("有人对公示提出异议", words),
            Happened::Paused { grounds, words, until } => {
                let until = words::end(*until, self.now.local(), true);
                with(&format!("中止（{}），最晚到 {until}", offer::ground(*grounds)), words)
            }
            Happened::WentOn => "接着办".to_owned(),
            Happened::Extended { words } => with("延长时限", words),
            Happened::PassedOn { office, words } => {
                let name = self.pack.office(office).map_or(office, |office| &office.name);
                with(&format!("转给{name}"), words)
            }
            Happened::Stopped { words } => with("终止", words),
            Happened::Withdrawn => "撤回".to_owned(),
            Happened::Joined { to } => format!("并入 {to}"),
            Happened::Appealed { words } => with("申请人要求复核", words),
            Happened::Recused { tie, words } => {
                with(&format!("回避：和申请人有利害关系（{}）", offer::tie_words(*tie)), words)
            }
            Happened::Lit { lamp } => lit(*lamp).to_owned(),
        }
    }

    fn record(&self, record: &Record) -> String {
        match record {
            Record::Words(words) => words.clone(),
            Record::Visit { people, words } => {
                let names: Vec<String> = people.iter().map(|one| self.name(one)).collect();
                with(&format!("去的人：{}", names.join("、")), words)
            }
            Record::Votes { present, agreed, words } => {
                with(&format!("到 {present} 人，同意 {agreed} 人"), words)
            }
            Record::Document(number) => format!("编号 {number}"),
            Record::Silence => String::new(),
        }
    }

    fn name(&self, account: &str) -> String {
        self.pack.officer(account).map_or(account.to_owned(), |officer| officer.name.clone())
    }

    fn by_phone(&self, at: DeviceTime) -> String {
        let at = intake::at(at).map(|at| words::moment(at, self.now.local()));
        at.unwrap_or_default()
    }
}

fn with(what: &str, words: &str) -> String {
    match words {
        "" => what.to_owned(),
        words => format!("{what}\n{words}"),
    }
}

fn lines(corrections: &[Correction]) -> String {
    let all = corrections.iter().map(|Correction { words, .. }| words.as_str());
    all.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

fn finding_words(finding: Finding) -> &'static str {
    match finding {
        Finding::AsStated => "和申请的一样",
        Finding::Different => "和申请的不一样",
        Finding::Absent => "没有见到人",
    }
}

fn lit(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Green => "绿灯",
        Lamp::Yellow => "黄灯：快到期",
        Lamp::Orange => "橙灯：超过承诺的时间",
        Lamp::Red => "红灯：超过法定时限",
    }
}
