//! What the phone keeps: drafts, files, what is to be delivered, what became of it, the pack and
//! its forms. Over whatever disk, cryptography and clock a [`Phone`] has, so that the same code runs
//! in the page, in the service worker and in the simulation.
//!
//! * A [`Device`] is what needs no PIN: keys, the outbox, the pack. A [`Vault`] is an account of it
//!   that is open, with a data key of its own.
//! * Drafts, captured files' keys and what was sent are sealed record by record (AES-256-GCM,
//!   bound to its place) with the data key; files have been sealed since they were captured, and
//!   envelopes since they were finished. How far a delivery is, and forms and the pack, are plain:
//!   they tell nothing about a person, and have to be readable without a PIN.
//! * Everything that belongs together is written in one short transaction, durable when it is told
//!   to be done. A phone that dies has either all of it or nothing.
//! * Files are kept and read in pieces: nothing larger than one is ever in memory.
//! * A record that cannot be read is listed as damaged, kept as it is, and in nobody's way.

#![allow(async_fn_in_trait, reason = "a page has one thread")]

mod account;
mod accounts;
mod authenticator;
mod carried;
mod cases;
mod commands;
mod correction;
mod deliveries;
mod device;
mod drafts;
mod erasing;
mod error;
mod files;
mod finish;
mod lock;
mod news;
mod outgoing;
mod pack;
mod phone;
mod pieces;
mod pin;
mod place;
mod records;
mod recovery;
mod renewal;
mod roster;
mod sealing;
mod source;
mod spare;
mod standing;
mod vault;
mod visits;

pub use account::AccountId;
pub use accounts::{Account, Habits, OpensBy, SEALED_WITH};
pub use authenticator::Authenticator;
pub use carried::Carried;
pub use cases::{Case, Sent, SentSummary};
pub use commands::{Ask, CaseCommand, CommandRecord, Meant};
pub use deliveries::{DeliveryFile, DeliveryRecord, Refused};
pub use device::Device;
pub use drafts::{Draft, DraftSummary, Progress};
pub use error::{CryptoError, VaultError};
pub use finish::Finish;
pub use lock::LockError;
pub use phone::{Crypto, DeviceKeys, Phone, Read, Signer, Store};
pub use pieces::KeptFile;
pub use pin::{Cost, Pin, PinFault};
pub use place::{Place, Write};
pub use records::Listing;
pub use sealing::{FileOpening, FileSealing, SealedFile, seal};
pub use source::Source;
pub use standing::{Dropped, WhyDropped};
pub use vault::Vault;
pub use visits::VisitTask;
