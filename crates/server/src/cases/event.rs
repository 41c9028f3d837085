//! What happens to cases, as it is kept: what casework knows of, and what else there is to know.

use casework::{Happened, Outcome, Record, Work};
use minicbor::{Decode, Encode};
use protocol::fact::Correction;
use protocol::{DeviceId, DeviceTime, EnvelopeId, Finding};

use crate::supervision::TakenDown;

/// One thing that happened to a case. Kept for ever: variants and numbers are never reused; 0 and 4 to
/// 8 were a trial's, before there were workflows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Event {
    /// All its files are whole.
    #[n(1)]
    FilesComplete,
    /// Somebody opened it for the first time since it came, or came anew.
    #[n(2)]
    Opened {
        #[n(0)]
        by: String,
    },
    /// Somebody wrote something down.
    #[n(3)]
    Noted {
        #[n(0)]
        by: String,
        #[n(1)]
        words: String,
    },
    /// The applicant rated it. How, stays in the envelope: who is rated must not read it.
    #[n(9)]
    Rated {
        #[n(0)]
        envelope: EnvelopeId,
        /// How it came, where no phone sent it.
        #[n(1)]
        taken_down: Option<TakenDown>,
    },
    /// An officer asked the holder of a device to go and look.
    #[n(10)]
    VisitAsked {
        #[n(0)]
        by: String,
        #[n(1)]
        device: DeviceId,
        /// What to look at.
        #[n(2)]
        words: String,
    },
    /// They did.
    #[n(11)]
    Visited {
        #[n(0)]
        device: DeviceId,
        /// Whose device it was then.
        #[n(1)]
        who: String,
        #[n(2)]
        envelope: EnvelopeId,
        #[n(3)]
        finding: Finding,
        #[n(4)]
        words: String,
        /// By their device.
        #[n(5)]
        visited_at: DeviceTime,
    },
    /// The envelope arrived.
    #[n(12)]
    Received {
        #[n(0)]
        envelope: EnvelopeId,
        /// When the person finished, by their device.
        #[n(1)]
        finished_at: DeviceTime,
        #[n(2)]
        case: casework::Event,
    },
    /// The applicant handed it in anew, corrected.
    #[n(13)]
    Supplemented {
        #[n(0)]
        envelope: EnvelopeId,
        /// When the person finished, by their device.
        #[n(1)]
        finished_at: DeviceTime,
        #[n(2)]
        case: casework::Event,
    },
    /// The applicant took it back.
    #[n(14)]
    Withdrawn {
        #[n(0)]
        envelope: EnvelopeId,
        #[n(1)]
        reason: String,
        #[n(2)]
        case: casework::Event,
    },
    /// An officer asked the applicant to correct it.
    #[n(15)]
    Returned {
        /// What is wrong, question by question.
        #[n(0)]
        corrections: Vec<Correction>,
        #[n(1)]
        case: casework::Event,
    },
    /// Anything else that casework knows of.
    #[n(16)]
    Case(#[n(0)] casework::Event),
    /// Anything else that the applicant did to it by their device.
    #[n(17)]
    Asked {
        #[n(0)]
        envelope: EnvelopeId,
        #[n(1)]
        case: casework::Event,
    },
    /// What the applicant did at the counter, where somebody took it down.
    #[n(18)]
    AtCounter {
        /// What was brought, or said.
        #[n(0)]
        words: String,
        #[n(1)]
        case: casework::Event,
    },
}

/// What an office writes to an applicant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Said {
    #[n(0)]
    pub(crate) words: String,
    /// What is to be corrected.
    #[n(1)]
    pub(crate) corrections: Vec<Correction>,
}

impl Event {
    /// What casework makes of it, if anything.
    pub(crate) fn case(&self) -> Option<&casework::Event> {
        match self {
            Self::Received { case, .. }
            | Self::Supplemented { case, .. }
            | Self::Withdrawn { case, .. }
            | Self::Returned { case, .. }
            | Self::Asked { case, .. }
            | Self::AtCounter { case, .. }
            | Self::Case(case) => Some(case),
            Self::FilesComplete
            | Self::Opened { .. }
            | Self::Noted { .. }
            | Self::Rated { .. }
            | Self::VisitAsked { .. }
            | Self::Visited { .. } => None,
        }
    }

    /// What happened to it, as casework calls it.
    pub(crate) fn happened(&self) -> Option<&Happened> {
        self.case().map(|event| &event.what)
    }

    /// Whether it is any of the applicant's business. What others say against a notice is not, before
    /// somebody has looked into it.
    pub(super) fn is_for_applicant(&self) -> bool {
        match self {
            Self::Noted { .. } | Self::VisitAsked { .. } | Self::Visited { .. } => false,
            event => !matches!(
                event.happened(),
                Some(Happened::Lit { .. } | Happened::Objected { .. } | Happened::Recused { .. })
            ),
        }
    }

    /// Whether it is any of the business of who was asked to look.
    pub(super) fn is_for_visitors(&self) -> bool {
        match self {
            Self::VisitAsked { .. } | Self::Visited { .. } => true,
            Self::Received { .. } | Self::Returned { .. } => false,
            event => event.case().is_some() && event.is_for_applicant(),
        }
    }

    /// What the office writes to the applicant with it; the last that was written stands until something
    /// else is, or what was asked for is answered.
    pub(super) fn says(&self, workflow: &casework::Workflow) -> Says {
        let words =
            |words: &String| Says::Something(Said { words: words.clone(), ..Said::default() });
        match (self, self.happened()) {
            (Self::Returned { corrections, .. }, Some(Happened::Returned { words, .. })) => {
                let (words, corrections) = (words.clone(), corrections.clone());
                Says::Something(Said { words, corrections })
            }
            (_, Some(Happened::Supplemented { .. } | Happened::Withdrawn | Happened::WentOn)) => {
                Says::NoMore
            }
            (_, Some(Happened::Worked { stage, outcome, record: Record::Words(said) }))
                if !said.is_empty() =>
            {
                let work = workflow.stage(*stage).map(|stage| stage.work);
                match work.is_some_and(|work| is_told(work, *outcome)) {
                    true => words(said),
                    false => Says::Nothing,
                }
            }
            (
                _,
                Some(
                    Happened::Stopped { words: said }
                    | Happened::Paused { words: said, .. }
                    | Happened::Extended { words: said }
                    | Happened::TakenIncomplete { words: said, .. },
                ),
            ) => words(said),
            _ => Says::Nothing,
        }
    }
}

/// Whether what is written of some work is for the applicant to read. What somebody thinks of it on the
/// way is for who decides; what applicants said themselves they know.
pub(crate) fn is_told(work: Work, outcome: Outcome) -> bool {
    match work {
        Work::Intake => outcome == Outcome::Declined,
        Work::Decision | Work::Delivery | Work::Dispatch | Work::Repair => true,
        Work::Review
        | Work::Visit { .. }
        | Work::Appraisal { .. }
        | Work::Notice { .. }
        | Work::County
        | Work::Document
        | Work::Confirmation { .. } => false,
    }
}

/// What is written to an applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// This.
    Something(Said),
    /// Nothing new.
    Nothing,
    /// What was written is answered.
    NoMore,
}
