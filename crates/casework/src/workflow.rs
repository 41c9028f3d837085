//! How the cases of an item are worked: stages, whose work each is, what comes of it, and the clocks
//! that run. Data of the pack.

use calendar::{Date, Limit};
use minicbor::{Decode, Encode};

use crate::organisation::Role;

/// How the cases of an item are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Such as 低保.
    pub name: String,
    /// Its stages. Cases begin at the first.
    pub stages: Vec<Stage>,
    /// What the law gives for a case as a whole: 法定时限. What is promised, the route of a case says.
    pub statutory: Vec<ClockRule>,
    /// The stage whose work ends both limits; where none, the case's end does.
    pub until: Option<StageId>,
    /// Stages that nobody works both of.
    pub apart: Vec<(StageId, StageId)>,
    /// What may be true of a case, by what was answered in its form: 急难, 近亲属. Named by the pack.
    pub traits: Vec<String>,
    /// Whether what is decided may not be published (民发〔2019〕62号: children).
    pub is_private: bool,
    /// Whether what is minor may be handed in later: 容缺受理 (国发〔2022〕5号).
    pub takes_incomplete: bool,
    /// Where a case goes whose applicant objects to what was decided: 复核. It is worked by somebody who
    /// did not decide it.
    pub appeal: Option<StageId>,
}

/// One stage's place in its workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct StageId(#[n(0)] pub u8);

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What the pack calls it.
    pub id: String,
    /// Its name in lists: 村级初审.
    pub name: String,
    /// What is done at it.
    pub work: Work,
    /// Whose work it is.
    pub who: Who,
    /// How long it may take by itself.
    pub limit: Option<Limit>,
    /// Whether the case's clocks stand still at it (行政许可法 article 45). Then it needs its own limit.
    pub stops_clocks: bool,
    /// What comes after it. The first that fits is taken.
    pub next: Vec<Next>,
}

/// Whose work a stage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// As what.
    pub role: Role,
    /// Where.
    pub at: At,
}

/// Where somebody has to have their post to work a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// In the office that has the case.
    ItsOffice,
    /// In this office.
    Office(String),
    /// Over the village that the case is from.
    ItsVillage,
    /// Anywhere in the township.
    Anywhere,
}

/// What is done at a stage. Each kind of work has [`outcomes`](Self::outcomes), and asks for the
/// [`Record`](crate::Record) of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// 收件: looks whether all is there, and takes it: within five working days, or it is taken by
    /// silence (行政许可法 article 32).
    Intake,
    /// 初审、审核、联审: says whether it should be granted.
    Review,
    /// 入户核查: goes and looks, with so many people at least (行政许可法 article 34: two).
    Visit {
        /// How many go.
        people: u8,
    },
    /// 民主评议: so many villagers or more vote.
    Appraisal {
        /// How many vote.
        people: u16,
    },
    /// 公示: hangs out for so long, for anybody to object.
    Notice {
        /// How long.
        length: Limit,
    },
    /// 上报: goes to a department of the county, and comes back with an answer.
    County,
    /// 决定.
    Decision,
    /// 制证: makes the document.
    Document,
    /// 送达.
    Delivery,
    /// 派单: says whose a reported fault is.
    Dispatch,
    /// 处理: mends it.
    Repair,
    /// 报修人确认: who reported it says whether it is mended; silence for so long says yes.
    Confirmation {
        /// How long.
        silence: Limit,
    },
}

/// What came of the work at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Outcome {
    /// It is taken: 受理.
    #[n(0)]
    Accepted,
    /// It is not, and why: 不予受理.
    #[n(1)]
    Declined,
    /// Should be granted; is as it was stated; those who voted say yes; the county says yes.
    #[n(2)]
    Agreed,
    /// The contrary.
    #[n(3)]
    Disagreed,
    /// It is to be looked at again.
    #[n(4)]
    SentBack,
    /// Nobody objected.
    #[n(5)]
    Undisputed,
    /// Somebody did; or it is not mended, says who reported it.
    #[n(6)]
    Disputed,
    /// 准予、确认.
    #[n(7)]
    Granted,
    /// 不予.
    #[n(8)]
    Refused,
    /// It is done.
    #[n(9)]
    Done,
    /// There is nothing to mend, or nothing that anybody here could.
    #[n(10)]
    Unfounded,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Accepted,
        Self::Declined,
        Self::Agreed,
        Self::Disagreed,
        Self::SentBack,
        Self::Undisputed,
        Self::Disputed,
        Self::Granted,
        Self::Refused,
        Self::Done,
        Self::Unfounded,
    ];

    /// As packs call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Agreed => "agreed",
            Self::Disagreed => "disagreed",
            Self::SentBack => "sent-back",
            Self::Undisputed => "undisputed",
            Self::Disputed => "disputed",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Done => "done",
            Self::Unfounded => "unfounded",
        }
    }
}

