//! Receiving files, piece by piece.
//!
//! The database knows up to where the bytes of a file are durable; that is the file's offset,
//! whatever the folder holds beyond it. Bytes are written where they belong, flushed, and only
//! then is the offset moved: however often a piece comes and whenever the process is killed, the
//! file goes on from bytes that are truly there. The last piece makes the file whole only if its
//! digest is the manifest's; else it begins again.
//!
//! # Invariants
//! * Whoever writes a file, or throws its bytes away, holds it, and looks where it is once more while
//!   holding it: two writers never mix, and a whole file is never touched again.
//! * A file is held for one step, never while a phone is waited for: neither a stalled connection
//!   nor another file keeps anybody waiting.

mod discard;
mod folder;
mod receive;

pub(crate) use discard::{NotDiscarded, expires_at, sweep, terminate};
pub(crate) use folder::Folder;
pub(crate) use receive::{NotReceived, find, receive};
