//! From a draft to an envelope: what the person finished is signed, sealed, and never changes.

use form::Answers;
use protocol::file::{manifest_digest, sealed_length};
use protocol::{
    ApplicationId, Command, DeviceTime, Digest, EnvelopeId, Informed, ItemId, Order, PublicKey,
    Submission, Township, encode,
};

use crate::cases::{Sent, SentSummary};
use crate::deliveries::{DeliveryFile, DeliveryRecord};
use crate::error::VaultError;
use crate::files::is_named;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::{Place, Write};
use crate::sealing::seal;
use crate::vault::Vault;

/// An application that a person finished.
#[derive(Clone, Debug)]
pub struct Finish {
    /// To whom.
    pub township: Township,
    /// The township's key.
    pub sealing_key: PublicKey,
    /// The draft's.
    pub application: ApplicationId,
    /// The draft's.
    pub item: ItemId,
    /// The draft's.
    pub form: Digest,
    /// The answers to deliver: [`form::Session::answers`].
    pub answers: Answers,
    /// How lists call it.
    pub title: String,
    /// The draft's.
    pub begun_at: DeviceTime,
    /// What `today()` and `now()` meant when the answers were worked out last.
    pub finished_at: DeviceTime,
    /// The draft's.
    pub informed: Option<Informed>,
}

impl<P: Phone> Vault<P> {
    /// Seals what was finished and puts it in the outbox; the draft is gone. All of it in one
    /// transaction: a phone that dies has the draft, or the envelope.
    ///
    /// # Errors
    /// [`VaultError::Finished`] where that was done before, [`VaultError::FileMissing`],
    /// [`VaultError::Full`] and others; then the draft is as it was.
    pub async fn finish(&self, finish: Finish) -> Result<EnvelopeId, VaultError> {
        let application = finish.application;
        let files = self.manifest(application, &finish.answers).await?;
        let mut writes =
            self.forget_captures(application, |name| !is_named(&finish.answers, name)).await?;
        for file in &files {
            let stored = self.store().keys(Place::Files, &file.id.to_string()).await?;
            if stored.is_empty() {
                return Err(VaultError::FileMissing);
            }
            // From now on its key is in the envelope, and in what was sent.
            let capture = format!("{application}/{}", file.name);
            writes.push(self.deleted(Place::Captures, capture));
        }

        let unix_ms = finish.finished_at.unix_ms.unsigned_abs();
        let id = EnvelopeId::new(unix_ms, self.crypto().random());
        let sent = Sent {
            application,
            envelope: id,
            item: finish.item.clone(),
            form: finish.form,
            title: finish.title,
            answers: finish.answers.clone(),
            files: files.clone(),
            begun_at: finish.begun_at,
            finished_at: finish.finished_at,
        };
        let order = Order {
            envelope: id,
            township: finish.township,
            made_at: finish.finished_at,
            command: Command::Submit(Submission {
                application,
                item: finish.item,
                form: finish.form,
                answers: finish.answers,
                files,
                begun_at: finish.begun_at,
                finished_at: finish.finished_at,
                informed: finish.informed,
            }),
        };
        let signed = self.device().sign(&order).await?;
        let author = self.device().key();
        let envelope = seal(self.crypto(), &order, signed, author, &finish.sealing_key).await?;
        let envelope = encode(&envelope);
        let habits = self.device().habits(self.account()).await?;
        let delivery = DeliveryRecord {
            envelope: id,
            application: Some(application),
            digest: self.crypto().digest(&envelope).await?,
            length: envelope.len() as u64,
            manifest: manifest_digest(&sent.files),
            files: sent
                .files
                .iter()
                .map(|file| DeliveryFile {
                    id: file.id,
                    length: sealed_length(file.length),
                    sealed_digest: file.sealed_digest,
                    offset: 0,
                })
                .collect(),
            receipt: None,
            completion: None,
            refused: None,
            erased_for: habits.erases_what_arrived.then_some(self.account()),
        };
        writes.push(self.sealed(Place::Sent, application, &sent).await?);
        writes.push(self.sealed(Place::SentIndex, application, &SentSummary::of(&sent)).await?);
        writes.push(Write::put(Place::Envelopes, id, envelope));
        writes.push(Write::put(Place::Deliveries, id, encode(&delivery)));
        writes.push(self.deleted(Place::Drafts, application));
        writes.push(self.deleted(Place::DraftIndex, application));
        writes.push(self.forget_before(application));
        self.put_in_outbox(application, id, writes).await?;
        Ok(id)
    }

    async fn put_in_outbox(
        &self,
        application: ApplicationId,
        envelope: EnvelopeId,
        writes: Vec<Write>,
    ) -> Result<(), VaultError> {
        let places = [
            Place::Sent,
            Place::SentIndex,
            Place::Envelopes,
            Place::Deliveries,
            Place::Drafts,
            Place::DraftIndex,
            Place::Captures,
            Place::Files,
        ];
        let sent = self.at(Place::SentIndex, application);
        let own = (Place::Deliveries, envelope.to_string());
        self.store()
            .change(&places, &[sent, own], &|read| match (&read[0], &read[1]) {
                (None, _) => Ok(writes.clone()),
                // It was done, and only the word of it was lost with the connection.
                (Some(_), Some(_)) => Ok(Vec::new()),
                (Some(_), None) => Err(VaultError::Finished),
            })
            .await
    }
}
