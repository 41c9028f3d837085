//! What happens to cases.

use minicbor::{Decode, Encode};
use protocol::fact::Correction;
use protocol::{DeviceId, DeviceTime, EnvelopeId, Finding};

/// One thing that happened to a case. Kept for ever: variants and numbers are never reused.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Event {
    /// The envelope arrived.
    #[n(0)]
    Received {
        #[n(0)]
        envelope: EnvelopeId,
        /// Where the item's routes sent it.
        #[n(1)]
        office: String,
        /// When the person finished, by their device.
        #[n(2)]
        finished_at: DeviceTime,
    },
    /// All its files are whole.
    #[n(1)]
    FilesComplete,
    /// An officer opened it for the first time since it came, or came anew.
    #[n(2)]
    Opened {
        #[n(0)]
        by: String,
    },
    /// An officer wrote something down.
    #[n(3)]
    Noted {
        #[n(0)]
        by: String,
        #[n(1)]
        words: String,
    },
    /// An officer asked the applicant to correct it.
    #[n(4)]
    Returned {
        #[n(0)]
        by: String,
        #[n(1)]
        said: Said,
    },
    /// The applicant handed it in anew, corrected.
    #[n(5)]
    Supplemented {
        #[n(0)]
        envelope: EnvelopeId,
        /// When the person finished, by their device.
        #[n(1)]
        finished_at: DeviceTime,
    },
    /// An officer granted it, or did not.
    #[n(6)]
    Decided {
        #[n(0)]
        by: String,
        #[n(1)]
        is_granted: bool,
        #[n(2)]
        said: Said,
    },
    /// An officer says that nothing is left to do.
    #[n(7)]
    Finished {
        #[n(0)]
        by: String,
    },
    /// The applicant took it back.
    #[n(8)]
    Withdrawn {
        #[n(0)]
        envelope: EnvelopeId,
        #[n(1)]
        reason: String,
    },
    /// The applicant rated it. How, stays in the envelope: who is rated must not read it.
    #[n(9)]
    Rated {
        #[n(0)]
        envelope: EnvelopeId,
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
    /// Whether it is any of the applicant's business.
    pub(super) fn is_for_applicant(&self) -> bool {
        !matches!(self, Self::Noted { .. } | Self::VisitAsked { .. } | Self::Visited { .. })
    }

    /// Whether it is any of the business of who was asked to look.
    pub(super) fn is_for_visitors(&self) -> bool {
        match self {
            Self::Supplemented { .. }
            | Self::Decided { .. }
            | Self::Finished { .. }
            | Self::Withdrawn { .. }
            | Self::VisitAsked { .. }
            | Self::Visited { .. } => true,
            Self::Received { .. }
            | Self::FilesComplete
            | Self::Opened { .. }
            | Self::Noted { .. }
            | Self::Returned { .. }
            | Self::Rated { .. } => false,
        }
    }
}
