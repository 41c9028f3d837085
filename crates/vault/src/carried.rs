//! What travels in mailbags: the phone's own envelopes, and those that it carries for others.

use mailbag::{CarriedFile, Mailbag, Parcel, Proof};
use minicbor::bytes::ByteVec;
use protocol::{Envelope, EnvelopeId, Township, decode, encode};

use crate::deliveries::{DeliveryFile, DeliveryRecord};
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::{Place, Write};

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
            if record.is_delivered() {
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

    /// Keeps a file of a parcel that is about to be carried. One that is here already is somebody's
    /// own: whoever packs a mailbag must not be able to put other bytes in its place, or to have it
    /// removed when their envelope is delivered.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the bytes are not the file's, or it is here already;
    /// [`VaultError::Full`] and others.
    pub async fn carry_file(&self, file: &CarriedFile, sealed: &[u8]) -> Result<(), VaultError> {
        if sealed.len() as u64 != file.length
            || self.crypto().digest(sealed).await? != file.sealed_digest
        {
            return Err(VaultError::Damaged);
        }
        let write = Write::put(Place::Files, file.id, sealed.to_vec());
        let here = (Place::Files, file.id.to_string());
        self.store()
            .change(&[Place::Files], &[here], &|read| match read[0] {
                Some(_) => Err(VaultError::Damaged),
                None => Ok(vec![write.clone()]),
            })
            .await
    }

    /// Carries a parcel whose `files` are kept: it is delivered like the phone's own. Without all of
    /// its files only the envelope is: whose it is sends them.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where it is no envelope, [`VaultError::Full`] and others.
    pub async fn carry(&self, parcel: &Parcel) -> Result<(), VaultError> {
        let envelope: Envelope = decode(&parcel.envelope).map_err(|_| VaultError::Damaged)?;
        let is_whole = parcel.files.iter().all(|file| file.is_inside);
        let file = |file: &CarriedFile| DeliveryFile {
            id: file.id,
            length: file.length,
            sealed_digest: file.sealed_digest,
            offset: 0,
        };
        let files = parcel.files.iter().filter(|_| is_whole).map(file);
        let record = DeliveryRecord {
            envelope: envelope.id,
            application: None,
            digest: self.crypto().digest(&parcel.envelope).await?,
            length: parcel.envelope.len() as u64,
            manifest: parcel.manifest,
            files: files.collect(),
            receipt: None,
            completion: None,
            refused: None,
            erased_for: None,
        };
        let writes = [
            Write::put(Place::Envelopes, envelope.id, parcel.envelope.to_vec()),
            Write::put(Place::Deliveries, envelope.id, encode(&record)),
        ];
        let known = (Place::Deliveries, envelope.id.to_string());
        self.store()
            .change(&[Place::Envelopes, Place::Deliveries], &[known], &|read| {
                Ok(if read[0].is_some() { Vec::new() } else { writes.to_vec() })
            })
            .await
    }
}
