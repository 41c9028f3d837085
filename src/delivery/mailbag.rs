//! Mailbags (`docs/mailbag.md`): what waits leaves the phone without a network, and what somebody
//! brings is taken along, or ends a delivery.

use core::ops::Range;

use courier::{Note, Proofs};
use leptos::prelude::GetUntracked;
use mailbag::{CarriedFile, Head, Mailbag, NotAMailbag, Parcel, Proof};
use protocol::{Envelope, EnvelopeId, decode};

use super::Delivery;
use crate::device::crypto;
use crate::device::mailbag::Pile;
use crate::device::pictures::ChosenFile;
use crate::vault::VaultError;
use crate::words;

/// A mailbag as it came.
pub(crate) enum Brought {
    /// As a file, of which no more than a piece is in memory.
    File(ChosenFile),
    /// As a run of codes.
    Bytes(Vec<u8>),
}

impl Brought {
    /// Bytes of it; none where it ends before.
    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        match self {
            Self::File(file) => file.piece(place).await,
            Self::Bytes(bytes) => {
                bytes.get(place.start as usize..place.end as usize).map(<[u8]>::to_vec)
            }
        }
    }
}

/// What came of a mailbag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TakenIn {
    /// Envelopes that this phone carries now and did not before.
    pub(crate) carried: usize,
    /// Envelopes of which the township has proven more than was known here.
    pub(crate) proven: usize,
    /// Files that were not whole, and are not carried.
    pub(crate) damaged: usize,
}

/// Why a mailbag was not taken in, in words for the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotTakenIn {
    #[error("{}", words::mailbag().other_file())]
    OtherFile,
    #[error("{}", words::mailbag().damaged())]
    Damaged,
    #[error("{}", words::mailbag().newer())]
    Newer,
    #[error("{}", words::mailbag().elsewhere())]
    Elsewhere,
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<NotAMailbag> for NotTakenIn {
    fn from(reason: NotAMailbag) -> Self {
        match reason {
            NotAMailbag::OtherFile => Self::OtherFile,
            NotAMailbag::Damaged => Self::Damaged,
            NotAMailbag::Newer => Self::Newer,
        }
    }
}

impl Delivery {
    /// Everything that waits, as one file; none before the first contact ever.
    pub(crate) async fn pack_mailbag(&self, with_files: bool) -> Result<Option<Pile>, VaultError> {
        let Some(pack) = self.0.pack.get_untracked() else { return Ok(None) };
        let mut bag = self.0.vault.mailbag(pack.township.clone()).await?;
        let mut pile = Pile::default();
        for file in bag.parcels.iter_mut().flat_map(|parcel| &mut parcel.files) {
            // One at a time is in memory. What cannot be read, or was delivered a moment ago, stays
            // out, and whatever follows it stands where the list says.
            let sealed = match with_files {
                true => self.0.vault.sealed_file(file.id).await.unwrap_or_default(),
                false => Vec::new(),
            };
            file.is_inside = sealed.len() as u64 == file.length && pile.put(&sealed);
        }
        Ok(pile.put_first(&bag.head()).then_some(pile))
    }

    /// The envelopes that wait, without their files, to be shown as codes; none before the first
    /// contact ever.
    pub(crate) async fn short_mailbag(&self) -> Result<Option<Vec<u8>>, VaultError> {
        let Some(pack) = self.0.pack.get_untracked() else { return Ok(None) };
        Ok(Some(self.0.vault.mailbag(pack.township.clone()).await?.head()))
    }

    /// Takes in what somebody brought. Taking it in again changes nothing.
    pub(crate) async fn take_in_mailbag(&self, brought: &Brought) -> Result<TakenIn, NotTakenIn> {
        let (head, bag) = open(brought).await?;
        let Some(pack) = self.0.pack.get_untracked() else { return Err(NotTakenIn::Elsewhere) };
        if bag.township != pack.township {
            return Err(NotTakenIn::Elsewhere);
        }
        let mut taken = TakenIn { proven: self.take_in_proofs(&bag).await?, ..TakenIn::default() };
        let mut places = bag.places(&head);
        for parcel in &bag.parcels {
            let inside = parcel.files.iter().filter(|file| file.is_inside).count();
            let files: Vec<_> = places.by_ref().take(inside).collect();
            let Ok(envelope) = decode::<Envelope>(&parcel.envelope) else { continue };
            let is_for_here = envelope.township == pack.township;
            if !is_for_here || self.0.vault.knows(envelope.id).await? {
                continue;
            }
            let mut parcel = parcel.clone();
            for (carried, place) in files {
                let sealed = brought.piece(place).await.unwrap_or_default();
                match self.0.vault.carry_file(&carried, &sealed).await {
                    Err(VaultError::Damaged) => {
                        taken.damaged += 1;
                        leave_out(&mut parcel, &carried);
                    }
                    other => other?,
                }
            }
            self.0.vault.carry(&parcel).await?;
            taken.carried += 1;
        }
        self.deliver();
        Ok(taken)
    }

    async fn take_in_proofs(&self, bag: &Mailbag) -> Result<usize, VaultError> {
        let Some(pack) = self.0.pack.get_untracked() else { return Ok(0) };
        let (mut receipts, mut completions) = (Vec::new(), Vec::new());
        for proof in bag.proofs.clone() {
            match proof {
                Proof::Received(receipt) => receipts.push(receipt),
                Proof::Completed(completion) => completions.push(completion),
            }
        }
        let keys = &pack.signing_keys;
        let proofs = Proofs::verify(receipts, completions, keys, crypto::verify).await;
        if self.0.courier.borrow().is_none() {
            self.load().await?;
        }
        let notes = match &mut *self.0.courier.borrow_mut() {
            Some(courier) => courier.proven(proofs),
            None => Vec::new(),
        };
        let envelope = |note: &Note| match note {
            Note::Received { envelope, .. } | Note::Completed { envelope, .. } => Some(*envelope),
            _ => None,
        };
        let mut proven: Vec<EnvelopeId> = notes.iter().filter_map(envelope).collect();
        proven.sort_unstable();
        proven.dedup();
        self.write_down(notes).await?;
        Ok(proven.len())
    }
}

fn leave_out(parcel: &mut Parcel, file: &CarriedFile) {
    for own in parcel.files.iter_mut().filter(|own| own.id == file.id) {
        own.is_inside = false;
    }
}

async fn open(brought: &Brought) -> Result<(Head, Mailbag), NotTakenIn> {
    let first = brought.piece(0..Head::LENGTH as u64).await.ok_or(NotTakenIn::OtherFile)?;
    let head = Head::read(&first)?;
    let list = head.list();
    let list = brought.piece(list.start as u64..list.end as u64).await;
    let bag = head.open(&list.ok_or(NotTakenIn::Damaged)?)?;
    Ok((head, bag))
}
