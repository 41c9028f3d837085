//! Forms that are being filled in.

use std::cmp::Reverse;

use form::Answers;
use minicbor::{Decode, Encode};
use protocol::{ApplicationId, DeviceTime, Digest, Informed, ItemId};

use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::records::Listing;
use crate::vault::Vault;

/// A form that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Draft {
    /// The application that it will be.
    #[n(0)]
    pub application: ApplicationId,
    /// For which service.
    #[n(1)]
    pub item: ItemId,
    /// The form that it was begun with, or went on with, and is finished with.
    #[n(2)]
    pub form: Digest,
    /// What stands in it.
    #[n(3)]
    pub answers: Answers,
    /// How lists call it.
    #[n(4)]
    pub title: String,
    /// How far it is.
    #[n(5)]
    pub progress: Progress,
    /// Where the person stopped, in the words of the app's screens.
    #[n(6)]
    pub place: String,
    /// When it was begun.
    #[n(7)]
    pub begun_at: DeviceTime,
    /// When it was last changed.
    #[n(8)]
    pub updated_at: DeviceTime,
    /// The newer form that the person did not want to go on with, if they were asked.
    #[n(9)]
    pub declined: Option<Digest>,
    /// What the person was told before the first answer.
    #[n(10)]
    pub informed: Option<Informed>,
    /// How many events the case had when the person began to correct what was sent. None where
    /// nothing was sent yet.
    #[n(11)]
    pub corrects: Option<u64>,
}

/// How far a draft is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Progress {
    /// Steps that are done.
    #[n(0)]
    pub done: u32,
    /// Of how many.
    #[n(1)]
    pub of: u32,
}

/// What a list of drafts shows of one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DraftSummary {
    /// [`Draft::application`]
    #[n(0)]
    pub application: ApplicationId,
    /// [`Draft::item`]
    #[n(1)]
    pub item: ItemId,
    /// [`Draft::title`]
    #[n(2)]
    pub title: String,
    /// [`Draft::progress`]
    #[n(3)]
    pub progress: Progress,
    /// [`Draft::updated_at`]
    #[n(4)]
    pub updated_at: DeviceTime,
}

impl Draft {
    fn summary(&self) -> DraftSummary {
        DraftSummary {
            application: self.application,
            item: self.item.clone(),
            title: self.title.clone(),
            progress: self.progress,
            updated_at: self.updated_at,
        }
    }
}

impl<P: Phone> Vault<P> {
    /// All drafts, the one changed last first.
    ///
    /// # Errors
    /// See [`VaultError`]; a draft that cannot be read is no error but listed.
    pub async fn drafts(&self) -> Result<Listing<DraftSummary>, VaultError> {
        let listing: Listing<DraftSummary> = self.records(Place::DraftIndex, "").await?;
        let mut records = listing.records;
        let mut damaged = Vec::new();
        for key in listing.damaged {
            // What the list shows is in the draft too.
            match self.record::<Draft>(Place::Drafts, &key).await {
                Ok(draft) => records.push(draft.summary()),
                Err(_) => damaged.push(key),
            }
        }
        records.sort_unstable_by_key(|draft| Reverse((draft.updated_at, draft.application)));
        Ok(Listing { records, damaged })
    }

    /// Whether anything was begun and not finished.
    pub async fn has_drafts(&self) -> Result<bool, VaultError> {
        Ok(!self.keys(Place::DraftIndex, "").await?.is_empty())
    }

    /// A draft.
    ///
    /// # Errors
    /// [`VaultError::Gone`], [`VaultError::Damaged`] and others.
    pub async fn draft(&self, application: ApplicationId) -> Result<Draft, VaultError> {
        self.record(Place::Drafts, application).await
    }

    /// Keeps `draft` as it is now. Refused for one that was finished meanwhile, in another tab.
    ///
    /// # Errors
    /// [`VaultError::Finished`], [`VaultError::Full`] and others.
    pub async fn keep_draft(&self, draft: &Draft) -> Result<(), VaultError> {
        self.write_draft(draft, None).await
    }

    /// Keeps `draft`, and does something `besides` in the same transaction.
    pub(crate) async fn write_draft(
        &self,
        draft: &Draft,
        besides: impl Into<Option<Write>>,
    ) -> Result<(), VaultError> {
        let key = draft.application;
        let mut writes = self.kept_draft(draft).await?;
        writes.extend(besides.into());
        let places = [Place::Drafts, Place::DraftIndex, Place::SentIndex];
        let here = [self.at(Place::SentIndex, key), self.at(Place::DraftIndex, key)];
        self.store()
            .change(&places, &here, &|read| {
                // A correction is of something that was sent, and gone when it is finished.
                let is_finished = match draft.corrects {
                    Some(_) => read[1].is_none(),
                    None => read[0].is_some(),
                };
                if is_finished { Err(VaultError::Finished) } else { Ok(writes.clone()) }
            })
            .await
    }

    /// The changes that keep a draft.
    pub(crate) async fn kept_draft(&self, draft: &Draft) -> Result<Vec<Write>, VaultError> {
        let key = draft.application;
        Ok(vec![
            self.sealed(Place::Drafts, key, draft).await?,
            self.sealed(Place::DraftIndex, key, &draft.summary()).await?,
        ])
    }

    /// Removes a draft and its files, for good.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn remove_draft(&self, application: ApplicationId) -> Result<(), VaultError> {
        let mut writes = self.forget_captures(application, |_| true).await?;
        writes.push(self.deleted(Place::Drafts, application));
        writes.push(self.deleted(Place::DraftIndex, application));
        writes.push(self.forget_before(application));
        self.store().write(&writes).await
    }
}
