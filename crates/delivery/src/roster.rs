//! Asking the township what is known of the people whom this device's holder serves (`docs/wire.md`). It
//! is no step of the courier's: it needs an open account to keep the answer.

use protocol::{RosterAnswer, decode, encode};
use vault::{Phone, Vault, VaultError};

use crate::exchange::CBOR;
use crate::network::{Ask, Network, Reply};
use crate::rounds::Rounds;

/// A village's people are half a megabyte at most, over a thin link.
const PATIENCE_MS: u64 = 120_000;

impl<P: Phone, N: Network> Rounds<P, N> {
    /// Has the account's roster be the one that the township has now. Tells whether it is: it is not
    /// where the township did not answer.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn renew_roster(&self, vault: &Vault<P>) -> Result<bool, VaultError> {
        let known = vault.roster_digest().await?;
        let Some(request) = self.device().roster_request(known).await? else { return Ok(true) };
        let request = encode(&request);
        let ask = Ask {
            method: "POST",
            path: "/api/roster",
            headers: &[("content-type", CBOR)],
            body: Some(&request),
            patience_ms: PATIENCE_MS,
        };
        let answer = match self.0.network.ask(&ask).await {
            Ok(Reply { status: 200, body, .. }) => decode(&body).ok(),
            _ => None,
        };
        match answer {
            Some(RosterAnswer::Given(bytes)) => vault.keep_roster(bytes).await.map(|()| true),
            Some(RosterAnswer::Same) => Ok(true),
            Some(RosterAnswer::None) => vault.forget_roster().await.map(|()| true),
            Some(RosterAnswer::Stale) | None => Ok(false),
        }
    }
}
