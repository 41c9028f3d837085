//! Case work: what may be done to a case, by whom, and until when.
//!
//! How the cases of an item are worked is a [`Workflow`], which is data of the pack; who works them is
//! an [`Organisation`], which is data too. A [`Case`] is the fold of its [`Event`]s under its workflow.
//! Whoever wants something done asks [`Case::judge`], and is given the event that does it or the reason
//! why not; what a case waits for in time is told by [`Case::clocks`] and [`Case::timers`].
//!
//! The crate has no clock and keeps nothing: moments and calendars come in as parameters.
//!
//! # Invariants
//! * A workflow that [`faults`](check::faults) finds nothing in can always be brought to an end, never
//!   leaves a case without a limit that runs, and lets nobody do two duties that it keeps apart.
//! * [`Case::judge`] is the only way to an event that a person makes, and [`Case::due`] the only way to
//!   one that time makes. Any event that either gives can be applied.

mod act;
mod case;
pub mod check;
mod clock;
mod event;
mod judge;
mod lamp;
mod organisation;
mod record;
mod recusal;
mod refusal;
pub mod risk;
mod staff;
mod timer;
mod wire;
mod workflow;

pub use act::{Act, Grounds, Tie};
pub use case::{Case, Owed, Place, Standing, Unfit};
pub use clock::{Clock, Running};
pub use event::{By, Event, Happened};
pub use lamp::Lamp;
pub use organisation::{Held, Organisation, Person, Role, Substitute};
pub use record::Record;
pub use refusal::Refusal;
pub use staff::{Places, unmanned};
pub use timer::Timer;
pub use workflow::{
    At, ClockRule, Counts, Ending, Next, Outcome, Period, Stage, StageId, To, Who, Work, Workflow,
};
