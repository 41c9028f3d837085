//! End to end: real browsers, the real server, a real network that fails.
//!
//! A [`Scene`](scene::Scene) has a township, a network before it, and people: a
//! [`Person`](person::Person) at a phone and an [`Officer`](officer::Officer) at the console, each
//! with a browser of their own. An [`Applicant`](applicant::Applicant) fills in a whole form from
//! a sheet of [answers](answers::AnswerSheet). What they hold on to in the pages is told in `tests/README.md`.

pub mod answers;
pub mod applicant;
pub mod browser;
pub mod edition;
pub mod eyes;
pub mod material;
pub mod network;
pub mod officer;
pub mod pack;
pub mod person;
pub mod picture;
pub mod process;
pub mod scene;
pub mod township;

/// How long a person waits for what must come.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
