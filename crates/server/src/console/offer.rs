//! What can be done to a case that is open on the desk, by whoever looks at it: no more than its
//! workflow would let them do.

use calendar::OffsetDateTime;
use casework::{Act, By, Grounds, Outcome, Record, Refusal, Role, Tie, Work};
use form::model::Kind;
use form::{InstanceId, Session};
use pack::Officer;
use protocol::DeviceId;
use time::{Date, Duration};

use super::act::AT;
use crate::cases::{AtHand, Now, is_told};

/// How long the pages propose for a correction, in days; the officer may write another day.
const CORRECTION: i64 = 15;
/// How long the pages propose for a pause, and for what may be handed in later.
const LATER: i64 = 30;

/// What can be done to a case that is open on the desk.
pub(super) struct Offers {
    /// How many events of it the page shows.
    pub(super) seen: u64,
    /// The work of its stage.
    pub(super) work: Option<WorkOffer>,
    /// Whose work it is, where it is not theirs; empty where it is over.
    pub(super) waits_for: String,
    pub(super) can_return: bool,
    pub(super) can_take_incomplete: bool,
    pub(super) can_settle: bool,
    pub(super) can_hang_out: bool,
    pub(super) can_object: bool,
    pub(super) can_pause: bool,
    pub(super) can_go_on: bool,
    pub(super) can_extend: bool,
    pub(super) can_join: bool,
    pub(super) can_stop: bool,
    pub(super) can_appeal: bool,
    pub(super) can_bring_in: bool,
    pub(super) can_withdraw: bool,
    /// Whether they keep out of it.
    pub(super) is_recused: bool,
    /// The ties that they can declare.
    pub(super) ties: Vec<Named>,
    /// The offices that it can be passed on to.
    pub(super) offices: Vec<Named>,
    /// By what right its clocks can be stopped.
    pub(super) grounds: Vec<Named>,
    /// What the applicant was or could be asked.
    pub(super) questions: Vec<Named>,
    /// Who can be asked to look.
    pub(super) holders: Vec<Named>,
    /// The days that the page proposes, as date fields want them.
    pub(super) correction_until: String,
    pub(super) later_until: String,
}

/// The work of a stage.
pub(super) struct WorkOffer {
    pub(super) stage: String,
    /// What is written down: `words`, `visit`, `votes` or `document`.
    pub(super) record: &'static str,
    /// Who reads it.
    pub(super) reader: &'static str,
    /// How many people it takes at least, of those that it takes some.
    pub(super) least: u16,
    /// Who may have gone along.
    pub(super) people: Vec<Named>,
    /// What may come of it.
    pub(super) outcomes: Vec<Named>,
}

/// Something to choose, or a field to fill in.
pub(super) struct Named {
    /// As the fields of the page call it.
    pub(super) field: String,
    pub(super) label: String,
}

impl Named {
    fn new(field: impl Into<String>, label: impl Into<String>) -> Self {
        Self { field: field.into(), label: label.into() }
    }
}

impl Offers {
    pub(super) fn of(
        now: Now<'_>,
        case: &AtHand,
        account: &str,
        questions: Vec<Named>,
        holders: Vec<(DeviceId, String)>,
    ) -> Self {
        let (by, until) = (By::Person(account.to_owned()), now.local() + Duration::DAY);
        let can = |act| match case.judge(now, &by, act) {
            Ok(_) => true,
            Err(refusal) => refusal.is_of_words(),
        };
        let none = String::new;
        let is_theirs = case.is_theirs(now, account);
        let pause = Act::Pause { grounds: Grounds::Applicant, words: none(), until };
        let can_pause = can(pause);
        let grounds =
            Grounds::ALL.into_iter().map(|one| Named::new(grounds_name(one), ground(one)));
        let holder = |(device, name): (DeviceId, String)| Named::new(device.to_string(), name);
        let pass_on = |office: &&pack::Office| {
            let (office, words) = (office.id.clone(), "。".to_owned());
            case.judge(now, &by, Act::PassOn { office, words }).is_ok()
        };
        let recuse = case.judge(now, &by, Act::Recuse { tie: Tie::Kin, words: none() });
        // Who is the last that could work it is told so when they ask.
        let can_recuse = matches!(recuse, Ok(_) | Err(Refusal::NobodyElse(_)));
        let ties = Tie::ALL.into_iter().filter(|_| can_recuse);
        let offices = now.pack.pack.offices.iter().filter(pass_on);
        let in_days = |days| day_field(now.local().date() + Duration::days(days));
        Self {
            seen: case.row.events,
            work: work(now, case, account),
            waits_for: waits_for(case, is_theirs),
            can_return: can(Act::Return { words: none(), until }),
            can_take_incomplete: can(Act::TakeIncomplete { words: none(), until }),
            can_settle: can(Act::Settle),
            can_hang_out: can(Act::HangOut),
            can_object: can(Act::Object { words: none() }),
            can_pause,
            can_go_on: can(Act::GoOn),
            can_extend: can(Act::Extend { words: none() }),
            can_join: can(Act::Join { to: none() }),
            can_stop: can(Act::Stop { words: none() }),
            is_recused: case.case.is_recused(account),
            ties: ties.map(|one| Named::new(tie_name(one), tie_words(one))).collect(),
            can_appeal: can(Act::Appeal { words: none() }),
            can_bring_in: can(Act::BringIn { words: none() }),
            can_withdraw: can(Act::Withdraw { words: none() }),
            offices: offices.map(|one| Named::new(one.id.as_str(), one.name.as_str())).collect(),
            grounds: grounds.collect(),
            questions,
            holders: match is_theirs {
                true => holders.into_iter().map(holder).collect(),
                false => Vec::new(),
            },
            correction_until: in_days(CORRECTION),
            later_until: in_days(LATER),
        }
    }
}

