//! What the township asks the holder of this device to go and look at.

use std::cmp::Reverse;

use protocol::ApplicationId;
use protocol::fact::CaseState;

use crate::account::AccountId;
use crate::commands::{CaseCommand, Meant};
use crate::error::VaultError;
use crate::phone::Phone;
use crate::place::Place;
use crate::vault::Vault;

impl<P: Phone> Vault<P> {
    /// Whether news of a case that nobody applied for here are of what the township asks the holder of
    /// this device to look at: they whose account was there first.
    pub(crate) async fn was_asked_to_look(
        &self,
        key: &str,
        state: Option<&CaseState>,
    ) -> Result<bool, VaultError> {
        if self.account() != AccountId::FIRST {
            return Ok(false);
        }
        let is_asked = state.is_some_and(|state| state.visit.is_some());
        Ok(is_asked || !self.keys(Place::States, key).await?.is_empty())
    }

    /// What the township asks the holder of this device to look at, and what they answered that it has
    /// not taken, the latest first.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn visits(&self) -> Result<Vec<VisitTask>, VaultError> {
        self.take_in_news().await?;
        let mut visits = Vec::new();
        for state in self.records::<CaseState>(Place::States, "").await?.records {
            visits.extend(self.visit_of(state).await);
        }
        visits.sort_by_key(|visit| Reverse(visit.state.since));
        Ok(visits)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where nothing is asked, and others.
    pub async fn visit(&self, application: ApplicationId) -> Result<VisitTask, VaultError> {
        self.take_in_news().await?;
        let state = self.record(Place::States, application).await?;
        self.visit_of(state).await.ok_or(VaultError::Gone)
    }

    async fn visit_of(&self, state: CaseState) -> Option<VisitTask> {
        let command = self.command(state.application).await.ok().flatten();
        let command = command.filter(|command| matches!(command.record.meant, Meant::Visit { .. }));
        let is_answered = command.as_ref().is_some_and(CaseCommand::is_taken);
        let is_open = state.visit.is_some() || command.is_some() && !is_answered;
        is_open.then_some(VisitTask { state, command })
    }
}

/// Something that the township asks the holder of this device to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitTask {
    /// What the case has come to.
    pub state: CaseState,
    /// What was answered last.
    pub command: Option<CaseCommand>,
}
