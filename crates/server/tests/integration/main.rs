//! The township server over real HTTP, with a real database and folder.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

mod administration;
mod applicants;
mod attacks;
mod commands;
mod console;
mod county;
mod crowd;
mod delivery;
mod devices;
mod documents;
mod forms;
mod intake;
mod keys;
mod mailbag;
mod material;
mod officer;
mod outgoing;
mod packs;
mod phone;
mod phone_app;
mod privacy;
mod provider;
mod provider_sign_in;
mod receiver;
mod recovery;
mod residents;
mod rights;
mod second_factor;
mod suites;
mod supervision;
mod timers;
mod township;
mod uploads;
mod workflows;
