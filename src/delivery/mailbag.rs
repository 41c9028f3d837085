//! Mailbags (`docs/mailbag.md`), for the screens.

use core::ops::Range;

use ::delivery::{NotTakenIn, Packing, TakenIn};
use ::vault::Source;
use mailbag::NotAMailbag;

use super::Delivery;
use crate::device::content::{Content, Pile};
use crate::vault::VaultError;
use crate::words::{self, InWords};

/// A mailbag as it came.
pub(crate) enum Brought {
    /// As a file, of which no more than a piece is in memory.
    File(Content),
    /// As a run of codes.
    Bytes(Vec<u8>),
}

impl Source for Brought {
    fn length(&self) -> u64 {
        match self {
            Self::File(content) => content.length(),
            Self::Bytes(bytes) => bytes.length(),
        }
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        match self {
            Self::File(content) => content.piece(place).await,
            Self::Bytes(bytes) => bytes.piece(place).await,
        }
    }
}

impl Packing for Pile {
    fn put(&mut self, bytes: &[u8]) -> bool {
        Self::put(self, bytes)
    }

    fn cut(&mut self, length: u64) {
        Self::cut(self, length);
    }
}

impl InWords for NotTakenIn {
    fn in_words(&self) -> String {
        let said = words::mailbag();
        let words = match self {
            Self::NotAMailbag(NotAMailbag::OtherFile) => said.other_file(),
            Self::NotAMailbag(NotAMailbag::Damaged) => said.damaged(),
            Self::NotAMailbag(NotAMailbag::Newer) => said.newer(),
            Self::Elsewhere => said.elsewhere(),
            Self::Vault(error) => return error.in_words(),
        };
        words.to_owned()
    }
}

impl Delivery {
    /// Everything that waits, as one file; none before the first contact ever.
    pub(crate) async fn pack_mailbag(&self, with_files: bool) -> Result<Option<Pile>, VaultError> {
        let mut pile = Pile::default();
        let head = self.0.rounds.pack_mailbag(with_files, &mut pile).await?;
        Ok(head.filter(|head| pile.put_first(head)).map(|_| pile))
    }

    /// The envelopes that wait, without their files, to be shown as codes; none before the first
    /// contact ever.
    pub(crate) async fn short_mailbag(&self) -> Result<Option<Vec<u8>>, VaultError> {
        self.0.rounds.pack_mailbag(false, &mut ()).await
    }

    /// Takes in what somebody brought. Taking it in again changes nothing.
    pub(crate) async fn take_in_mailbag(&self, brought: &Brought) -> Result<TakenIn, NotTakenIn> {
        let taken = self.0.rounds.take_in_mailbag(brought).await?;
        self.tell_of(&taken.notes);
        self.deliver();
        Ok(taken)
    }
}
