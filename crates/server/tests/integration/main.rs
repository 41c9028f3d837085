//! The township server over real HTTP, with a real database and folder.
#![allow(clippy::unwrap_used)] // A test that trips tells where.

mod console;
mod delivery;
mod forms;
mod intake;
mod material;
mod officer;
mod packs;
mod phone;
mod phone_app;
mod township;
