//! The outbox: envelopes, and how far each is. Plain, since they tell nothing about a person and
//! have to be delivered without one.

use courier::{Delivery, FileDelivery, Note, Stage};
use minicbor::{Decode, Encode};
use protocol::sync::{Cursor, RefusalReason};
use protocol::{
    ApplicationId, Completion, Digest, EnvelopeId, Fact, FileId, Receipt, ServerTime, Signed,
    decode, encode,
};

use super::Vault;
use super::error::VaultError;
use super::records::Listing;
use super::store::{Place, Write, as_bytes};

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

    /// What is not needed any more once everything is there.
    fn leftovers(&self) -> Vec<Write> {
        if !self.is_delivered() {
            return Vec::new();
        }
        let files = self.files.iter().map(|file| Write::delete(Place::Files, file.id));
        files.chain([Write::delete(Place::Envelopes, self.envelope)]).collect()
    }
}

impl Vault {
    /// How far every envelope is that was ever finished here.
    ///
    /// # Errors
    /// See [`VaultError`]; a record that cannot be read is no error but listed.
    pub async fn deliveries(&self) -> Result<Listing<DeliveryRecord>, VaultError> {
        let mut listing = Listing { records: Vec::new(), damaged: Vec::new() };
        for (key, value) in self.store().all(Place::Deliveries, "").await? {
            match as_bytes(&value).and_then(|bytes| decode(&bytes).map_err(|_| VaultError::Damaged))
            {
                Ok(record) => listing.records.push(record),
                Err(_) => listing.damaged.push(key),
            }
        }
        Ok(listing)
    }

    /// How far an envelope is.
    pub(crate) async fn delivery(&self, id: EnvelopeId) -> Result<DeliveryRecord, VaultError> {
        let bytes = self.store().bytes(Place::Deliveries, &id.to_string()).await?;
        decode(&bytes.ok_or(VaultError::Gone)?).map_err(|_| VaultError::Damaged)
    }

    /// What the courier has to deliver, as it was last written down.
    pub(crate) async fn undelivered(&self) -> Result<Vec<Delivery>, VaultError> {
        let records = self.deliveries().await?.records;
        let open = records.iter().filter(|record| !record.is_delivered());
        Ok(open.map(DeliveryRecord::delivery).collect())
    }

    /// The bytes of an envelope.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, and others.
    pub async fn envelope(&self, id: EnvelopeId) -> Result<Vec<u8>, VaultError> {
        self.store().bytes(Place::Envelopes, &id.to_string()).await?.ok_or(VaultError::Gone)
    }

    /// The sealed bytes of a file.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, and others.
    pub async fn sealed_file(&self, id: FileId) -> Result<Vec<u8>, VaultError> {
        self.store().bytes(Place::Files, &id.to_string()).await?.ok_or(VaultError::Gone)
    }

    /// Up to where news were heard.
    pub(crate) async fn cursor(&self) -> Result<Option<Cursor>, VaultError> {
        let bytes = self.store().bytes(Place::Settings, CURSOR).await?;
        // One that cannot be read hears everything once more, which changes nothing.
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Writes down what the courier was told.
    pub(crate) async fn write_down(&self, note: &Note) -> Result<(), VaultError> {
        match note {
            Note::Received { envelope, signed, .. } => {
                self.update(*envelope, |record| {
                    record.receipt = Some(signed.clone());
                    record.refused = None;
                })
                .await
            }
            Note::Refused { envelope, refused } => {
                self.update(*envelope, |record| {
                    record.refused = Some(Refused {
                        reason: refused.reason,
                        altered: refused.altered,
                        words: refused.words.clone(),
                    });
                })
                .await
            }
            Note::Offset { envelope, file, offset } => {
                self.update(*envelope, |record| {
                    for each in record.files.iter_mut().filter(|each| each.id == *file) {
                        each.offset = *offset;
                    }
                })
                .await
            }
            Note::Completed { envelope, signed, .. } => {
                self.update(*envelope, |record| {
                    record.completion = Some(signed.clone());
                    record.files.iter_mut().for_each(|file| file.offset = file.length);
                })
                .await
            }
            Note::Heard { facts, cursor } => self.hear(facts, cursor.as_ref()).await,
            Note::Pack(_) => Ok(()),
        }
    }

    async fn update(
        &self,
        envelope: EnvelopeId,
        change: impl Fn(&mut DeliveryRecord),
    ) -> Result<(), VaultError> {
        let places = [Place::Deliveries, Place::Envelopes, Place::Files];
        let here = (Place::Deliveries, envelope.to_string());
        self.store()
            .change(&places, &[here], |read| {
                let value = read[0].as_ref().ok_or(VaultError::Gone)?;
                let mut record: DeliveryRecord =
                    decode(&as_bytes(value)?).map_err(|_| VaultError::Damaged)?;
                change(&mut record);
                let mut writes = record.leftovers();
                writes.push(Write::bytes(Place::Deliveries, envelope, &encode(&record)));
                Ok(writes)
            })
            .await
    }

    async fn hear(&self, facts: &[Fact], cursor: Option<&Cursor>) -> Result<(), VaultError> {
        let mut writes = Vec::new();
        for fact in facts {
            match fact {
                Fact::Case(state) => {
                    writes.push(self.sealed(Place::States, state.application, state).await?);
                }
            }
        }
        if let Some(cursor) = cursor {
            writes.push(Write::bytes(Place::Settings, CURSOR, &encode(cursor)));
        }
        self.store().write(&writes).await
    }
}
