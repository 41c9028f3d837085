//! What happens to cases.

use calendar::{Limit, OffsetDateTime};
use checks::Division;

use crate::act::Grounds;
use crate::lamp::Lamp;
use crate::record::Record;
use crate::workflow::{Outcome, StageId};

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, as the law counts it: what falls due while no server runs happened when it fell due.
    pub at: OffsetDateTime,
    /// Who did it.
    pub by: By,
    /// What.
    pub what: Happened,
}

/// Who does something to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Whose case it is.
    Applicant,
    /// Somebody who works for the township, by account.
    Person(String),
    /// Nobody: it fell due.
    Time,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It came in, and this is what it is.
    Received {
        /// The office that has it.
        office: String,
        /// The village that it is from, where the form says.
        village: Option<Division>,
        /// What is true of it.
        traits: Vec<String>,
        /// What the township promises for it: 承诺时限.
        promised: Limit,
    },
    /// The applicant handed it in anew, corrected; this is what it is now.
    Supplemented {
        /// What is true of it.
        traits: Vec<String>,
    },
    /// The work of a stage was done.
    Worked {
        /// Which.
        stage: StageId,
        /// What came of it.
        outcome: Outcome,
        /// What was written down.
        record: Record,
    },
    /// The applicant is asked to correct it: 补正, all that is missing or wrong at once.
    Returned {
        /// What they are told.
        words: String,
        /// Until when they may: after that it goes on without, or lapses where it was not taken yet.
        until: OffsetDateTime,
    },
    /// It was not corrected in time, and not taken before: 视为撤回.
    Lapsed,
    /// It is taken though something minor is missing: 容缺受理.
    TakenIncomplete {
        /// What is missing.
        words: String,
        /// Until when it is to be handed in.
        until: OffsetDateTime,
    },
    /// What was to be handed in later is there.
    Settled,
    /// What was to be handed in later was not.
    DebtFellDue,
    /// A notice was hung out.
    HungOut,
    /// Somebody objected to a notice.
    Objected {
        /// What they say.
        words: String,
    },
    /// Its clocks were stopped: 中止.
    Paused {
        /// By what right.
        grounds: Grounds,
        /// Why, and what it waits for.
        words: String,
        /// Until when at the latest.
        until: OffsetDateTime,
    },
    /// They go on.
    WentOn,
    /// The head gave more time.
    Extended {
        /// Why.
        words: String,
    },
    /// Another office has it.
    PassedOn {
        /// Which.
        office: String,
        /// Why.
        words: String,
    },
    /// It was ended without a decision: 终止.
    Stopped {
        /// Why.
        words: String,
    },
    /// The applicant took it back.
    Withdrawn,
    /// It is the same fault as an older case's: 并入.
    Joined {
        /// That case's number.
        to: String,
    },
    /// The applicant objects to what was decided: 复核.
    Appealed {
        /// What they say.
        words: String,
    },
    /// A lamp was lit: whoever answers for the case is told.
    Lit {
        /// Which.
        lamp: Lamp,
    },
}
