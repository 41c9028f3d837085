//! Asking the township for its help with a PIN that was forgotten (`docs/wire.md`). Somebody waits for
//! the answer: it is no step of the courier's.

use protocol::{RecoveryAnswer, decode, encode};
use vault::{AccountId, Phone, VaultError};

use crate::exchange::CBOR;
use crate::network::{Ask, Network, Reply};
use crate::rounds::Rounds;

/// As long as somebody looks at a screen on which nothing happens.
const PATIENCE_MS: u64 = 20_000;

impl<P: Phone, N: Network> Rounds<P, N> {
    /// Asks the township for its help with `account`; none where it did not answer.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where it cannot help, and others.
    pub async fn ask_recovery(
        &self,
        account: AccountId,
    ) -> Result<Option<RecoveryAnswer>, VaultError> {
        let request = encode(&self.device().recovery_request(account).await?);
        let ask = Ask {
            method: "POST",
            path: "/api/recovery",
            headers: &[("content-type", CBOR)],
            body: Some(&request),
            patience_ms: PATIENCE_MS,
        };
        Ok(match self.0.network.ask(&ask).await {
            Ok(Reply { status: 200, body, .. }) => decode(&body).ok(),
            _ => None,
        })
    }
}
