//! Sealing, with the algorithms that the phone has: envelopes and files as `docs/wire.md` says,
//! records as the vault keeps them.

mod envelope;
mod file;
mod record;

pub(crate) use envelope::entrust;
pub use envelope::seal;
pub use file::{FileOpening, FileSealing, SealedFile};
pub(crate) use record::{RecordKey, open as open_record, seal as seal_record};
