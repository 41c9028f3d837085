//! Phones, their vaults and couriers, a network that fails and the real township server, in one
//! process, over simulated clocks and disks. Whatever goes wrong follows from a seed: a schedule
//! that fails fails again.
//!
//! People correct, withdraw and rate what they sent, while officers work the same cases; keys are
//! renewed, and phones revoked.
//!
//! Real: vault, delivery, courier, mailbags, protocol, the server with its database and folder.
//! Simulated: the phones' disk, cryptography (the same algorithms in software), clocks, the network,
//! and when processes die.
//!
//! Phones are futures that are polled one step at a time, so that a phone can die at any await; the
//! township answers one request at a time, and dies before or after anything that it makes durable.

#![allow(clippy::unwrap_used, reason = "what helps tests is part of them")]
#![allow(missing_docs, reason = "only the tests beside it use it")]
#![allow(async_fn_in_trait, reason = "one thread")]

#[cfg(test)]
mod accounts;
mod asking;
mod chance;
mod crypto;
mod diary;
mod disk;
#[cfg(test)]
mod drafts;
mod ending;
#[cfg(test)]
mod files;
#[cfg(test)]
mod forgotten;
pub mod history;
mod life;
mod officer;
mod operator;
#[cfg(test)]
mod outbox;
mod person;
mod phone;
mod plans;
#[cfg(test)]
mod scene;
mod time;
mod township;
mod weather;
mod wire;
mod world;

pub use ending::Outcome;
pub use world::World;
