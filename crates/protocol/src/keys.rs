//! Suite 1 in software: for the server, the command line, simulators and tests.
//!
//! Randomness is handed in, so that simulators repeat themselves; everybody else hands in
//! [`system_random`].

mod device;
mod file;
mod open;
mod seal;
mod signature;
mod township;

pub use device::DeviceKey;
pub use file::{DamagedFile, open_file, open_piece, seal_file};
pub use hpke::rand_core::CryptoRng;
pub use open::{NotOpened, Opened};
pub use seal::NotAKey;
pub use signature::{NotVerified, verify};
pub use township::{NotKeys, TownshipKeys};

/// The operating system's source of randomness; a system without one ends the program.
pub fn system_random() -> impl CryptoRng {
    hpke::rand_core::UnwrapErr(getrandom::SysRng)
}
