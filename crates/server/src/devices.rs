//! Devices: whom the township gave them to, and which are nobody's any more.
//!
//! A villager's phone is never certified: nothing is asked before somebody may apply. It is revoked
//! like any other where its owner says that it is lost.
//!
//! # Invariants
//! * A device that is revoked is told so at every contact, under the township's signature, and hears
//!   nothing else.
//! * What it authored and had not arrived is not taken, whoever carries it. What had arrived before
//!   has its receipt for ever.
//! * What others authored is taken from it too: a carrier needs no rights.

mod certify;
mod known;
mod recover;
mod revoke;
mod standing;

pub use certify::NotCertified;
pub use known::{Given, KnownDevice};
pub use recover::NotAllowed;
pub(crate) use recover::answer as recover;
pub use revoke::NotRevoked;
pub(crate) use standing::{heard_of, holder, holders, officer, standing};
