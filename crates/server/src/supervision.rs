//! Watching over how cases are worked: a bad rating, or a risk rule that is met, becomes a task of whoever
//! supervises, with a limit of its own.
//!
//! # Invariants
//! * A task is raised by the transaction that keeps what it is raised by, each cause once for a case.
//! * Who worked a case, or keeps out of it, sees none of its tasks, and does nothing to them.
//! * What somebody does to a task names how many events of it they had seen.

mod act;
mod rating;
mod task;
mod watch;

pub(crate) use act::{Looked, NotDone, act, look};
pub(crate) use rating::{NotRated, TakenDown, may_take_down, take_down};
pub(crate) use task::{Act, Cause, Conclusion, Event, Reached};
pub(crate) use watch::{Arrived, arrived, happened, rated, renew_limits};
