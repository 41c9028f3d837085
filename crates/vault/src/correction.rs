//! 补正: what was sent becomes a draft again, and is finished once more.

use protocol::{ApplicationId, Command, ManifestEntry, Supplement};

use crate::cases::Sent;
use crate::commands::{CHANGED, CommandRecord, Meant};
use crate::drafts::{Draft, Progress};
use crate::error::VaultError;
use crate::outgoing::Outgoing;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::vault::Vault;

impl<P: Phone> Vault<P> {
    /// Begins to correct what was sent: a draft with the answers that are in force, or, where a
    /// correction was refused, with those that it had. `seen` is the version of the case that the person
    /// sees. One that was begun already is gone on with.
    ///
    /// # Errors
    /// [`VaultError::Finished`] where something that was asked is still on its way,
    /// [`VaultError::Gone`], [`VaultError::Full`] and others; then all is as it was.
    pub async fn correct(&self, application: ApplicationId, seen: u64) -> Result<(), VaultError> {
        match self.draft(application).await {
            Ok(_) => return Ok(()),
            Err(VaultError::Gone) => {}
            Err(error) => return Err(error),
        }
        let held = self.held(application).await?;
        let before = held.command.as_ref().filter(|before| !before.is_taken());
        let mut writes = Vec::new();
        let meant = before.map(|before| (before, &before.record.meant, before.is_refused()));
        let sent = match meant {
            None => self.sent(application).await?,
            Some((before, Meant::Supplement(sent), true)) => {
                writes.extend(self.forgotten(before));
                for file in self.brought_by(application, sent).await? {
                    let capture = format!("{application}/{}", file.name);
                    writes.push(self.sealed(Place::Captures, capture, &file).await?);
                }
                (**sent).clone()
            }
            Some(_) => return Err(VaultError::Finished),
        };
        writes.extend(self.kept_draft(&self.draft_of(sent, seen)).await?);
        let draft = self.at(Place::DraftIndex, application);
        let reads = [&[draft], held.reads.as_slice()].concat();
        self.store()
            .change(&CHANGED, &reads, &|read| match (&read[0], read[1..] == held.values) {
                // It was done, by another tab perhaps.
                (Some(_), _) => Ok(Vec::new()),
                (None, true) => Ok(writes.clone()),
                (None, false) => Err(VaultError::Finished),
            })
            .await
    }

    /// Files that a correction would bring: those that nothing named that was taken.
    pub(crate) async fn brought_by(
        &self,
        application: ApplicationId,
        correction: &Sent,
    ) -> Result<Vec<ManifestEntry>, VaultError> {
        let known = self.sent(application).await?.files;
        let files = correction.files.iter();
        Ok(files.filter(|file| known.iter().all(|known| known.id != file.id)).cloned().collect())
    }

    fn draft_of(&self, sent: Sent, seen: u64) -> Draft {
        Draft {
            application: sent.application,
            item: sent.item,
            form: sent.form,
            answers: sent.answers,
            title: sent.title,
            progress: Progress { done: 100, of: 100 },
            place: String::new(),
            begun_at: sent.begun_at,
            updated_at: self.phone().now(),
            declined: None,
            informed: sent.informed,
            corrects: Some(seen),
        }
    }

    /// Seals a correction and puts it in the outbox; its draft is gone.
    pub(crate) async fn finish_correction(
        &self,
        outgoing: Outgoing<'_>,
        seen: u64,
        sent: Sent,
        mut writes: Vec<Write>,
    ) -> Result<(), VaultError> {
        let (application, envelope) = (outgoing.application, outgoing.envelope);
        let made_at = outgoing.made_at;
        let command = match outgoing.command {
            Command::Submit(submission) => Command::Supplement(Supplement { submission, seen }),
            other => other,
        };
        writes.extend(self.outgoing(Outgoing { command, ..outgoing }).await?);
        let meant = Meant::Supplement(Box::new(sent));
        let record = CommandRecord { application, envelope, seen, meant, made_at };
        // As long as the draft is there, nobody finished it.
        let draft = self.at(Place::DraftIndex, application);
        self.put_command(record, writes, &[draft]).await
    }
}