impl Work {
    /// All that can come of it.
    pub fn outcomes(self) -> &'static [Outcome] {
        use Outcome as O;
        match self {
            Self::Intake => &[O::Accepted, O::Declined],
            Self::Review => &[O::Agreed, O::Disagreed, O::SentBack],
            Self::Visit { .. } | Self::Appraisal { .. } => &[O::Agreed, O::Disagreed],
            Self::Notice { .. } => &[O::Undisputed, O::Disputed],
            Self::County => &[O::Agreed, O::Disagreed, O::SentBack],
            Self::Decision => &[O::Granted, O::Refused, O::SentBack],
            Self::Document | Self::Delivery => &[O::Done],
            Self::Dispatch | Self::Repair => &[O::Done, O::Unfounded],
            Self::Confirmation { .. } => &[O::Done, O::Disputed],
        }
    }

    /// Whether somebody here says what the case is worth: whoever did may not decide it.
    pub fn judges(self) -> bool {
        matches!(self, Self::Review | Self::Visit { .. } | Self::Appraisal { .. })
    }
}

/// What comes after a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// After what.
    pub on: Outcome,
    /// Traits that a case must have for it, all of them.
    pub when: Vec<String>,
    /// Where it goes.
    pub to: To,
}

/// Where a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// To a stage.
    Stage(StageId),
    /// Nowhere: it is over.
    End(Ending),
}

/// How a case is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// 办结.
    Finished,
    /// 不予: decided against.
    Refused,
    /// 不予受理.
    Declined,
    /// 撤回.
    Withdrawn,
    /// 终止.
    Stopped,
    /// 并入: the same fault as another case.
    Joined,
}

/// What the law gives for a case as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockRule {
    /// Traits that a case must have for it, all of them. The first rule that fits is the case's.
    pub when: Vec<String>,
    /// When a case must have come for it: rules change, and what came before keeps its own.
    pub in_force: Period,
    /// How long.
    pub limit: Limit,
    /// How long where the head grants more time, once (行政许可法 article 42).
    pub extended: Option<Limit>,
}

/// Days on which something is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first; none where it always was.
    pub from: Option<Date>,
    /// The last; none where no end is known.
    pub until: Option<Date>,
}

impl Period {
    /// Whether `day` is one of them.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Whose limit a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counts {
    /// 承诺时限: what the township promises.
    Promised,
    /// 法定时限: what the law gives.
    Statutory,
}

impl Workflow {
    /// A stage.
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.get(usize::from(id.0))
    }

    /// The stage of this name.
    pub fn find(&self, id: &str) -> Option<StageId> {
        let place = self.stages.iter().position(|stage| stage.id == id)?;
        u8::try_from(place).ok().map(StageId)
    }

    /// All stages, with their places.
    pub fn all(&self) -> impl Iterator<Item = (StageId, &Stage)> {
        (0..=u8::MAX).map(StageId).zip(&self.stages)
    }

    /// What the law gives for a case of these traits that came on `day`.
    pub fn statutory(&self, traits: &[String], day: Date) -> Option<&ClockRule> {
        let fits = |rule: &&ClockRule| all_of(&rule.when, traits) && rule.in_force.contains(day);
        self.statutory.iter().find(fits)
    }

    /// Whether a case comes to a stage before `other` was worked, or when it is to be worked again.
    pub(crate) fn is_before(&self, id: StageId, other: StageId) -> bool {
        let mut before = vec![StageId(0)];
        let mut place = 0;
        while let Some(at) = before.get(place).copied() {
            place += 1;
            let next = self.stage(at).into_iter().filter(|_| at != other);
            for next in next.flat_map(|stage| &stage.next) {
                match next.to {
                    To::Stage(to) if !before.contains(&to) => before.push(to),
                    _ => {}
                }
            }
        }
        before.contains(&id)
    }

    /// Whether nobody works both stages.
    pub fn are_apart(&self, one: StageId, other: StageId) -> bool {
        self.apart.iter().any(|pair| *pair == (one, other) || *pair == (other, one))
    }
}

impl Stage {
    /// Where a case of these traits goes after `outcome`.
    pub fn after(&self, outcome: Outcome, traits: &[String]) -> Option<To> {
        let fits = |next: &&Next| next.on == outcome && all_of(&next.when, traits);
        self.next.iter().find(fits).map(|next| next.to)
    }
}

fn all_of(wanted: &[String], traits: &[String]) -> bool {
    wanted.iter().all(|one| traits.contains(one))
}
