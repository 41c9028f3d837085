//! What a device may ask of a case: decided inside the transaction that takes the command.

use std::borrow::Cow;

use casework::{Act, By, Refusal};
use protocol::{ApplicationId, DeviceId};

use super::at_hand::{AtHand, Now};
use super::event::Event;
use super::meanwhile::Wish;
use crate::storage::{self, Connection, StorageError};

/// Why a command is not taken.
pub(crate) enum NotAllowed {
    /// There is no such case, or it is nothing to this device.
    Denied,
    /// The case is not any more as whoever asks had seen it, or not yet; and how it is.
    Superseded(Cow<'static, str>),
    /// It could not be read.
    Storage(StorageError),
}

impl From<StorageError> for NotAllowed {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<Refusal> for NotAllowed {
    fn from(refusal: Refusal) -> Self {
        Self::Superseded(refusal.to_string().into())
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
    now: Now<'_>,
    asking: &Asking,
) -> Result<AtHand, NotAllowed> {
    let row = storage::cases::hold(db, &now.server.township, &asking.application).await?;
    let case = AtHand::take(db, now, row.ok_or(NotAllowed::Denied)?).await?;
    let is_theirs = match asking.wish {
        Wish::Visit => case.visitors().iter().any(|(device, _)| *device == asking.by),
        _ => case.row.device == asking.by,
    };
    if !is_theirs {
        return Err(NotAllowed::Denied);
    }
    match asking.wish.obstacle(&case, asking.seen) {
        Some(obstacle) => Err(NotAllowed::Superseded(obstacle.words().into())),
        None => Ok(case),
    }
}

impl AtHand {
    /// What the applicant's `act` does, if they may.
    pub(crate) fn ask(&self, now: Now<'_>, act: Act) -> Result<casework::Event, NotAllowed> {
        Ok(self.judge(now, &By::Applicant, act)?)
    }

    /// Whether its applicant has rated it.
    pub(super) fn is_rated(&self) -> bool {
        self.events.iter().any(|(_, event)| matches!(event, Event::Rated { .. }))
    }
}
