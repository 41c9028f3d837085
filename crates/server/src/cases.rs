//! Cases: the fold of their events.
//!
//! # Invariants
//! * Whatever is wanted of a case names how many events its asker had seen, and is judged by what
//!   happened since, inside the transaction that appends what comes of it (`meanwhile`).
//! * An applicant is told of every event that is theirs to know, in the order of the events.

mod act;
mod ask;
mod event;
mod meanwhile;
mod promise;
mod stage;
mod state;

use protocol::{Fact, ServerTime, Township};

pub(crate) use act::look;
pub use act::{NotDone, OfficerAct};
pub(crate) use ask::{Asking, NotAllowed, allow};
pub(crate) use event::{Event, Said};
pub(crate) use meanwhile::{Obstacle, Wish};
pub(crate) use promise::{deadline_words, local};
pub(crate) use stage::Stage;

use crate::packs::InForce;
use crate::storage::cases::Case;
use crate::storage::{self, Connection, StorageError};

/// Appends an event to a case, and tells whoever it concerns what the case has come to.
pub(crate) async fn append(
    db: &mut dyn Connection,
    township: &Township,
    pack: &InForce,
    case: &Case,
    at: ServerTime,
    event: &Event,
) -> Result<(), StorageError> {
    let case = after(case, event)?;
    let version = storage::cases::append_event(db, township, &case, at, event).await?;
    if event.is_for_applicant() {
        let state = state::for_applicant(pack, &case, version, at)?;
        storage::facts::tell(db, township, &case.device, &Fact::Case(state)).await?;
    }
    if event.is_for_visitors() {
        tell_visitors(db, township, pack, &case, version, at).await?;
    }
    Ok(())
}

async fn tell_visitors(
    db: &mut dyn Connection,
    township: &Township,
    pack: &InForce,
    case: &Case,
    version: u64,
    at: ServerTime,
) -> Result<(), StorageError> {
    let events = storage::cases::events(db, township, &case.number).await?;
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    for (device, asked) in state::visitors(&events) {
        let mut state = state::for_visitor(pack, case, version, at, asked)?;
        if device == case.device {
            // Who went for somebody else to apply, and is asked to look: one state says both.
            let visit = state.visit.take();
            state = state::for_applicant(pack, case, version, at)?;
            state.visit = visit;
        }
        storage::facts::tell(db, township, &device, &Fact::Case(state)).await?;
    }
    Ok(())
}

/// What a case has come to by an event.
fn after(case: &Case, event: &Event) -> Result<Case, StorageError> {
    let stage = Stage::named(&case.stage)?.after(event);
    let said = match event {
        Event::Returned { said, .. } | Event::Decided { said, .. } => Some(said.clone()),
        // What was asked for is answered.
        Event::Supplemented { .. } | Event::Withdrawn { .. } => None,
        _ => case.said.clone(),
    };
    let is_rated = case.is_rated || matches!(event, Event::Rated { .. });
    Ok(Case { stage: stage.name().to_owned(), said, is_rated, ..case.clone() })
}
