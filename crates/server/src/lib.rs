//! The township server: it takes envelopes in exactly once, receives their files, keeps cases,
//! tells phones what became of them, and gives the offices a console to work them.
//!
//! Words: `docs/ARCHITECTURE.md`. What crosses the wire: `docs/wire.md`.
//!
//! * `intake`: from an envelope to a case and a receipt.
//! * `files`: receiving photos and recordings, byte for byte.
//! * `mailbags`: the same for what comes without a network.
//! * `devices`, `keys`: whom the township believes, and how it is believed.
//! * `cases`: what happened to an application since then.
//! * `api`: what phones ask for. `console`: what officers see. `query`: what anybody may ask.
//! * `residents`: what is known of the township's people.
//! * `supervision`: what somebody looks into who watches over how cases are worked.
//! * `api`: what phones ask for. `console`: what officers see.
//! * `documents`: what people are told in writing; `proof`: whether it is true, for anybody.
//! * `outgoing`: what leaves the township: SMS, webhooks, what is handed over to the county.
//! * `storage`: the only place that names SQL.

mod api;
mod audit;
mod cases;
mod checkers;
mod clock;
mod console;
mod delivery;
mod devices;
mod disk;
mod documents;
mod files;
mod intake;
mod keys;
mod mailbags;
mod outgoing;
mod packs;
mod phone_app;
mod proof;
mod query;
mod residents;
mod server;
mod storage;
mod supervision;
mod web;

pub use audit::{Chain, Exported, NotAnExport};
pub use cases::{NotDone, OfficerAct};
pub use clock::{Clock, SystemClock};
pub use console::accounts::{Demonstration, NotSet};
pub use console::provider::{LinkedAccount, NotLinked, NotSettings, ProviderSettings};
pub use devices::{Given, KnownDevice, NotAllowed, NotCertified, NotRevoked};
pub use disk::{Act, Disk, DiskFull, SystemDisk};
pub use keys::{KeyError, KeyIds, NotRotated, Rotation, add_suite};
pub use mailbags::{Brought, NotTakenIn};
pub use outgoing::{Answer, Letter, NoRoots, NotGateways, Sender};
pub use packs::PackError;
pub use residents::NotBrought;
pub use server::{FONTS, KEEP_UNFINISHED, Server, Settings, StartError};
pub use storage::{Eventually, StorageError};
