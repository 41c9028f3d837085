//! The pack, its forms and guides.

use std::sync::Arc;

use form::Form;
use leptos::prelude::{GetUntracked, Set};
use protocol::pack::{Certificates, Guide, Item, PhonePack};
use protocol::{Digest, decode};

use super::Delivery;
use super::status::Connection;
use crate::device::network::{Ask, Reply, Unreachable, ask};
use crate::later;
use crate::vault::VaultError;
use crate::words;

/// A form is a few hundred kilobytes at most, and somebody may be waiting on a weak link.
const PATIENCE_MS: u64 = 60_000;

/// How long to rest when even the pack, or the rest of the app, could not be had.
pub(super) const NO_PACK_MS: u64 = 4_000;

/// Why there is no form to fill in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoForm {
    /// It was never loaded, and now there is no network.
    #[error("{}", words::error().form_missing())]
    Unreachable,
    /// It is of a newer version of the app.
    #[error("{}", words::error().form_too_new())]
    Unreadable,
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Delivery {
    /// Loads the rest of the app, which delivers. The very first time the pack comes before it:
    /// there is nothing to deliver, and nothing may hold up the first question.
    pub(super) async fn begin(self) {
        let later = loop {
            // What fails here is told by the loop that delivers.
            let has_pack = matches!(self.get_first_pack().await, Ok(true));
            // Asked only without a pack: a read more would hold up the first question.
            let may_deliver = has_pack || !matches!(self.0.vault.has_cases().await, Ok(false));
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
    /// See [`NoForm`].
    pub async fn form(&self, digest: Digest) -> Result<Form, NoForm> {
        let kept = match self.0.vault.form(digest).await {
            // Loaded again where it is damaged.
            Err(VaultError::Damaged) => None,
            kept => kept?,
        };
        let form = match kept {
            Some(form) => form,
            None => {
                let bytes = self.fetch(form_path(digest), digest).await?;
                Form::from_bytes(&bytes).map_err(|_| NoForm::Unreadable)?
            }
        };
        if form.needs_library {
            later::load().await.map_err(|_| NoForm::Unreachable)?;
        }
        Ok(form)
    }

    /// A guide: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NoForm`].
    pub(crate) async fn guide(&self, digest: Digest) -> Result<Guide, NoForm> {
        if let Ok(Some(guide)) = self.0.vault.guide(digest).await {
            return Ok(guide);
        }
        let bytes = self.fetch(guide_path(digest), digest).await?;
        decode(&bytes).map_err(|_| NoForm::Unreadable)
    }

    /// What is not certified any more.
    ///
    /// # Errors
    /// See [`NoForm`].
    pub(crate) async fn certificates(&self, digest: Digest) -> Result<Certificates, NoForm> {
        let kept = self.0.vault.content(digest).await?;
        let bytes = match kept {
            Some(bytes) => bytes,
            None => self.fetch(guide_path(digest), digest).await?,
        };
        decode(&bytes).map_err(|_| NoForm::Unreadable)
    }

    /// What the township has at `path`, kept under `digest`. A full phone can still use it now.
    pub(super) async fn fetch(&self, path: String, digest: Digest) -> Result<Vec<u8>, NoForm> {
        let bytes = get(&path).await.map_err(|_| NoForm::Unreachable)?;
        // Not what has this digest: somebody's log-in page.
        match self.0.vault.keep_content(digest, &bytes).await {
            Err(VaultError::Damaged) => Err(NoForm::Unreachable),
            _ => Ok(bytes),
        }
    }

    /// Shows the pack that the vault has; false where there is none.
    async fn take_up_pack(&self) -> Result<bool, VaultError> {
        if self.0.pack.get_untracked().is_none()
            && let Some(pack) = self.0.vault.pack().await?
        {
            self.0.pack.set(Some(Arc::new(pack)));
        }
        Ok(self.0.pack.get_untracked().is_some())
    }

    /// Makes sure that there is a pack; false where there is none, and nobody answers.
    pub(super) async fn get_first_pack(&self) -> Result<bool, VaultError> {
        if self.take_up_pack().await? {
            return Ok(true);
        }
        match fetch_pack().await {
            Ok(pack) => {
                self.tell(|status| status.connection = Connection::Reached);
                // People can start with the one form that they need while the others come.
                self.0.pack.set(Some(Arc::new(pack.clone())));
                self.0.wanted_pack.set(Some(pack.version));
                self.keep_with_forms(pack).await?;
                Ok(true)
            }
            Err(Unreachable) => {
                self.tell(|status| status.connection = Connection::Unreachable);
                Ok(false)
            }
        }
    }

    /// Gets the pack in force where it is not the one that the phone has. The old one stays until
    /// all forms of the new one are there; until then it is tried again.
    pub(super) async fn get_wanted_pack(&self) -> Result<(), VaultError> {
        let Some(wanted) = self.0.wanted_pack.get() else { return Ok(()) };
        let kept = self.0.vault.pack().await?.map(|pack| pack.version);
        if kept == Some(wanted) {
            self.0.wanted_pack.set(None);
        } else if self.connection() == Connection::Reached
            && let Ok(pack) = fetch_pack().await
        {
            self.keep_with_forms(pack).await?;
        }
        Ok(())
    }

    async fn keep_with_forms(&self, pack: PhonePack) -> Result<(), VaultError> {
        let of_item =
            |item: &Item| [(form_path(item.form), item.form), (guide_path(item.guide), item.guide)];
        let lists = pack.certificates.map(|digest| (guide_path(digest), digest));
        for (path, digest) in pack.items.iter().flat_map(of_item).chain(lists) {
            if self.0.vault.has_content(digest).await? {
                continue;
            }
            let Ok(bytes) = get(&path).await else { return Ok(()) };
            match self.0.vault.keep_content(digest, &bytes).await {
                Ok(()) => {}
                Err(VaultError::Damaged) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.0.vault.keep_pack(&pack).await?;
        self.0.has_media.set(false);
        self.0.pack.set(Some(Arc::new(pack)));
        self.0.wanted_pack.set(None);
        Ok(())
    }
}

async fn fetch_pack() -> Result<PhonePack, Unreachable> {
    decode(&get("/api/pack").await?).map_err(|_| Unreachable)
}

fn form_path(digest: Digest) -> String {
    format!("/api/forms/{digest}")
}

pub(super) fn media_path(digest: Digest) -> String {
    format!("/api/media/{digest}")
}

pub(super) fn guide_path(digest: Digest) -> String {
    format!("/api/guides/{digest}")
}

async fn get(path: &str) -> Result<Vec<u8>, Unreachable> {
    let question = Ask { method: "GET", path, headers: &[], body: None, patience_ms: PATIENCE_MS };
    match ask(&question).await? {
        Reply { status: 200, body, .. } => Ok(body),
        _ => Err(Unreachable),
    }
}
