//! How far cases come.

use super::event::Event;
use crate::storage::StorageError;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It came, or came anew, and nobody has looked yet.
    Received,
    /// Somebody has.
    Opened,
    /// The applicant is asked to correct it.
    Returned,
    /// It is granted.
    Approved,
    /// It is not.
    Refused,
    /// Nothing is left to do.
    Finished,
    /// The applicant took it back.
    Withdrawn,
}

impl Stage {
    pub(crate) const ALL: [Self; 7] = [
        Self::Received,
        Self::Opened,
        Self::Returned,
        Self::Approved,
        Self::Refused,
        Self::Finished,
        Self::Withdrawn,
    ];

    /// As it is stored, and as the pack calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Opened => "opened",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Finished => "finished",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What was stored as `name`.
    pub(crate) fn named(name: &str) -> Result<Self, StorageError> {
        let found = Self::ALL.into_iter().find(|stage| stage.name() == name);
        found.ok_or(StorageError::Unreadable("cases"))
    }

    /// The pack's words for it.
    pub(crate) fn of(self, stages: &pack::Stages) -> &pack::Stage {
        match self {
            Self::Received => &stages.received,
            Self::Opened => &stages.opened,
            Self::Returned => &stages.returned,
            Self::Approved => &stages.approved,
            Self::Refused => &stages.refused,
            Self::Finished => &stages.finished,
            Self::Withdrawn => &stages.withdrawn,
        }
    }

    /// Whether the office still has to say yes or no.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Opened | Self::Returned)
    }

    /// Whether it was decided and is still to be carried out.
    pub(crate) fn is_decided(self) -> bool {
        matches!(self, Self::Approved | Self::Refused)
    }

    pub(super) fn after(self, event: &Event) -> Self {
        match event {
            Event::Received { .. } | Event::Supplemented { .. } => Self::Received,
            Event::Opened { .. } => Self::Opened,
            Event::Returned { .. } => Self::Returned,
            Event::Decided { is_granted: true, .. } => Self::Approved,
            Event::Decided { is_granted: false, .. } => Self::Refused,
            Event::Finished { .. } => Self::Finished,
            Event::Withdrawn { .. } => Self::Withdrawn,
            Event::FilesComplete
            | Event::Noted { .. }
            | Event::Rated { .. }
            | Event::VisitAsked { .. }
            | Event::Visited { .. } => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_files_do_not_move_a_case() {
        let noted = Event::Noted { by: "zhoumin".into(), words: "打过电话".into() };
        assert_eq!(Stage::Opened.after(&noted), Stage::Opened);
        assert_eq!(Stage::Received.after(&Event::FilesComplete), Stage::Received);
        assert_eq!(Stage::Received.after(&Event::Opened { by: "zhoumin".into() }), Stage::Opened);
    }

    #[test]
    fn every_stage_is_read_back_as_it_was_stored() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.name()).ok(), Some(stage));
        }
    }
}
