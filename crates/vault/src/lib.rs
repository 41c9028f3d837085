//! What the phone keeps: drafts, files, what is to be delivered, what became of it, the pack and
//! its forms. Over whatever disk, cryptography and clock a [`Phone`] has, so that the same code runs
//! in the page, in the service worker and in the simulation.
//!
//! * Drafts, captured files' keys and what was sent are sealed record by record (AES-256-GCM,
//!   bound to its place) with the data key; files have been sealed since they were captured, and
//!   envelopes since they were finished. How far a delivery is, and forms and the pack, are plain:
//!   they tell nothing about a person, and have to be readable without a PIN.
//! * Everything that belongs together is written in one short transaction, durable when it is told
//!   to be done. A phone that dies has either all of it or nothing.
//! * A record that cannot be read is listed as damaged, kept as it is, and in nobody's way.

#![allow(async_fn_in_trait, reason = "a page has one thread")]

mod carried;
mod cases;
mod deliveries;
mod drafts;
mod error;
mod files;
mod finish;
mod keys;
mod pack;
mod phone;
mod place;
mod records;
mod renewal;
mod sealing;
mod vault;

pub use cases::{Case, Sent, SentSummary};
pub use deliveries::{DeliveryFile, DeliveryRecord, Refused};
pub use drafts::{Draft, DraftSummary, Progress};
pub use error::{CryptoError, VaultError};
pub use files::OpenFile;
pub use finish::Finish;
pub use keys::DATA_KEY;
pub use phone::{Crypto, DeviceKeys, Phone, Read, Signer, Store};
pub use place::{Place, Write};
pub use records::Listing;
pub use sealing::{SealedFile, open_file, seal, seal_file};
pub use vault::Vault;
