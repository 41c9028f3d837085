//! Mailbags (`docs/mailbag.md`): what waits leaves the phone without a network, and what somebody
//! brings is taken along, or ends a delivery.

use core::ops::Range;

use courier::{Note, Proofs};
use mailbag::{CarriedFile, Head, Mailbag, NotAMailbag, Parcel, Proof};
use protocol::pack::PhonePack;
use protocol::{Envelope, EnvelopeId, decode};
use vault::{Phone, VaultError};

use crate::network::Network;
use crate::rounds::Rounds;

/// A mailbag as it came.
pub trait Brought {
    /// Bytes of it; none where it ends before.
    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>>;
}

impl Brought for Vec<u8> {
    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        self.get(place.start as usize..place.end as usize).map(<[u8]>::to_vec)
    }
}

/// What came of a mailbag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Envelopes that this phone carries now and did not before.
    pub carried: usize,
    /// Envelopes of which the township has proven more than was known here.
    pub proven: usize,
    /// Files that were not whole, and are not carried.
    pub damaged: usize,
    /// What was written down of what is proven.
    pub notes: Vec<Note>,
}

/// Why a mailbag was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTakenIn {
    /// It is none.
    #[error(transparent)]
    NotAMailbag(#[from] NotAMailbag),
    /// For another township, or this phone knows none yet.
    #[error("the mailbag is for another township")]
    Elsewhere,
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl<P: Phone, N: Network> Rounds<P, N> {
    /// Everything that waits, as one file. `put` is given the files' bytes, one after the other, and
    /// tells whether it took them; what is given back stands before them. None before the first
    /// contact ever.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn pack_mailbag(
        &self,
        with_files: bool,
        mut put: impl FnMut(&[u8]) -> bool,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        let Some(pack) = self.pack() else { return Ok(None) };
        let device = self.device();
        let mut bag = device.mailbag(pack.township.clone()).await?;
        for file in bag.parcels.iter_mut().flat_map(|parcel| &mut parcel.files) {
            // One at a time is in memory. What cannot be read, or was delivered a moment ago, stays
            // out, and whatever follows it stands where the list says.
            let sealed = match with_files {
                true => device.sealed_file(file.id).await.unwrap_or_default(),
                false => Vec::new(),
            };
            file.is_inside = sealed.len() as u64 == file.length && put(&sealed);
        }
        Ok(Some(bag.head()))
    }

    /// Takes in what somebody brought. Taking it in again changes nothing.
    ///
    /// # Errors
    /// See [`NotTakenIn`]; what was taken in before it happened stays.
    pub async fn take_in_mailbag(&self, brought: &impl Brought) -> Result<TakenIn, NotTakenIn> {
        let (head, bag) = open(brought).await?;
        let pack = self.pack().ok_or(NotTakenIn::Elsewhere)?;
        if bag.township != pack.township {
            return Err(NotTakenIn::Elsewhere);
        }
        let notes = self.take_in_proofs(&bag, &pack).await?;
        let mut taken = TakenIn { proven: proven(&notes), notes, ..TakenIn::default() };
        let mut places = bag.places(&head);
        for parcel in &bag.parcels {
            let inside = parcel.files.iter().filter(|file| file.is_inside).count();
            let files: Vec<_> = places.by_ref().take(inside).collect();
            let Ok(envelope) = decode::<Envelope>(&parcel.envelope) else { continue };
            let is_for_here = envelope.township == pack.township;
            if is_for_here && !self.device().knows(envelope.id).await? {
                taken.damaged += self.carry(parcel.clone(), files, brought).await?;
                taken.carried += 1;
            }
        }
        self.take_on(self.device().undelivered().await?);
        Ok(taken)
    }

    /// Carries a parcel, and tells how many of its files were not whole.
    async fn carry(
        &self,
        mut parcel: Parcel,
        files: Vec<(CarriedFile, Range<u64>)>,
        brought: &impl Brought,
    ) -> Result<usize, VaultError> {
        let mut damaged = 0;
        for (carried, place) in files {
            let sealed = brought.piece(place).await.unwrap_or_default();
            match self.device().carry_file(&carried, &sealed).await {
                Err(VaultError::Damaged) => {
                    damaged += 1;
                    leave_out(&mut parcel, &carried);
                }
                other => other?,
            }
        }
        self.device().carry(&parcel).await?;
        Ok(damaged)
    }

    async fn take_in_proofs(
        &self,
        bag: &Mailbag,
        pack: &PhonePack,
    ) -> Result<Vec<Note>, VaultError> {
        let (mut receipts, mut completions) = (Vec::new(), Vec::new());
        for proof in bag.proofs.clone() {
            match proof {
                Proof::Received(receipt) => receipts.push(receipt),
                Proof::Completed(completion) => completions.push(completion),
            }
        }
        let verify = self.device().verifier();
        let proofs = Proofs::verify(receipts, completions, &pack.signing_keys, verify).await;
        if !self.is_loaded() {
            self.load().await?;
        }
        let notes = self.with_courier(|courier| courier.proven(proofs)).unwrap_or_default();
        self.write_down(&notes).await?;
        Ok(notes)
    }
}

/// Of how many envelopes there is something new.
fn proven(notes: &[Note]) -> usize {
    let envelope = |note: &Note| match note {
        Note::Received { envelope, .. } | Note::Completed { envelope, .. } => Some(*envelope),
        _ => None,
    };
    let mut proven: Vec<EnvelopeId> = notes.iter().filter_map(envelope).collect();
    proven.sort_unstable();
    proven.dedup();
    proven.len()
}

fn leave_out(parcel: &mut Parcel, file: &CarriedFile) {
    for own in parcel.files.iter_mut().filter(|own| own.id == file.id) {
        own.is_inside = false;
    }
}

async fn open(brought: &impl Brought) -> Result<(Head, Mailbag), NotTakenIn> {
    let first = brought.piece(0..Head::LENGTH as u64).await.ok_or(NotAMailbag::OtherFile)?;
    let head = Head::read(&first)?;
    let list = head.list();
    let list = brought.piece(list.start as u64..list.end as u64).await;
    let bag = head.open(&list.ok_or(NotAMailbag::Damaged)?)?;
    Ok((head, bag))
}
