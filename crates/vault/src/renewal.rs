//! A draft that goes on with a newer version of its form. What it was before is kept beside it
//! until the person has seen what became of it: each step is one transaction, so that a phone that
//! dies has the one draft whole or the other.

use protocol::ApplicationId;

use crate::drafts::Draft;
use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::vault::Vault;

impl<P: Phone> Vault<P> {
    /// Puts `renewed` in the place of `before`, which is kept beside it.
    ///
    /// # Errors
    /// [`VaultError::Finished`], [`VaultError::Full`] and others; then all is as it was.
    pub async fn renew_draft(&self, before: &Draft, renewed: &Draft) -> Result<(), VaultError> {
        let beside = self.sealed(Place::Drafts, beside(before.application), before).await?;
        self.write_draft(renewed, beside).await
    }

    /// What a draft was before it went on with a newer form; none where it did not, or the person
    /// has seen what became of it.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] and others.
    pub async fn draft_before(
        &self,
        application: ApplicationId,
    ) -> Result<Option<Draft>, VaultError> {
        match self.record(Place::Drafts, beside(application)).await {
            Err(VaultError::Gone) => Ok(None),
            draft => draft.map(Some),
        }
    }

    /// Goes back to what the draft was before. It is not asked again whether it should go on with
    /// the form that it was just taken back from.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where nothing is kept, [`VaultError::Finished`] and others; then all is
    /// as it was.
    pub async fn take_draft_back(&self, application: ApplicationId) -> Result<(), VaultError> {
        let renewed = self.draft(application).await?;
        let before = self.draft_before(application).await?.ok_or(VaultError::Gone)?;
        let before = Draft { declined: Some(renewed.form), ..before };
        self.write_draft(&before, self.forget_before(application)).await
    }

    /// The person has seen what became of the draft: what it was before is not kept any longer.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn accept_renewal(&self, application: ApplicationId) -> Result<(), VaultError> {
        self.store().write(&[self.forget_before(application)]).await
    }

    /// The change after which nothing is kept of what a draft was before.
    pub(crate) fn forget_before(&self, application: ApplicationId) -> Write {
        self.deleted(Place::Drafts, beside(application))
    }
}

fn beside(application: ApplicationId) -> String {
    format!("{application}/before")
}