fn work(now: Now<'_>, case: &AtHand, account: &str) -> Option<WorkOffer> {
    let (by, stage) = (By::Person(account.to_owned()), case.stage()?);
    let (kind, blank, least) = match stage.work {
        Work::Visit { people } => {
            let blank = Record::Visit { people: Vec::new(), words: String::new() };
            ("visit", blank, people.into())
        }
        Work::Appraisal { people } => {
            ("votes", Record::Votes { present: 0, agreed: 0, words: String::new() }, people)
        }
        Work::Document => ("document", Record::Document(String::new()), 0),
        _ => ("words", Record::Words(String::new()), 0),
    };
    let may_come = |outcome: &&Outcome| {
        let act = Act::Work { outcome: **outcome, record: blank.clone() };
        let is_on_the_way = stage.after(**outcome, &case.case.traits).is_some();
        is_on_the_way
            && case.judge(now, &by, act).map_or_else(|refusal| refusal.is_of_words(), |_| true)
    };
    let outcomes = stage.work.outcomes().iter().filter(may_come);
    let outcomes: Vec<Named> =
        outcomes.map(|one| Named::new(one.name(), outcome(stage.work, *one))).collect();
    if outcomes.is_empty() {
        return None;
    }
    let people = people(now, account).into_iter();
    let people =
        people.map(|one| Named::new(one.account.as_str(), format!("{} {}", one.name, one.post)));
    Some(WorkOffer {
        stage: stage.name.clone(),
        record: kind,
        reader: reader(stage.work),
        least,
        people: if kind == "visit" { people.collect() } else { Vec::new() },
        outcomes,
    })
}

/// Who reads what is written of some work.
fn reader(work: Work) -> &'static str {
    match (is_told(work, Outcome::Done), is_told(work, Outcome::Declined)) {
        (true, _) => "申请人看得到",
        (false, true) => "不予受理的，申请人看得到",
        (false, false) => "只有镇里看得到",
    }
}

/// Who may have gone along: who works cases or for a village, those of one's own office first.
fn people<'a>(now: Now<'a>, account: &str) -> Vec<&'a Officer> {
    let (pack, today) = (&now.pack.pack, now.local().date());
    let own = pack.officer(account).and_then(|officer| officer.office.as_ref());
    let goes = |officer: &&Officer| {
        let mut posts = pack.organisation.posts(&officer.account, today);
        officer.account != account
            && posts.any(|post| matches!(post.role, Role::Clerk | Role::Handler | Role::Head))
    };
    let mut people: Vec<&Officer> = pack.officers.iter().filter(goes).collect();
    people.sort_by_key(|officer| officer.office.as_ref() != own);
    people
}

fn waits_for(case: &AtHand, is_theirs: bool) -> String {
    match case.stage() {
        Some(stage) if !is_theirs => stage.name.clone(),
        _ => String::new(),
    }
}

