//! Mailbags (`docs/mailbag.md`): what waits leaves the phone without a network, and what somebody
//! brings is taken along, or ends a delivery.

use core::ops::Range;

use courier::{Note, Proofs};
use mailbag::{CarriedFile, Head, Mailbag, NotAMailbag, Parcel, Proof};
use protocol::file::{PIECE, TAG};
use protocol::pack::PhonePack;
use protocol::{Envelope, EnvelopeId, decode};
use vault::{Phone, Source, VaultError};

use crate::network::Network;
use crate::rounds::Rounds;

/// So many bytes of a file are read at once: some of its sealed pieces.
const STEP: u64 = 8 * (PIECE + TAG);

/// What a mailbag is packed into: bytes, one after the other.
pub trait Packing {
    /// Puts `bytes` at the end; false where it does not take them.
    fn put(&mut self, bytes: &[u8]) -> bool;

    /// Takes back what was put last, so that the first `length` bytes stay. They end where one
    /// [`Packing::put`] ended.
    fn cut(&mut self, length: u64);
}

impl Packing for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) -> bool {
        self.extend_from_slice(bytes);
        true
    }

    fn cut(&mut self, length: u64) {
        self.truncate(length as usize);
    }
}

/// A mailbag without files needs nothing to put them into.
impl Packing for () {
    fn put(&mut self, _: &[u8]) -> bool {
        false
    }

    fn cut(&mut self, _: u64) {}
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
    /// Everything that waits, as one file. The files' bytes are put into `files`, one after the other;
    /// what is given back stands before them. None before the first contact ever.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn pack_mailbag(
        &self,
        with_files: bool,
        files: &mut impl Packing,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        let Some(pack) = self.pack() else { return Ok(None) };
        let mut bag = self.device().mailbag(pack.township.clone()).await?;
        let mut length = 0;
        let all = bag.parcels.iter_mut().flat_map(|parcel| &mut parcel.files);
        for file in all.filter(|_| with_files) {
            // What cannot be read, or was delivered a moment ago, stays out, and whatever follows it
            // stands where the list says.
            file.is_inside = self.pack_file(file, files).await;
            match file.is_inside {
                true => length += file.length,
                false => files.cut(length),
            }
        }
        Ok(Some(bag.head()))
    }

    /// Whether all of a file could be put.
    async fn pack_file(&self, file: &CarriedFile, files: &mut impl Packing) -> bool {
        let mut at = 0;
        while at < file.length {
            let end = file.length.min(at + STEP);
            match self.device().sealed_bytes(file, at..end).await {
                Ok(bytes) if files.put(&bytes) => at = end,
                _ => return false,
            }
        }
        true
    }

    /// Takes in what somebody brought. Taking it in again changes nothing.
    ///
    /// # Errors
    /// See [`NotTakenIn`]; what was taken in before it happened stays.
    pub async fn take_in_mailbag(&self, brought: &impl Source) -> Result<TakenIn, NotTakenIn> {
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
                taken.damaged += self.carry(parcel, files, brought).await?;
                taken.carried += 1;
            }
        }
        self.take_on(self.device().undelivered().await?);
        Ok(taken)
    }

    /// Carries a parcel, and tells how many of its files were not whole.
    async fn carry(
        &self,
        parcel: &Parcel,
        files: Vec<(CarriedFile, Range<u64>)>,
        brought: &impl Source,
    ) -> Result<usize, VaultError> {
        let mut kept = Vec::new();
        let all = files.len();
        for (file, place) in files {
            match self.device().carry_file(&file, brought, place.start).await {
                Ok(carried) => kept.push(carried),
                Err(VaultError::Damaged) => {}
                Err(error) => {
                    for carried in kept {
                        carried.give_up().await;
                    }
                    return Err(error);
                }
            }
        }
        let damaged = all - kept.len();
        self.device().carry(parcel, kept).await?;
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

async fn open(brought: &impl Source) -> Result<(Head, Mailbag), NotTakenIn> {
    let first = brought.piece(0..Head::LENGTH as u64).await.ok_or(NotAMailbag::OtherFile)?;
    let head = Head::read(&first)?;
    let list = head.list();
    let list = brought.piece(list.start as u64..list.end as u64).await;
    let bag = head.open(&list.ok_or(NotAMailbag::Damaged)?)?;
    Ok((head, bag))
}
