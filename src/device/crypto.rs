//! Suite 1 of `docs/wire.md`, done by the browser (WebCrypto), with private keys that do not leave
//! it; and the cipher of the vault.

mod envelope;
mod file;
mod keep;
mod record;
mod signing;
mod subtle;

pub use envelope::seal;
pub use file::{SealedFile, open_file, seal_file};
pub use keep::KeptKey;
pub use record::{DeviceSecret, RecordKey};
pub use signing::{SigningKey, verify};
pub use subtle::{CryptoError, digest};
