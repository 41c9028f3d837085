//! The outbox: envelopes, and how far each is. Plain, since they tell nothing about a person and
//! have to be delivered without one.

use courier::{Delivery, FileDelivery, Note, Stage};
use minicbor::{Decode, Encode};
use protocol::sync::{Cursor, RefusalReason};
use protocol::{
    ApplicationId, Completion, Digest, EnvelopeId, Fact, FileId, Receipt, ServerTime, Signed,
    decode, encode,
};

use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::records::Listing;
use crate::vault::Vault;

/// The record in [`Place::Settings`] that tells how far news were heard.
const CURSOR: &str = "cursor";

/// How far an envelope is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeliveryRecord {
    /// The envelope.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// The application in it, if it is the phone's own.
    #[n(1)]
    pub application: Option<ApplicationId>,
    /// SHA-256 of the envelope's bytes.
    #[n(2)]
    pub digest: Digest,
    /// How many they are.
    #[n(3)]
    pub length: u64,
    /// The manifest's digest.
    #[n(4)]
    pub manifest: Digest,
    /// Its files.
    #[n(5)]
    pub files: Vec<DeliveryFile>,
    /// The township's proof that the envelope arrived.
    #[n(6)]
    pub receipt: Option<Signed<Receipt>>,
    /// The township's proof that all files arrived.
    #[n(7)]
    pub completion: Option<Signed<Completion>>,
    /// Why it was not taken, so far.
    #[n(8)]
    pub refused: Option<Refused>,
}

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeliveryFile {
    /// The file.
    #[n(0)]
    pub id: FileId,
    /// Its sealed bytes.
    #[n(1)]
    pub length: u64,
    /// SHA-256 of them.
    #[n(2)]
    pub sealed_digest: Digest,
    /// How many of them are there.
    #[n(3)]
    pub offset: u64,
}

/// Why an envelope was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Refused {
    /// The kind of reason.
    #[n(0)]
    pub reason: RefusalReason,
    /// Something on the way changed it.
    #[n(1)]
    pub altered: bool,
    /// The township's words.
    #[n(2)]
    pub words: String,
}

impl DeliveryRecord {
    /// Whether everything is there, and proven.
    pub fn is_delivered(&self) -> bool {
        self.receipt.is_some() && (self.files.is_empty() || self.completion.is_some())
    }

    /// What the receipt states; it was verified when it was kept.
    pub fn receipt(&self) -> Option<Receipt> {
        self.receipt.as_ref()?.claim().ok()
    }

    /// When the township had the last of it that it proved, by its clock.
    pub fn delivered_at(&self) -> Option<ServerTime> {
        let completion = self.completion.as_ref().and_then(|signed| signed.claim().ok());
        let completed_at = completion.map(|completion| completion.completed_at);
        completed_at.or_else(|| Some(self.receipt()?.received_at))
    }

    /// Sealed bytes of the envelope and its files, and those that are there.
    pub fn bytes(&self) -> (u64, u64) {
        let there = if self.receipt.is_some() { self.length } else { 0 };
        let files: u64 = self.files.iter().map(|file| file.length).sum();
        let files_there: u64 = self.files.iter().map(|file| file.offset).sum();
        (self.length + files, there + files_there)
    }

    fn delivery(&self) -> Delivery {
        let stage = match (&self.receipt, &self.refused) {
            (Some(_), _) => Stage::Arrived,
            (None, Some(Refused { reason, altered, words })) => Stage::Refused(courier::Refused {
                reason: *reason,
                altered: *altered,
                words: words.clone(),
            }),
            (None, None) => Stage::Waiting,
        };
        let file = |file: &DeliveryFile| FileDelivery::new(file.id, file.length, file.offset);
        let files = self.files.iter().map(file).collect();
        Delivery::new(self.envelope, self.digest, self.length, self.manifest, files, stage)
    }

    fn read(value: Option<&Vec<u8>>) -> Result<Self, VaultError> {
        decode(value.ok_or(VaultError::Gone)?).map_err(|_| VaultError::Damaged)
    }

    fn note(&mut self, note: &Note) {
        match note {
            Note::Received { signed, .. } => {
                self.receipt = Some(signed.clone());
                self.refused = None;
            }
            Note::Refused { refused, .. } => {
                let courier::Refused { reason, altered, words } = refused.clone();
                self.refused = Some(Refused { reason, altered, words });
            }
            Note::Offset { file, offset, .. } => {
                for each in self.files.iter_mut().filter(|each| each.id == *file) {
                    each.offset = *offset;
                }
            }
            Note::Completed { signed, .. } => {
                self.completion = Some(signed.clone());
                self.files.iter_mut().for_each(|file| file.offset = file.length);
            }
            Note::Heard { .. } | Note::Pack(_) | Note::Certified { .. } | Note::Revoked { .. } => {}
        }
    }

    /// What is not needed any more once everything is there.
    fn leftovers(&self) -> Vec<Write> {
        if !self.is_delivered() {
            return Vec::new();
        }
        let files = self.files.iter().map(|file| Write::delete(Place::Files, file.id));
        files.chain([Write::delete(Place::Envelopes, self.envelope)]).collect()
    }
}

