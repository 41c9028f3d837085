//! The phone app: a person finds an item, fills in its form without any network, and sees where
//! it is until the township has it and has answered.
//!
//! * `delivery`: runs the courier, and tells the screens how things are.
//! * `device`: the browser. Nothing outside it names `web_sys`.
//! * `filling`: a form cut into pages, over [`form::Session`].
//! * `gate`, `locking`: before an account is open, and when it closes again.
//! * `later`: the way into the second WebAssembly file, which the first question does not need.
//! * `vault`: what the phone keeps.
//! * `words`: everything the app says to people.

#![allow(unreachable_pub, reason = "#[component] makes its function and its properties `pub`")]

mod aloud;
mod app;
pub mod delivery;
pub mod device;
mod effect;
mod filling;
mod gate;
mod later;
mod locking;
mod navigation;
mod parts;
mod phone;
mod preferences;
mod questions;
mod route;
mod screens;
mod surroundings;
pub mod vault;
mod when;
mod words;

pub use app::start;
