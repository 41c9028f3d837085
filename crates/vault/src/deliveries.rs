//! The outbox: envelopes, and how far each is. Plain, since they tell nothing about a person and
//! have to be delivered without one.

use courier::{Delivery, FileDelivery, Note, Stage};
use minicbor::{Decode, Encode};
use protocol::sync::{Cursor, RefusalReason};
use protocol::{
    ApplicationId, Completion, Digest, EnvelopeId, FileId, Receipt, ServerTime, Signed, decode,
    encode,
};

use crate::account::AccountId;
use crate::commands;
use crate::device::Device;
use crate::error::VaultError;
use crate::news::forget_news;
use crate::phone::{Phone, Store as _};
use crate::pieces::remove;
use crate::place::{Place, Write};
use crate::records::Listing;
use crate::standing::WhyDropped;

/// The record in [`Place::Settings`] that tells how far news were heard.
const CURSOR: &str = "cursor";
/// The one that is there while files wait for a link that nobody pays for by the byte.
const FILES_WAIT: &str = "files wait";

/// Where something may change when the township was heard.
const CHANGED_BY_DELIVERY: [Place; 7] = [
    Place::Deliveries,
    Place::Envelopes,
    Place::Files,
    Place::Sent,
    Place::SentIndex,
    Place::States,
    Place::Settings,
];

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
    /// The account that wants what it sent erased here as soon as all of it arrived (办完即清).
    #[n(9)]
    pub erased_for: Option<AccountId>,
    /// Nobody wants it delivered any more: something that was asked of a case and refused. That it is
    /// known keeps it from being carried, should it come back in a mailbag.
    #[cbor(n(10), default)]
    pub is_let_be: bool,
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

    /// Whether nothing is left to be done for it.
    pub fn is_done(&self) -> bool {
        self.is_delivered() || self.is_let_be
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

    pub(crate) fn read(value: Option<&Vec<u8>>) -> Result<Self, VaultError> {
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
        let files = self.files.iter().map(|file| remove(file.id));
        let envelope = Write::delete(Place::Envelopes, self.envelope);
        files.chain([envelope]).chain(self.erased()).collect()
    }

    /// What is not wanted any more once everything is there.
    pub(crate) fn erased(&self) -> Vec<Write> {
        let (Some(account), Some(application)) = (self.erased_for, self.application) else {
            return Vec::new();
        };
        let key = account.key(&application.to_string());
        let own = [Place::Sent, Place::SentIndex, Place::States];
        let mut erased: Vec<_> = own.map(|place| Write::delete(place, &key)).into();
        let command = account.key(&commands::key(application));
        erased.push(Write::delete(Place::Sent, command));
        erased.push(forget_news(application));
        erased
    }
}

impl Listing<DeliveryRecord> {
    /// What of it the courier has to deliver: see [`Device::undelivered`].
    pub fn undelivered(&self) -> Vec<Delivery> {
        let open = self.records.iter().filter(|record| !record.is_done());
        let lost = self.damaged.iter().filter_map(|key| key.parse().ok()).map(lost);
        open.map(DeliveryRecord::delivery).chain(lost).collect()
    }
}

impl<P: Phone> Device<P> {
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

    /// How far an application of this phone is, where what was sent may be erased; none where it was
    /// never finished here.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn delivery_of(
        &self,
        application: ApplicationId,
    ) -> Result<Option<DeliveryRecord>, VaultError> {
        let records = self.deliveries().await?.records.into_iter();
        Ok(records.rev().find(|record| record.application == Some(application)))
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
        Ok(self.deliveries().await?.undelivered())
    }

    /// The bytes of an envelope.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, and others.
    pub async fn envelope(&self, id: EnvelopeId) -> Result<Vec<u8>, VaultError> {
        self.store().get(Place::Envelopes, &id.to_string()).await?.ok_or(VaultError::Gone)
    }

    /// Whether there is anything to hear about: something that was sent from here, by whomever, or
    /// that somebody was asked to look at.
    pub async fn has_cases(&self) -> Result<bool, VaultError> {
        for place in [Place::SentIndex, Place::States] {
            if !self.store().keys(place, "").await?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Up to where news were heard.
    pub async fn cursor(&self) -> Result<Option<Cursor>, VaultError> {
        let bytes = self.store().get(Place::Settings, CURSOR).await?;
        // One that cannot be read hears everything once more, which changes nothing.
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Whether files wait while the link is one that somebody pays for by the byte. Kept here, where
    /// whoever delivers sees it, with a page or without.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn files_wait(&self) -> Result<bool, VaultError> {
        Ok(self.store().get(Place::Settings, FILES_WAIT).await?.is_some())
    }

    /// Lets files wait on such a link, or not any more.
    ///
    /// # Errors
    /// See [`VaultError`]; then it is as it was.
    pub async fn let_files_wait(&self, wait: bool) -> Result<(), VaultError> {
        let write = match wait {
            true => Write::put(Place::Settings, FILES_WAIT, vec![1]),
            false => Write::delete(Place::Settings, FILES_WAIT),
        };
        self.store().write(&[write]).await
    }

    /// Writes down what the courier was told, all of it or nothing. Where the township revoked this
    /// device it then drops its keys, and is to be [taken up](Device::of) anew.
    pub async fn write_down(&self, notes: &[Note]) -> Result<(), VaultError> {
        let mut news = Vec::new();
        for note in notes {
            match note {
                Note::Heard { facts, cursor } => {
                    news.extend(self.news(facts).await?);
                    let cursor = cursor.as_ref().map(encode);
                    news.extend(cursor.map(|cursor| Write::put(Place::Settings, CURSOR, cursor)));
                }
                Note::Certified { certificate, signed } => {
                    self.keep_certificate(certificate, signed).await?;
                }
                _ => {}
            }
        }
        self.write_deliveries(notes, &news).await?;
        if notes.iter().any(|note| matches!(note, Note::Revoked { .. })) {
            self.drop_keys(WhyDropped::Revoked).await?;
        }
        Ok(())
    }

    /// Writes down what is told of envelopes, and the `news` with it.
    async fn write_deliveries(&self, notes: &[Note], news: &[Write]) -> Result<(), VaultError> {
        let mut envelopes: Vec<EnvelopeId> = notes.iter().filter_map(about).collect();
        envelopes.sort_unstable();
        envelopes.dedup();
        let here: Vec<_> = envelopes.iter().map(|id| (Place::Deliveries, id.to_string())).collect();
        if news.is_empty() && here.is_empty() {
            return Ok(());
        }
        // What is told after each piece of a file keeps nobody from the other places.
        let is_offset = |note: &Note| matches!(note, Note::Offset { .. });
        let only_offsets = news.is_empty() && notes.iter().all(is_offset);
        let places = if only_offsets { &[Place::Deliveries] } else { &CHANGED_BY_DELIVERY[..] };
        self.store()
            .change(places, &here, &|read| {
                let mut writes = news.to_vec();
                for (id, value) in envelopes.iter().zip(read) {
                    let mut record = DeliveryRecord::read(value.as_ref())?;
                    for note in notes.iter().filter(|note| about(note) == Some(*id)) {
                        record.note(note);
                    }
                    if !only_offsets {
                        writes.extend(record.leftovers());
                    }
                    writes.push(Write::put(Place::Deliveries, id, encode(&record)));
                }
                Ok(writes)
            })
            .await
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
