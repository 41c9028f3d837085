//! What crosses the wire between phones and a township. The protocol itself is told in
//! `docs/wire.md`; this crate is its types and the bytes that are sealed and signed.
//!
//! The crate has no clock, no randomness and no network. With the feature `keys` it has every suite
//! in software (for the server, the command line and tests); without, only the bytes, and the phone
//! lets the browser do the cryptography, which has suite 1.

pub mod command;
pub mod device;
pub mod document;
pub mod encoding;
pub mod envelope;
pub mod fact;
pub mod file;
pub mod id;
pub mod key;
#[cfg(feature = "keys")]
pub mod keys;
pub mod pack;
pub mod receipt;
pub mod recovery;
pub mod roster;
pub mod schedule;
pub mod signed;
pub mod suite;
pub mod sync;
pub mod time;

pub use command::{
    Appeal, Command, Confirmation, Finding, Informed, Rating, Satisfaction, Submission, Supplement,
    Visit, Withdrawal,
};
pub use device::{DeviceCertificate, Holder, Revocation, Standing};
pub use document::Issued;
pub use encoding::{Unreadable, decode, encode};
pub use envelope::{Contents, Envelope, Order, Outside, Packing};
pub use fact::Fact;
pub use file::{FileKey, ManifestEntry};
pub use id::{ApplicationId, CaseNumber, Digest, EnvelopeId, FileId, ItemId, Township};
pub use key::{CompactKey, DeviceId, KeyId, PublicKey, Signature};
pub use receipt::{Completion, Receipt};
pub use recovery::{Entrusted, RecoveryAnswer, RecoveryRequest};
pub use roster::{RosterAnswer, RosterRequest};
pub use signed::{Signed, Statement};
pub use suite::{Suite, UnknownSuite};
pub use sync::{Refusal, SyncAnswer, SyncRequest, Verdict};
pub use time::{DeviceTime, ServerTime};
