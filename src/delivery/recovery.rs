//! The township's help with a PIN that was forgotten, for the gate.

use protocol::RecoveryAnswer;

use super::Delivery;
use crate::vault::{AccountId, VaultError};

impl Delivery {
    /// Asks the township for its help with `account`; none where it did not answer.
    pub(crate) async fn ask_recovery(
        &self,
        account: AccountId,
    ) -> Result<Option<RecoveryAnswer>, VaultError> {
        let answer = self.0.rounds.ask_recovery(account).await;
        self.learn_connection(answer.as_ref().ok().map(Option::is_some));
        answer
    }
}
