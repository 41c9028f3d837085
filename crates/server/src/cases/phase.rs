//! How far cases come, as their applicants see it: the same few words for every workflow.

use casework::{Ending, Happened, Place, StageId, Standing};

use super::event::Event;
use crate::storage::StorageError;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It came, or came anew, and nobody has looked yet.
    Received,
    /// Somebody has.
    Opened,
    /// It has come further than its first stage.
    Working,
    /// The applicant is asked to correct it.
    Returned,
    /// Its clocks are stopped.
    Paused,
    /// It is decided, and something is left to do.
    Approved,
    /// It is not granted.
    Refused,
    /// It was not taken.
    Declined,
    /// Nothing is left to do.
    Finished,
    /// The applicant took it back.
    Withdrawn,
    /// The applicant did not correct it in time.
    Lapsed,
    /// It was ended without a decision.
    Stopped,
    /// It is answered with another case.
    Joined,
}

impl Phase {
    pub(crate) const ALL: [Self; 13] = [
        Self::Received,
        Self::Opened,
        Self::Working,
        Self::Returned,
        Self::Paused,
        Self::Approved,
        Self::Refused,
        Self::Declined,
        Self::Finished,
        Self::Withdrawn,
        Self::Lapsed,
        Self::Stopped,
        Self::Joined,
    ];

    /// As it is stored, and as the pack calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Opened => "opened",
            Self::Working => "working",
            Self::Returned => "returned",
            Self::Paused => "paused",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Declined => "declined",
            Self::Finished => "finished",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::Stopped => "stopped",
            Self::Joined => "joined",
        }
    }

    /// What was stored as `name`.
    pub(crate) fn named(name: &str) -> Result<Self, StorageError> {
        let found = Self::ALL.into_iter().find(|phase| phase.name() == name);
        found.ok_or(StorageError::Unreadable("cases"))
    }

    /// The pack's words for it.
    pub(crate) fn of(self, phases: &pack::Phases) -> &pack::Phase {
        match self {
            Self::Received => &phases.received,
            Self::Opened => &phases.opened,
            Self::Working => &phases.working,
            Self::Returned => &phases.returned,
            Self::Paused => &phases.paused,
            Self::Approved => &phases.approved,
            Self::Refused => &phases.refused,
            Self::Declined => &phases.declined,
            Self::Finished => &phases.finished,
            Self::Withdrawn => &phases.withdrawn,
            Self::Lapsed => &phases.lapsed,
            Self::Stopped => &phases.stopped,
            Self::Joined => &phases.joined,
        }
    }

    /// Whether it is over.
    pub(crate) fn is_over(self) -> bool {
        match self {
            Self::Received
            | Self::Opened
            | Self::Working
            | Self::Returned
            | Self::Paused
            | Self::Approved => false,
            Self::Refused
            | Self::Declined
            | Self::Finished
            | Self::Withdrawn
            | Self::Lapsed
            | Self::Stopped
            | Self::Joined => true,
        }
    }

    /// Whether the township ended it: then its applicant may say how that went (好差评: every case, as
    /// 国办发〔2019〕51号 asks, and not only what was granted).
    pub(crate) fn is_rated(self) -> bool {
        self.is_over() && !matches!(self, Self::Withdrawn | Self::Lapsed)
    }

    /// How far a case has come by all that happened to it.
    pub(super) fn reached<'e>(
        workflow: &casework::Workflow,
        case: &casework::Case,
        events: impl DoubleEndedIterator<Item = &'e Event>,
    ) -> Self {
        let mut latest = events.rev();
        match (case.place, case.standing) {
            (Place::Over(ending, _), _) => {
                let is_lapsed = latest.find_map(Event::happened) == Some(&Happened::Lapsed);
                match ending {
                    Ending::Finished => Self::Finished,
                    Ending::Refused => Self::Refused,
                    Ending::Declined => Self::Declined,
                    Ending::Withdrawn if is_lapsed => Self::Lapsed,
                    Ending::Withdrawn => Self::Withdrawn,
                    Ending::Stopped => Self::Stopped,
                    Ending::Joined => Self::Joined,
                }
            }
            (_, Standing::Returned { .. }) => Self::Returned,
            (_, Standing::Paused { .. }) => Self::Paused,
            (Place::Stage(StageId(0)), Standing::Going) => {
                let last = latest.find(|event| {
                    matches!(event, Event::Opened { .. })
                        || matches!(
                            event.happened(),
                            Some(Happened::Received { .. } | Happened::Supplemented { .. })
                        )
                });
                match last {
                    Some(Event::Opened { .. }) => Self::Opened,
                    _ => Self::Received,
                }
            }
            _ if case.is_decided(workflow) => Self::Approved,
            _ => Self::Working,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_is_read_back_as_it_was_stored() {
        for phase in Phase::ALL {
            assert_eq!(Phase::named(phase.name()).ok(), Some(phase));
        }
    }
}
