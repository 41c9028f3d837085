//! What happens to cases. Kept for ever: variants and numbers are never reused.

use calendar::{Limit, OffsetDateTime};
use checks::Division;
use minicbor::{Decode, Encode};

use crate::act::{Grounds, Tie};
use crate::lamp::Lamp;
use crate::record::Record;
use crate::wire;
use crate::workflow::{Outcome, StageId};

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Event {
    /// When, as the law counts it: what falls due while no server runs happened when it fell due.
    #[cbor(n(0), with = "wire::moment")]
    pub at: OffsetDateTime,
    /// Who did it.
    #[n(1)]
    pub by: By,
    /// What.
    #[n(2)]
    pub what: Happened,
}

/// Who does something to a case.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum By {
    /// Whose case it is.
    #[n(0)]
    Applicant,
    /// Somebody who works for the township, by account.
    #[n(1)]
    Person(#[n(0)] String),
    /// Nobody: it fell due.
    #[n(2)]
    Time,
    /// A department of the county, by its name: its system answered for it.
    #[n(3)]
    Department(#[n(0)] String),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Happened {
    /// It came in, and this is what it is.
    #[n(0)]
    Received {
        /// The office that has it.
        #[n(0)]
        office: String,
        /// The village that it is from, where the form says.
        #[cbor(n(1), with = "wire::village")]
        village: Option<Division>,
        /// What is true of it.
        #[n(2)]
        traits: Vec<String>,
        /// What the township promises for it: 承诺时限.
        #[cbor(n(3), with = "wire::limit")]
        promised: Limit,
    },
    /// The applicant handed it in anew, corrected; this is what it is now.
    #[n(1)]
    Supplemented {
        /// What is true of it.
        #[n(0)]
        traits: Vec<String>,
    },
    /// The work of a stage was done.
    #[n(2)]
    Worked {
        /// Which.
        #[n(0)]
        stage: StageId,
        /// What came of it.
        #[n(1)]
        outcome: Outcome,
        /// What was written down.
        #[n(2)]
        record: Record,
    },
    /// The applicant is asked to correct it: 补正, all that is missing or wrong at once.
    #[n(3)]
    Returned {
        /// What they are told.
        #[n(0)]
        words: String,
        /// Until when they may: after that it goes on without, or lapses where it was not taken yet.
        #[cbor(n(1), with = "wire::moment")]
        until: OffsetDateTime,
    },
    /// It was not corrected in time, and not taken before: 视为撤回.
    #[n(4)]
    Lapsed,
    /// It is taken though something minor is missing: 容缺受理.
    #[n(5)]
    TakenIncomplete {
        /// What is missing.
        #[n(0)]
        words: String,
        /// Until when it is to be handed in.
        #[cbor(n(1), with = "wire::moment")]
        until: OffsetDateTime,
    },
    /// What was to be handed in later is there.
    #[n(6)]
    Settled,
    /// What was to be handed in later was not.
    #[n(7)]
    DebtFellDue,
    /// A notice was hung out.
    #[n(8)]
    HungOut,
    /// Somebody objected to a notice.
    #[n(9)]
    Objected {
        /// What they say.
        #[n(0)]
        words: String,
    },
    /// Its clocks were stopped: 中止.
    #[n(10)]
    Paused {
        /// By what right.
        #[n(0)]
        grounds: Grounds,
        /// Why, and what it waits for.
        #[n(1)]
        words: String,
        /// Until when at the latest.
        #[cbor(n(2), with = "wire::moment")]
        until: OffsetDateTime,
    },
    /// They go on.
    #[n(11)]
    WentOn,
    /// The head gave more time.
    #[n(12)]
    Extended {
        /// Why.
        #[n(0)]
        words: String,
    },
    /// Another office has it.
    #[n(13)]
    PassedOn {
        /// Which.
        #[n(0)]
        office: String,
        /// Why.
        #[n(1)]
        words: String,
    },
    /// It was ended without a decision: 终止.
    #[n(14)]
    Stopped {
        /// Why.
        #[n(0)]
        words: String,
    },
    /// The applicant took it back.
    #[n(15)]
    Withdrawn,
    /// It is the same fault as an older case's: 并入.
    #[n(16)]
    Joined {
        /// That case's number.
        #[n(0)]
        to: String,
    },
    /// The applicant objects to what was decided: 复核.
    #[n(17)]
    Appealed {
        /// What they say.
        #[n(0)]
        words: String,
    },
    /// A lamp was lit: whoever answers for the case is told.
    #[n(18)]
    Lit {
        /// Which.
        #[n(0)]
        lamp: Lamp,
    },
    /// Somebody who works it has a tie to its applicant, and keeps out of it: 回避.
    #[n(19)]
    Recused {
        /// Which tie.
        #[n(0)]
        tie: Tie,
        /// What they say of it.
        #[n(1)]
        words: String,
    },
}
