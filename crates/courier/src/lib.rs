//! Delivery as a pure state machine. `docs/courier.md` tells its states and what each answer
//! means.
//!
//! The courier decides and somebody else does: a page, a service worker, a simulator. It is asked
//! for the [`Step`] to take [`next`](Courier::next), is [`told`](Courier::told) the [`Outcome`],
//! and answers with [`Note`]s: what is to be written down before the next step is asked for. What
//! was not written down did not happen; a courier built again from what was written goes on where
//! the township is, never where a phone believed it to be.
//!
//! # Invariants
//! * Only a verified receipt over the very bytes ends the delivery of an envelope; only a verified
//!   completion over the very manifest ends the delivery of its files.
//! * Only a verified revocation of this very device is ever noted as one, and makes what it authored
//!   rest until somebody asks.
//! * Nothing that fails keeps anything else from being tried: neither a refused envelope, nor a
//!   broken file, nor one that makes the township stumble.
//! * A step may be taken any number of times, and its outcome may be lost any number of times.

mod answer;
mod courier;
mod delivery;
mod next;
mod pace;
mod pack;
mod retry;
mod step;
mod together;
mod told;

pub use answer::{Answer, Proofs};
pub use courier::{Courier, Progress};
pub use delivery::{Delivery, FileDelivery, FileStage, Refused, Stage};
pub use pack::{NotTaken, first_pack, newer_pack};
pub use retry::Moment;
pub use step::{Failure, Note, Outcome, Step};
pub use together::together;
