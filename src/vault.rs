//! The vault, in this browser.

pub use ::vault::{
    Case, CryptoError, DeliveryRecord, Draft, DraftSummary, Finish, OpenFile, Progress, Sent,
    VaultError,
};
pub use browser::NAME;

use browser::Browser;

/// What this browser keeps.
pub type Vault = ::vault::Vault<Browser>;

/// Opens the vault called `name` ([`NAME`], but for tests); makes it where there is none.
///
/// # Errors
/// See [`VaultError`].
pub async fn open(name: &str) -> Result<Vault, VaultError> {
    Browser::vault(name).await
}