impl<P: Phone> Vault<P> {
    /// How far every envelope is that was ever finished here.
    ///
    /// # Errors
    /// See [`VaultError`]; a record that cannot be read is no error but listed.
    pub async fn deliveries(&self) -> Result<Listing<DeliveryRecord>, VaultError> {
        let mut listing = Listing { records: Vec::new(), damaged: Vec::new() };
        for (key, value) in self.store().all(Place::Deliveries, "").await? {
            match DeliveryRecord::read(Some(&value)) {
                Ok(record) => listing.records.push(record),
                Err(_) => listing.damaged.push(key),
            }
        }
        Ok(listing)
    }

    /// How far an envelope is.
    pub async fn delivery(&self, id: EnvelopeId) -> Result<DeliveryRecord, VaultError> {
        let value = self.store().get(Place::Deliveries, &id.to_string()).await?;
        DeliveryRecord::read(value.as_ref())
    }

    /// Envelopes to send: how far each is, and its bytes if they are there.
    pub async fn outbox(
        &self,
        ids: &[EnvelopeId],
    ) -> Result<Vec<(DeliveryRecord, Option<Vec<u8>>)>, VaultError> {
        let places = [Place::Deliveries, Place::Envelopes];
        let reads = ids.iter().flat_map(|id| places.map(|place| (place, id.to_string())));
        let values = self.store().read(&reads.collect::<Vec<_>>()).await?;
        let pair = |pair: &[Option<Vec<u8>>]| {
            let record = DeliveryRecord::read(pair[0].as_ref())?;
            Ok((record, pair[1].clone()))
        };
        values.chunks_exact(2).map(pair).collect()
    }

    /// What the courier has to deliver, as it was last written down. What was written of an
    /// envelope and cannot be read counts as lost: nothing else says that it was delivered.
    pub async fn undelivered(&self) -> Result<Vec<Delivery>, VaultError> {
        let Listing { records, damaged } = self.deliveries().await?;
        let open = records.iter().filter(|record| !record.is_delivered());
        let lost = damaged.iter().filter_map(|key| key.parse().ok()).map(lost);
        Ok(open.map(DeliveryRecord::delivery).chain(lost).collect())
    }

    /// The bytes of an envelope.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, and others.
    pub async fn envelope(&self, id: EnvelopeId) -> Result<Vec<u8>, VaultError> {
        self.store().get(Place::Envelopes, &id.to_string()).await?.ok_or(VaultError::Gone)
    }

    /// The sealed bytes of a file.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, and others.
    pub async fn sealed_file(&self, id: FileId) -> Result<Vec<u8>, VaultError> {
        self.store().get(Place::Files, &id.to_string()).await?.ok_or(VaultError::Gone)
    }

    /// Up to where news were heard.
    pub async fn cursor(&self) -> Result<Option<Cursor>, VaultError> {
        let bytes = self.store().get(Place::Settings, CURSOR).await?;
        // One that cannot be read hears everything once more, which changes nothing.
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Writes down what the courier was told, all of it or nothing.
    pub async fn write_down(&self, notes: &[Note]) -> Result<(), VaultError> {
        let mut news = Vec::new();
        for note in notes {
            if let Note::Heard { facts, cursor } = note {
                news.extend(self.news(facts, cursor.as_ref()).await?);
            }
        }
        let mut envelopes: Vec<EnvelopeId> = notes.iter().filter_map(about).collect();
        envelopes.sort_unstable();
        envelopes.dedup();
        let here: Vec<_> = envelopes.iter().map(|id| (Place::Deliveries, id.to_string())).collect();
        if news.is_empty() && here.is_empty() {
            return Ok(());
        }
        let places =
            [Place::Deliveries, Place::Envelopes, Place::Files, Place::States, Place::Settings];
        self.store()
            .change(&places, &here, &|read| {
                let mut writes = news.clone();
                for (id, value) in envelopes.iter().zip(read) {
                    let mut record = DeliveryRecord::read(value.as_ref())?;
                    for note in notes.iter().filter(|note| about(note) == Some(*id)) {
                        record.note(note);
                    }
                    writes.extend(record.leftovers());
                    writes.push(Write::put(Place::Deliveries, id, encode(&record)));
                }
                Ok(writes)
            })
            .await
    }

    async fn news(
        &self,
        facts: &[Fact],
        cursor: Option<&Cursor>,
    ) -> Result<Vec<Write>, VaultError> {
        let mut writes = Vec::new();
        for fact in facts {
            match fact {
                Fact::Case(state) => {
                    writes.push(self.sealed(Place::States, state.application, state).await?);
                }
            }
        }
        if let Some(cursor) = cursor {
            writes.push(Write::put(Place::Settings, CURSOR, encode(cursor)));
        }
        Ok(writes)
    }
}

/// An envelope of which only the name is known.
fn lost(envelope: EnvelopeId) -> Delivery {
    let nothing = Digest([0; 32]);
    Delivery::new(envelope, nothing, 0, nothing, Vec::new(), Stage::Lost)
}

/// The envelope that a note is about.
fn about(note: &Note) -> Option<EnvelopeId> {
    match note {
        Note::Received { envelope, .. }
        | Note::Refused { envelope, .. }
        | Note::Offset { envelope, .. }
        | Note::Completed { envelope, .. } => Some(*envelope),
        Note::Heard { .. } | Note::Pack(_) | Note::Certified { .. } | Note::Revoked { .. } => None,
    }
}
