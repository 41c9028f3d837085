//! Pictures and sounds of the pack. They come when nothing else is on its way, and are kept.

use ::delivery::{NotHad, PackSource};
use protocol::pack::{MediaFile, Roster};
use protocol::{Digest, ItemId, decode};

use super::Delivery;
use crate::vault::VaultError;

impl Delivery {
    /// The file that the form of `item` calls `name`: from the vault, else from the township.
    pub(crate) async fn media(&self, item: &ItemId, name: &str) -> Option<Vec<u8>> {
        let pack = leptos::prelude::untrack(|| self.pack())?;
        let item = pack.items.iter().find(|each| each.id == *item)?;
        let guide = self.guide(item.guide).await.ok()?;
        let MediaFile { digest, .. } = guide.media.into_iter().find(|file| file.name == name)?;
        self.media_of(digest).await.ok()
    }

    /// The file of this digest: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub(crate) async fn media_of(&self, digest: Digest) -> Result<Vec<u8>, NotHad> {
        self.0.rounds.content(PackSource::Media, digest).await
    }

    /// Made-up households that forms can be filled in from, where it is a demonstration.
    pub(crate) async fn roster(&self) -> Option<Roster> {
        let digest = leptos::prelude::untrack(|| self.pack())?.roster?;
        decode(&self.0.rounds.content(PackSource::Guides, digest).await.ok()?).ok()
    }

    /// Gets what is not kept yet, of the whole pack, one after the other. Tells whether all of it is
    /// here; nothing more is asked for after what could not be had.
    pub(super) async fn get_all_media(&self) -> Result<bool, VaultError> {
        let Some(pack) = leptos::prelude::untrack(|| self.pack()) else { return Ok(false) };
        if pack.roster.is_some() && self.roster().await.is_none() {
            return Ok(false);
        }
        for map in pack.offices.iter().filter_map(|office| office.map.as_ref()) {
            if !self.get_media(map.digest).await? {
                return Ok(false);
            }
        }
        for item in &pack.items {
            let Ok(guide) = self.guide(item.guide).await else { return Ok(false) };
            for file in guide.media {
                if !self.get_media(file.digest).await? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Whether the vault has the file now.
    async fn get_media(&self, digest: Digest) -> Result<bool, VaultError> {
        Ok(self.device().has_content(digest).await? || self.media_of(digest).await.is_ok())
    }
}
