//! Receiving files, piece by piece.
//!
//! The database knows up to where the bytes of a file are durable; that is the file's offset,
//! whatever the folder holds beyond it. Bytes are written where they belong, flushed, and only
//! then is the offset moved, on condition that nobody else moved it: however often a piece comes
//! and whenever the process is killed, the file goes on from bytes that are truly there. The last
//! piece makes the file whole only if its digest is the manifest's; else it begins again.

mod folder;
mod receive;

pub(crate) use folder::Folder;
pub(crate) use receive::{NotReceived, find, receive};
