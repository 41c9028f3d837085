//! From a draft to an envelope: what the person finished is signed, sealed, and never changes.

use form::Answers;
use protocol::{
    ApplicationId, Command, DeviceTime, Digest, EnvelopeId, Informed, ItemId, ManifestEntry,
    PublicKey, Submission, Township,
};

use crate::cases::{Sent, SentSummary};
use crate::commands::CHANGED;
use crate::error::VaultError;
use crate::files::is_named;
use crate::outgoing::Outgoing;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
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
    /// The version of the case that the person saw whose application is corrected; none where it is
    /// sent for the first time.
    pub corrects: Option<u64>,
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

        let id = self.new_envelope(finish.finished_at);
        let brought = files.clone();
        let files = match finish.corrects {
            Some(_) => self.with_files_sent(application, &finish.answers, files).await?,
            None => files,
        };
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
            informed: finish.informed.clone(),
        };
        let outgoing = Outgoing {
            envelope: id,
            township: finish.township,
            sealing_key: finish.sealing_key,
            made_at: finish.finished_at,
            application,
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
            files: &brought,
        };
        let draft_is_gone = [
            self.deleted(Place::Drafts, application),
            self.deleted(Place::DraftIndex, application),
            self.forget_before(application),
        ];
        if let Some(seen) = finish.corrects {
            writes.extend(draft_is_gone);
            self.finish_correction(outgoing, seen, sent, writes).await?;
            return Ok(id);
        }
        writes.extend(self.outgoing(outgoing).await?);
        writes.push(self.sealed(Place::Sent, application, &sent).await?);
        writes.push(self.sealed(Place::SentIndex, application, &SentSummary::of(&sent)).await?);
        writes.extend(draft_is_gone);
        self.put_in_outbox(application, id, writes).await?;
        Ok(id)
    }

    /// The manifest of a correction: what is new, and what was sent before and is named again.
    async fn with_files_sent(
        &self,
        application: ApplicationId,
        answers: &Answers,
        mut files: Vec<ManifestEntry>,
    ) -> Result<Vec<ManifestEntry>, VaultError> {
        let sent = self.sent(application).await?.files.into_iter();
        files.extend(sent.filter(|file| is_named(answers, &file.name)));
        Ok(files)
    }

    async fn put_in_outbox(
        &self,
        application: ApplicationId,
        envelope: EnvelopeId,
        writes: Vec<Write>,
    ) -> Result<(), VaultError> {
        let sent = self.at(Place::SentIndex, application);
        let own = (Place::Deliveries, envelope.to_string());
        self.store()
            .change(&CHANGED, &[sent, own], &|read| match (&read[0], &read[1]) {
                (None, _) => Ok(writes.clone()),
                // It was done, and only the word of it was lost with the connection.
                (Some(_), Some(_)) => Ok(Vec::new()),
                (Some(_), None) => Err(VaultError::Finished),
            })
            .await
    }
}
