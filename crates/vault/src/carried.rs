//! What travels in mailbags: the phone's own envelopes, and those that it carries for others.

use mailbag::{CarriedFile, Mailbag, Parcel, Proof};
use minicbor::bytes::ByteVec;
use protocol::{Envelope, EnvelopeId, Township, decode, encode};
use sha2::{Digest as _, Sha256};

use crate::deliveries::{DeliveryFile, DeliveryRecord};
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::pieces::{KeptFile, Unfinished};
use crate::place::{Place, Write};
use crate::source::Source;

impl<P: Phone> Device<P> {
    /// A mailbag of everything that is not delivered, without files, and of what the township has
    /// proven of what was carried for others.
    ///
    /// # Errors
    /// See [`VaultError`]; what cannot be read is left out.
    pub async fn mailbag(&self, township: Township) -> Result<Mailbag, VaultError> {
        let mut bag = Mailbag::of(township);
        for record in self.deliveries().await?.records {
            if record.application.is_none() {
                bag.proofs.extend(record.receipt.clone().map(Proof::Received));
                bag.proofs.extend(record.completion.clone().map(Proof::Completed));
            }
            if record.is_done() {
                continue;
            }
            let Ok(envelope) = self.envelope(record.envelope).await else { continue };
            let file = |file: &DeliveryFile| {
                let DeliveryFile { id, length, sealed_digest, .. } = *file;
                CarriedFile { id, length, sealed_digest, is_inside: false }
            };
            let files = record.files.iter().map(file).collect();
            let envelope = ByteVec::from(envelope);
            bag.parcels.push(Parcel { envelope, manifest: record.manifest, files });
        }
        Ok(bag)
    }

    /// Whether an envelope is the phone's own, or carried already.
    pub async fn knows(&self, envelope: EnvelopeId) -> Result<bool, VaultError> {
        Ok(!self.store().keys(Place::Deliveries, &envelope.to_string()).await?.is_empty())
    }

    /// Keeps a file of a parcel that is about to be carried: what stands in `bag` from `start` on. One
    /// that is here already is somebody's own: whoever packs a mailbag must not be able to put other
    /// bytes in its place, or to have it removed when their envelope is delivered.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the bytes are not the file's, or it is here already;
    /// [`VaultError::Full`] and others. Then nothing of it is kept.
    pub async fn carry_file(
        &self,
        file: &CarriedFile,
        bag: &impl Source,
        start: u64,
    ) -> Result<Carried<'_, P>, VaultError> {
        let mut unfinished = Unfinished::begin_again(self.phone(), file.id).await?;
        match copy(&mut unfinished, &KeptFile::from(file), bag, start).await {
            Ok(()) => Ok(Carried(unfinished)),
            Err(error) => {
                unfinished.give_up().await;
                Err(error)
            }
        }
    }

    /// Carries a parcel whose `files` are kept: it is delivered like the phone's own. Without all of
    /// its files only the envelope is: whose it is sends them.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where it is no envelope, [`VaultError::Full`] and others.
    pub async fn carry(
        &self,
        parcel: &Parcel,
        files: Vec<Carried<'_, P>>,
    ) -> Result<(), VaultError> {
        let is_whole = parcel.files.len() == files.len();
        let (files, left) = if is_whole { (files, Vec::new()) } else { (Vec::new(), files) };
        let carried = self.carry_with(parcel, &files).await;
        // Nothing of what is not carried stays, and nothing at all where it is carried already.
        for file in files.into_iter().chain(left) {
            file.give_up().await;
        }
        carried
    }

    async fn carry_with(
        &self,
        parcel: &Parcel,
        files: &[Carried<'_, P>],
    ) -> Result<(), VaultError> {
        let envelope: Envelope = decode(&parcel.envelope).map_err(|_| VaultError::Damaged)?;
        let file = |file: &CarriedFile| DeliveryFile {
            id: file.id,
            length: file.length,
            sealed_digest: file.sealed_digest,
            offset: 0,
        };
        let record = DeliveryRecord {
            envelope: envelope.id,
            application: None,
            digest: self.crypto().digest(&parcel.envelope).await?,
            length: parcel.envelope.len() as u64,
            manifest: parcel.manifest,
            files: parcel.files.iter().take(files.len()).map(file).collect(),
            receipt: None,
            completion: None,
            refused: None,
            erased_for: None,
            is_let_be: false,
        };
        let mut writes = vec![
            Write::put(Place::Envelopes, envelope.id, parcel.envelope.to_vec()),
            Write::put(Place::Deliveries, envelope.id, encode(&record)),
        ];
        writes.extend(files.iter().map(|Carried(file)| file.finished()));
        let mut reads = vec![(Place::Deliveries, envelope.id.to_string())];
        reads.extend(files.iter().map(|Carried(file)| file.mark()));
        self.store()
            .change(&[Place::Envelopes, Place::Deliveries, Place::Files], &reads, &|read| {
                let mut marks = files.iter().zip(&read[1..]);
                match &read[0] {
                    Some(_) => Ok(Vec::new()),
                    None if marks.all(|(Carried(file), mark)| file.owns(mark.as_ref())) => {
                        Ok(writes.clone())
                    }
                    None => Err(VaultError::Gone),
                }
            })
            .await
    }
}

/// A file of somebody else's that is kept and that no parcel names yet. It is cleared away at the next
/// start if none ever does.
pub struct Carried<'a, P: Phone>(Unfinished<'a, P>);

impl<P: Phone> Carried<'_, P> {
    /// It is not carried after all.
    pub async fn give_up(self) {
        self.0.give_up().await;
    }
}

/// Keeps what is to be `file`, if that is what it comes to.
async fn copy<P: Phone>(
    to: &mut Unfinished<'_, P>,
    file: &KeptFile,
    bag: &impl Source,
    start: u64,
) -> Result<(), VaultError> {
    let mut sha256 = Sha256::new();
    for number in 0..file.pieces::<P>() {
        let range = file.range::<P>(number);
        let piece = bag.piece(start + range.start..start + range.end).await;
        let piece = piece.ok_or(VaultError::Damaged)?;
        sha256.update(&piece);
        to.put(number, &piece).await?;
    }
    match sha256.finalize()[..] == file.sealed_digest.0 {
        true => Ok(()),
        false => Err(VaultError::Damaged),
    }
}
