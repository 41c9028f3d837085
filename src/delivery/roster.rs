//! What is known of the people whom this phone's holder serves, for as long as an account is open.

use super::Delivery;
use super::status::Connection;
use crate::device::clock;
use crate::vault::{Vault, VaultError};

/// How long what was had is not asked for again.
const HOURLY_MS: u64 = 3_600_000;
/// How long to wait after it could not be had.
const AGAIN_MS: u64 = 60_000;

impl Delivery {
    /// An account is open: its roster follows the township's from now on.
    pub(crate) fn serve(&self, vault: Vault) {
        self.0.open.replace(Some(vault));
        self.0.wake.wake();
    }

    /// Has the roster of the account that is open be the township's, where that can be reached and gave
    /// this device to somebody.
    pub(super) async fn renew_roster(&self) -> Result<(), VaultError> {
        let Some(vault) = self.0.open.borrow().clone() else { return Ok(()) };
        let now = clock::running_ms();
        let is_time = self.0.is_certified.get() && now >= self.0.roster_after_ms.get();
        if !is_time || self.connection() != Connection::Reached {
            return Ok(());
        }
        let is_had = self.0.rounds.renew_roster(&vault).await?;
        self.0.roster_after_ms.set(now + if is_had { HOURLY_MS } else { AGAIN_MS });
        Ok(())
    }
}
