//! Why something is not done.

use calendar::OffsetDateTime;
use time::Duration;

/// Why something is not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something fell due before: it is applied first, and what is wanted judged anew.
    #[error("到期的事还没有记上，请再试一次")]
    FirstWhatFellDue,
    /// It is none of theirs.
    #[error("这一步不归您办")]
    NotTheirs,
    /// They did a stage that this one is kept apart from.
    #[error("您办过“{0}”，这一步要别人办")]
    Apart(String),
    /// It is over.
    #[error("这一件已经结束")]
    Over,
    /// Its applicant was asked to correct it and has not yet.
    #[error("正在等申请人补正")]
    Returned,
    /// Its clocks are stopped.
    #[error("这一件中止着，先恢复")]
    Paused,
    /// Its clocks are not stopped.
    #[error("这一件没有中止")]
    NotPaused,
    /// It is decided.
    #[error("已经有了决定")]
    Decided,
    /// It is not decided, or there is nothing to appeal to.
    #[error("还没有可以申请复核的决定")]
    NothingToAppeal,
    /// The stage is another, or nothing of the kind is done at it.
    #[error("这一步办不了这个")]
    AnotherStage,
    /// The notice already hangs out.
    #[error("已经公示了")]
    HangsOut,
    /// The notice has to hang out for its time.
    #[error("公示期到了会自动往下走")]
    TimeTells,
    /// Something minor is still to be handed in.
    #[error("容缺的材料还没有补齐")]
    Owed,
    /// Nothing may be missing, or more time is not given, by its workflow.
    #[error("这类事不可以这样办")]
    NotAllowed,
    /// It was given more time already.
    #[error("已经延长过一次")]
    Extended,
    /// It is that office's already.
    #[error("已经在这个机构了")]
    SameOffice,
    /// Nobody there could work it.
    #[error("那个机构没有人能办这一步")]
    Nobody,
    /// Somebody is named who does not work for the township.
    #[error("没有账号 {0}")]
    Unknown(String),
    /// Nobody asked for more.
    #[error("现在没有要补的材料")]
    NotAsked,
    /// Nothing is to be handed in later.
    #[error("没有欠着的材料")]
    NothingOwed,
    /// It was objected to once.
    #[error("已经复核过一次")]
    Appealed,
    /// The time for it has passed.
    #[error("过了期限")]
    TooLate,
    /// Longer than so many days.
    #[error("最多 {0} 天")]
    TooLong(i64),
    /// A time that is past.
    #[error("时间要在以后")]
    Past,
    /// It says nothing where something must be said.
    #[error("要写清楚：{0}")]
    Wordless(&'static str),
    /// Whoever is to go along is the last who could do this.
    #[error("他们去了，就没有人能办“{0}”了，换个人去")]
    LeavesNobody(String),
    /// They have a tie to the applicant, and keep out of it.
    #[error("您申报过和申请人有利害关系，这一件您不办")]
    Recused,
    /// Without them, or without who keeps out of it, nobody could do this.
    #[error("除了您没有别人能办“{0}”，先请负责人转给别的机构，或者安排人替您")]
    NobodyElse(String),
    /// Whoever goes along has a tie to the applicant.
    #[error("{0} 申报过和申请人有利害关系，换个人去")]
    GoesRecused(String),
    /// Fewer people than it takes.
    #[error("至少要 {0} 个人")]
    TooFew(u16),
    /// Votes that do not say what is said to have come of them.
    #[error("票数和结论对不上")]
    Votes,
}

impl Refusal {
    /// Whether the same, said or filled in otherwise, would be done.
    pub fn is_of_words(&self) -> bool {
        matches!(
            self,
            Self::Wordless(_)
                | Self::TooFew(_)
                | Self::Votes
                | Self::Unknown(_)
                | Self::LeavesNobody(_)
                | Self::GoesRecused(_)
                | Self::Past
                | Self::TooLong(_)
                | Self::SameOffice
                | Self::Nobody
        )
    }
}

/// Whether somebody says something.
pub(crate) fn said(words: &str, what: &'static str) -> Result<(), Refusal> {
    match words.trim().is_empty() {
        true => Err(Refusal::Wordless(what)),
        false => Ok(()),
    }
}

/// Whether a time is to come, and not too far away.
pub(crate) fn within(
    until: OffsetDateTime,
    now: OffsetDateTime,
    most: Duration,
) -> Result<(), Refusal> {
    match until - now {
        time if time <= Duration::ZERO => Err(Refusal::Past),
        time if time > most => Err(Refusal::TooLong(most.whole_days())),
        _ => Ok(()),
    }
}
