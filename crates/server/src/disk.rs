//! The disk under the database and the files, and what may befall it. The simulation's is full at
//! times, and has the process die between any two things that it does.

use crate::storage::Eventually;

/// Something that is to be durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A transaction of the database.
    Commit,
    /// Bytes of a file.
    File,
}

/// No room is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no room is left on the disk")]
pub struct DiskFull;

/// A disk.
pub trait Disk: Send + Sync {
    /// Before it is done. Where the process dies first, nobody ever hears of it again.
    fn before(&self, act: Act) -> Eventually<'_, Result<(), DiskFull>>;

    /// When it is durable, and before anybody hears of that.
    fn after(&self, act: Act) -> Eventually<'_, ()>;
}

/// The machine's own, whose faults come from the system.
#[derive(Clone, Copy, Debug)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn before(&self, _: Act) -> Eventually<'_, Result<(), DiskFull>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn after(&self, _: Act) -> Eventually<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}
