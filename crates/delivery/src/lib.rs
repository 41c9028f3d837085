//! Delivery: takes the courier's steps (`docs/courier.md`) over a [`Network`] and writes down in the
//! vault what came of them; takes mailbags in; gets the township's pack.
//!
//! The page, the service worker and the simulation run the same code. Whoever runs it sees to it
//! that only one does at a time, and says when.

#![allow(async_fn_in_trait, reason = "a page has one thread")]

mod connection;
mod exchange;
mod mailbag;
mod network;
mod pack;
mod recovery;
mod roster;
mod rounds;

pub use connection::Connection;
pub use mailbag::{NotTakenIn, Packing, TakenIn};
pub use network::{Ask, Network, Reply, Unreachable};
pub use pack::{Fetched, NotHad, PackSource};
pub use rounds::{Rounds, Told, Watch};
