//! The vault, in this browser.

pub use ::vault::{
    Account, AccountId, Ask, Authenticator, Case, CaseCommand, CryptoError, DeliveryRecord, Draft,
    DraftSummary, Dropped, Finish, Habits, LockError, Meant, OpensBy, Pin, PinFault, Progress,
    Sent, VaultError, VisitTask, WhyDropped,
};
pub use browser::NAME;

use browser::Browser;

/// This browser, as far as it needs nobody's PIN.
pub type Device = ::vault::Device<Browser>;

/// What this browser keeps for an account that is open.
pub type Vault = ::vault::Vault<Browser>;

/// What is there when the app starts.
pub enum Opened {
    /// The only account, which has no PIN.
    Vault(Vault),
    /// Somebody has to choose an account, or give a PIN, or read why the device has dropped its keys.
    Closed(Device),
}

impl Opened {
    /// The device.
    pub fn device(&self) -> &Device {
        match self {
            Self::Vault(vault) => vault.device(),
            Self::Closed(device) => device,
        }
    }
}

/// Takes up the device whose database is called `name` ([`NAME`], but for tests), and opens the account
/// that it has, if it needs nobody for that.
///
/// # Errors
/// See [`VaultError`].
pub async fn take_up(name: &str) -> Result<Opened, VaultError> {
    let device = Browser::device(name).await?;
    Ok(match device.open_the_only().await? {
        Some(vault) => Opened::Vault(vault),
        None => Opened::Closed(device),
    })
}

/// Opens the account that a device whose database is called `name` begins with; makes it where
/// there is none. For tests: nobody is asked.
///
/// # Errors
/// [`VaultError::Gone`] where anything has to be asked first, and others.
pub async fn open(name: &str) -> Result<Vault, VaultError> {
    let device = Browser::device(name).await?;
    device.open_the_only().await?.ok_or(VaultError::Gone)
}
