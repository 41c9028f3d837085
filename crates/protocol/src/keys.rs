//! Every suite in software: for the server, the command line, simulators and tests.
//!
//! [`Algorithms`] is what a suite has to bring; [`Suite1`] and [`Suite2`] are those there are. Private
//! keys carry their suite in their type, so that a key of one cannot be handed to another; public
//! keys come from outside, carry it as a value, and are parsed into the type ([`Recipient`]) or
//! looked at by the algorithms of the suite that they name ([`verify`]).
//!
//! Randomness is handed in, so that simulators repeat themselves; everybody else hands in
//! [`system_random`].

mod algorithms;
mod device;
mod digest;
mod file;
mod keyring;
mod open;
mod pair;
mod ring;
mod rotation;
mod seal;
mod signature;
mod suite_1;
mod suite_2;
mod township;
#[cfg(test)]
mod vectors;

pub use algorithms::{Algorithms, Sealed};
pub use device::DeviceKey;
pub use digest::Hasher;
pub use file::{DamagedFile, open_file, open_piece, seal_file};
pub use hpke::rand_core::CryptoRng;
pub use keyring::Keyring;
pub use open::{NotOpened, Opened};
pub use ring::Ring;
pub use seal::{NotAKey, Recipient};
pub use signature::{NotVerified, verify};
pub use suite_1::Suite1;
pub use suite_2::Suite2;
pub use township::{NotKeys, TownshipKeys};

/// The operating system's source of randomness; a system without one ends the program.
pub fn system_random() -> impl CryptoRng {
    hpke::rand_core::UnwrapErr(getrandom::SysRng)
}
