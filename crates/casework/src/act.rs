//! What people want to do to a case.

use calendar::OffsetDateTime;
use minicbor::{Decode, Encode};

use crate::record::Record;
use crate::workflow::Outcome;

/// What somebody wants to do to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Do the work of its stage.
    Work {
        /// What came of it.
        outcome: Outcome,
        /// What is written down of it.
        record: Record,
    },
    /// Ask the applicant to correct it.
    Return {
        /// All that is missing or wrong.
        words: String,
        /// Until when they may.
        until: OffsetDateTime,
    },
    /// Take it though something minor is missing.
    TakeIncomplete {
        /// What is missing.
        words: String,
        /// Until when it is to be handed in.
        until: OffsetDateTime,
    },
    /// Say that what was missing is there.
    Settle,
    /// Hang out the notice that its stage asks for.
    HangOut,
    /// Write down that somebody objects to the notice.
    Object {
        /// What they say.
        words: String,
    },
    /// Stop its clocks.
    Pause {
        /// By what right.
        grounds: Grounds,
        /// Why, and what it waits for.
        words: String,
        /// Until when at the latest.
        until: OffsetDateTime,
    },
    /// Let them go on.
    GoOn,
    /// Give more time.
    Extend {
        /// Why.
        words: String,
    },
    /// Give it to another office.
    PassOn {
        /// Which.
        office: String,
        /// Why.
        words: String,
    },
    /// Join it to an older case of the same fault, with which it is answered.
    Join {
        /// That case's number.
        to: String,
    },
    /// End it without a decision.
    Stop {
        /// Why.
        words: String,
    },
    /// Hand it in anew, corrected.
    Supplement {
        /// What is true of it now.
        traits: Vec<String>,
    },
    /// Write down that its applicant brought what was asked for to the counter.
    BringIn {
        /// What they brought.
        words: String,
    },
    /// Take it back: an applicant does, or has it taken down at the counter.
    Withdraw {
        /// Why. An applicant need not say; who takes it down says how they know.
        words: String,
    },
    /// Say that one has a tie to the applicant, and keep out of it from now on: 回避.
    Recuse {
        /// Which tie.
        tie: Tie,
        /// What else there is to say of it.
        words: String,
    },
    /// Object to what was decided: an applicant does, or has it taken down at the counter.
    Appeal {
        /// What is wrong with it.
        words: String,
    },
}

/// What ties somebody who works a case to its applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Tie {
    /// 亲属.
    #[n(0)]
    Kin,
    /// 同事.
    #[n(1)]
    Colleague,
    /// 其他.
    #[n(2)]
    Other,
}

impl Tie {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kin, Self::Colleague, Self::Other];
}

/// By what right the clocks of a case may stand still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Grounds {
    /// 听证 (行政许可法 article 45, and so the next five).
    #[n(0)]
    Hearing,
    /// 招标.
    #[n(1)]
    Tender,
    /// 拍卖.
    #[n(2)]
    Auction,
    /// 检验、检测、检疫.
    #[n(3)]
    Inspection,
    /// 鉴定.
    #[n(4)]
    Appraisal,
    /// 专家评审.
    #[n(5)]
    ExpertReview,
    /// 司法程序 (行政程序 in general, and so the next two): another case must be decided first.
    #[n(6)]
    OtherCase,
    /// 不可抗力.
    #[n(7)]
    ForceMajeure,
    /// 申请人原因: the applicant asks for it, or cannot be found.
    #[n(8)]
    Applicant,
}

impl Grounds {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Hearing,
        Self::Tender,
        Self::Auction,
        Self::Inspection,
        Self::Appraisal,
        Self::ExpertReview,
        Self::OtherCase,
        Self::ForceMajeure,
        Self::Applicant,
    ];
}
