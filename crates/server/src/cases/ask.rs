//! What a device may ask of a case: decided inside the transaction that takes the command.

use protocol::{ApplicationId, DeviceId, Township};

use super::event::Event;
use super::meanwhile::{Obstacle, Wish};
use super::stage::Stage;
use super::state::visitors;
use crate::storage::cases::Case;
use crate::storage::{self, Connection, StorageError};

/// Why a command is not taken.
pub(crate) enum NotAllowed {
    /// There is no such case, or it is nothing to this device.
    Denied,
    /// The case is not any more as whoever asks had seen it.
    Superseded(Obstacle),
    /// It could not be read.
    Storage(StorageError),
}

impl From<StorageError> for NotAllowed {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// What a device wants of a case.
pub(crate) struct Asking {
    pub(crate) by: DeviceId,
    pub(crate) application: ApplicationId,
    pub(crate) wish: Wish,
    /// How many events of the case it had heard of.
    pub(crate) seen: u64,
}

/// The case that a device asks something of, if it may: nobody else changes it until the transaction
/// ends.
pub(crate) async fn allow(
    db: &mut dyn Connection,
    township: &Township,
    asking: &Asking,
) -> Result<Case, NotAllowed> {
    let case = storage::cases::hold(db, township, &asking.application).await?;
    let case = case.ok_or(NotAllowed::Denied)?;
    let events = storage::cases::events(db, township, &case.number).await?;
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    let is_theirs = match asking.wish {
        Wish::Visit => visitors(&events).contains_key(&asking.by),
        _ => case.device == asking.by,
    };
    if !is_theirs {
        return Err(NotAllowed::Denied);
    }
    let obstacle = asking.wish.obstacle(Stage::named(&case.stage)?, &events, asking.seen);
    match obstacle {
        Some(obstacle) => Err(NotAllowed::Superseded(obstacle)),
        None => Ok(case),
    }
}
