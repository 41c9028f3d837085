//! Cases: the fold of their events, under the workflow that each came under.
//!
//! # Invariants
//! * Whatever is wanted of a case names how many events its asker had seen, and is judged by what
//!   happened since, inside the transaction that appends what comes of it (`meanwhile`).
//! * What time does to a case is kept before anything else is, each thing once, whichever server comes
//!   to it first (`timers`).
//! * An applicant is told of every event that is theirs to know, in the order of the events.

mod act;
mod ask;
mod at_hand;
mod event;
mod meanwhile;
mod phase;
mod promise;
mod state;
mod timers;
mod workflows;

pub(crate) use act::look;
pub use act::{NotDone, OfficerAct};
pub(crate) use ask::{Asking, NotAllowed, allow};
pub(crate) use at_hand::{AtHand, Now};
pub(crate) use event::{Event, Said, is_told};
pub(crate) use meanwhile::Wish;
pub(crate) use phase::Phase;
pub(crate) use promise::{deadline_words, local, server_time};
pub(crate) use timers::work_due;
pub(crate) use workflows::Workflows;
