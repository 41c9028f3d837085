//! Cases: the fold of their events.

mod promise;

use minicbor::{Decode, Encode};
use protocol::fact::CaseState;
use protocol::{DeviceTime, EnvelopeId, Fact, ServerTime, Township};

pub(crate) use promise::{deadline_words, local};

use crate::packs::InForce;
use crate::storage::cases::Case;
use crate::storage::{self, Connection, StorageError};

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
    /// An officer opened it for the first time.
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
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Received,
    Opened,
}

impl Stage {
    /// As it is stored, and as the pack calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Opened => "opened",
        }
    }

    /// What was stored as `name`.
    pub(crate) fn named(name: &str) -> Result<Self, StorageError> {
        match name {
            "received" => Ok(Self::Received),
            "opened" => Ok(Self::Opened),
            _ => Err(StorageError::Unreadable("cases")),
        }
    }

    /// The pack's words for it.
    pub(crate) fn of(self, stages: &pack::Stages) -> &pack::Stage {
        match self {
            Self::Received => &stages.received,
            Self::Opened => &stages.opened,
        }
    }

    fn after(self, event: &Event) -> Self {
        match event {
            Event::Received { .. } => Self::Received,
            Event::Opened { .. } => Self::Opened,
            Event::FilesComplete | Event::Noted { .. } => self,
        }
    }
}

/// Appends an event to a case, and tells the applicant's device what the case has come to, where
/// the event is any of its business.
pub(crate) async fn append(
    db: &mut dyn Connection,
    township: &Township,
    pack: &InForce,
    case: &Case,
    at: ServerTime,
    event: &Event,
) -> Result<(), StorageError> {
    let stage = Stage::named(&case.stage)?.after(event);
    storage::cases::append_event(db, township, &case.number, stage.name(), at, event).await?;
    if matches!(event, Event::Noted { .. }) {
        return Ok(());
    }
    let fact = Fact::Case(state(pack, case, stage, at));
    storage::facts::tell(db, township, &case.device, &fact).await
}

fn state(pack: &InForce, case: &Case, stage: Stage, since: ServerTime) -> CaseState {
    let pack = &pack.pack;
    let office = pack.office(&case.office).map_or(case.office.as_str(), |office| &office.name);
    let mut words = stage.of(&pack.township.stages).words(office, &deadline_words(pack, case));
    if case.files_whole < case.files {
        let missing = case.files - case.files_whole;
        words.push_str(&format!("。还有 {missing} 个照片或录音在路上，有网就接着送"));
    }
    CaseState {
        application: case.application,
        case: case.number.clone(),
        stage: stage.name().to_owned(),
        office: office.to_owned(),
        words,
        since,
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
}