/// What came of some work, as the people say who did it.
pub(super) fn outcome(work: Work, outcome: Outcome) -> &'static str {
    match (work, outcome) {
        (_, Outcome::Accepted) => "受理",
        (_, Outcome::Declined) => "不予受理",
        (Work::Visit { .. }, Outcome::Agreed) => "和申请的一样",
        (Work::Visit { .. }, Outcome::Disagreed) => "和申请的不一样",
        (Work::Appraisal { .. }, Outcome::Agreed) => "通过",
        (Work::Appraisal { .. }, Outcome::Disagreed) => "没有通过",
        (Work::County, Outcome::Agreed) => "上级同意",
        (Work::County, Outcome::Disagreed) => "上级不同意",
        (Work::County, Outcome::SentBack) => "上级退回",
        (_, Outcome::Agreed) => "同意",
        (_, Outcome::Disagreed) => "不同意",
        (_, Outcome::SentBack) => "退回重办",
        (_, Outcome::Undisputed) => "没有异议",
        (Work::Confirmation { .. }, Outcome::Disputed) => "还没有好",
        (_, Outcome::Disputed) => "有异议",
        (_, Outcome::Granted) => "准予",
        (_, Outcome::Refused) => "不予",
        (Work::Document, Outcome::Done) => "做好了",
        (Work::Delivery, Outcome::Done) => "办好了、送到了",
        (Work::Dispatch, Outcome::Done) => "派单",
        (Work::Confirmation { .. }, Outcome::Done) => "已经好了",
        (_, Outcome::Done) => "处理好了",
        (_, Outcome::Unfounded) => "没有问题，或者不归镇里管",
    }
}

/// As the fields of the page call it.
pub(super) fn tie_name(tie: Tie) -> &'static str {
    match tie {
        Tie::Kin => "kin",
        Tie::Colleague => "colleague",
        Tie::Other => "other",
    }
}

/// As people say it.
pub(super) fn tie_words(tie: Tie) -> &'static str {
    match tie {
        Tie::Kin => "亲属",
        Tie::Colleague => "同事",
        Tie::Other => "其他",
    }
}

/// As the fields of the page call it.
pub(super) fn grounds_name(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::Hearing => "hearing",
        Grounds::Tender => "tender",
        Grounds::Auction => "auction",
        Grounds::Inspection => "inspection",
        Grounds::Appraisal => "appraisal",
        Grounds::ExpertReview => "expert-review",
        Grounds::OtherCase => "other-case",
        Grounds::ForceMajeure => "force-majeure",
        Grounds::Applicant => "applicant",
    }
}

/// As the law calls it.
pub(crate) fn ground(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::Hearing => "听证",
        Grounds::Tender => "招标",
        Grounds::Auction => "拍卖",
        Grounds::Inspection => "检验、检测、检疫",
        Grounds::Appraisal => "鉴定",
        Grounds::ExpertReview => "专家评审",
        Grounds::OtherCase => "等另一件的结果",
        Grounds::ForceMajeure => "不可抗力",
        Grounds::Applicant => "申请人要求，或者找不到申请人",
    }
}

fn day_field(day: Date) -> String {
    day.to_string()
}

/// The end of the day that a date field sends, on the township's clock.
pub(super) fn end_of(day: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    let day = Date::from_calendar_date(year, month.try_into().ok()?, day).ok()?;
    Some(OffsetDateTime::new_in_offset(day.next_day()?, time::Time::MIDNIGHT, now.offset()))
}

/// The questions that a form asks now, answered or not.
pub(super) fn questions(session: &Session) -> Vec<Named> {
    let mut all = Vec::new();
    collect(session, session.root(), "", "", &mut all);
    all
}

fn collect(session: &Session, at: InstanceId, above: &str, row: &str, all: &mut Vec<Named>) {
    for child in session.children(at).into_iter().filter(|child| session.is_relevant(*child)) {
        let node = session.form().node(child.node);
        let name = &node.name;
        match &node.kind {
            Kind::Group => collect(session, child, &format!("{above}{name}/"), row, all),
            Kind::Repeat { .. } => {
                let title = session.label(child).unwrap_or_else(|| name.clone());
                for (place, inner) in session.rows(child).into_iter().enumerate() {
                    let above = format!("{above}{name}[{}]/", place + 1);
                    let row = format!("{row}{title} {} · ", place + 1);
                    collect(session, inner, &above, &row, all);
                }
            }
            Kind::Question(_) if !session.is_read_only(child) => {
                let label = session.label(child).unwrap_or_else(|| name.clone());
                all.push(Named::new(format!("{AT}{above}{name}"), format!("{row}{label}")));
            }
            _ => {}
        }
    }
}
