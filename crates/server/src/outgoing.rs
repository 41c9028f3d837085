//! What leaves the township: messages by SMS, webhooks, and what is handed over to the county.
//!
//! An event of a case puts what is to leave into one outbox (`cause`), in the transaction that keeps
//! the event; a loop of any server (`send`) takes what is due, sends it, and keeps what came of that.
//!
//! # Invariants
//! * For one event, one kind and one destination there is one entry, for ever: nothing is made twice.
//! * Everything is sent **at least once**: a server that dies between an answer and its keeping sends
//!   again. Each try of an entry carries the same `idempotency-key`, by which receivers drop repeats.
//! * The outbox holds no answers of an application, no name and no phone number: what of them is sent is
//!   opened from its envelope when it is sent.
//! * Nothing is sent to an address that the gateways' file does not name, and no answer sends anything
//!   elsewhere: redirects are not followed.

mod backoff;
mod cause;
mod county;
mod gateways;
mod http;
mod key;
mod package;
mod remind;
mod send;
mod sign;

pub(crate) use cause::follow;
pub(crate) use county::{Answered, Asked, answer, file};
pub use gateways::NotGateways;
pub(crate) use gateways::{Department, Gateways};
pub use http::{Answer, Letter, NoRoots, Sender};
pub(crate) use http::{Https, client};
pub(crate) use key::{Kind, State};
pub(crate) use send::send_due;
pub(crate) use sign::is_signed;

/// The header that names what is sent, the same at each try.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The header that signs a body; see [`sign`].
pub(crate) const SIGNATURE: &str = "x-xst-signature";
