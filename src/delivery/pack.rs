//! The pack, its forms and guides, for the screens.

use ::delivery::{NotHad, PackSource, Unreachable};
use form::Form;
use leptos::prelude::{GetUntracked, Set};
use protocol::pack::{Certificates, Guide};
use protocol::{Digest, decode};

use super::Delivery;
use super::status::Connection;
use crate::later;
use crate::vault::VaultError;
use crate::words::{self, InWords};

/// How long to rest when even the pack, or the rest of the app, could not be had.
pub(super) const NO_PACK_MS: u64 = 4_000;

impl InWords for NotHad {
    fn in_words(&self) -> String {
        match self {
            Self::Unreachable => words::error().form_missing().to_owned(),
            Self::Unreadable => words::error().form_too_new().to_owned(),
            Self::Vault(error) => error.in_words(),
        }
    }
}

impl Delivery {
    /// Loads the rest of the app, which delivers. The very first time the pack comes before it:
    /// there is nothing to deliver, and nothing may hold up the first question.
    pub(super) async fn begin(self) {
        let later = loop {
            // What fails here is told by the loop that delivers.
            let has_pack = matches!(self.get_first_pack().await, Ok(true));
            // Asked only without a pack: a read more would hold up the first question.
            let may_deliver = has_pack || !matches!(self.device().has_cases().await, Ok(false));
            if may_deliver && let Ok(later) = later::load().await {
                break later;
            }
            self.0.wake.rest(Some(NO_PACK_MS)).await;
        };
        (later.deliver)(self).await;
    }

    /// A form, with all that is needed to fill it in: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub async fn form(&self, digest: Digest) -> Result<Form, NotHad> {
        let form = self.0.rounds.form(digest).await?;
        if form.needs_library {
            later::load().await.map_err(|_| NotHad::Unreachable)?;
        }
        Ok(form)
    }

    /// A guide: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub(crate) async fn guide(&self, digest: Digest) -> Result<Guide, NotHad> {
        let bytes = self.0.rounds.content(PackSource::Guides, digest).await?;
        decode(&bytes).map_err(|_| NotHad::Unreadable)
    }

    /// What is not certified any more.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub(crate) async fn certificates(&self, digest: Digest) -> Result<Certificates, NotHad> {
        let bytes = self.0.rounds.content(PackSource::Guides, digest).await?;
        decode(&bytes).map_err(|_| NotHad::Unreadable)
    }

    /// Makes sure that there is a pack; false where there is none, and nobody answers.
    pub(super) async fn get_first_pack(&self) -> Result<bool, VaultError> {
        let rounds = &self.0.rounds;
        if self.0.pack.get_untracked().is_some() {
            return Ok(true);
        }
        if let Some(pack) = rounds.take_up_pack().await? {
            self.0.pack.set(Some(pack));
            return Ok(true);
        }
        match rounds.get_pack().await {
            Ok(fetched) => {
                self.tell(|status| status.connection = Connection::Reached);
                self.0.pack.set(Some(fetched.pack.clone()));
                if rounds.keep_with_forms(&fetched).await? {
                    // Once more: whoever follows it looks whether it is kept.
                    self.0.pack.set(Some(fetched.pack));
                }
                Ok(true)
            }
            Err(Unreachable) => {
                self.tell(|status| status.connection = Connection::Unreachable);
                Ok(false)
            }
        }
    }

    /// Gets the pack in force where it is not the one that the phone has, if the township answers.
    pub(super) async fn get_wanted_pack(&self) -> Result<(), VaultError> {
        if self.connection() == Connection::Reached && self.0.rounds.get_wanted_pack().await? {
            self.0.has_media.set(false);
            self.0.pack.set(self.0.rounds.pack());
        }
        Ok(())
    }
}
