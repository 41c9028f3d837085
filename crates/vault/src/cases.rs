//! What was sent, and what became of it.

use std::collections::BTreeMap;

use form::Answers;
use minicbor::{Decode, Encode};
use protocol::fact::CaseState;
use protocol::{ApplicationId, DeviceTime, Digest, EnvelopeId, Informed, ItemId, ManifestEntry};

use crate::commands::{COMMANDS, CaseCommand, CommandRecord, Meant};
use crate::deliveries::DeliveryRecord;
use crate::error::VaultError;
use crate::phone::Phone;
use crate::place::Place;
use crate::records::Listing;
use crate::vault::Vault;

/// What was sent, as the person filled it in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Sent {
    /// The application.
    #[n(0)]
    pub application: ApplicationId,
    /// The envelope that it was sealed in.
    #[n(1)]
    pub envelope: EnvelopeId,
    /// For which service.
    #[n(2)]
    pub item: ItemId,
    /// The form that was filled in.
    #[n(3)]
    pub form: Digest,
    /// How lists call it.
    #[n(4)]
    pub title: String,
    /// The answers that were sent.
    #[n(5)]
    pub answers: Answers,
    /// The files that they name.
    #[n(6)]
    pub files: Vec<ManifestEntry>,
    /// When it was begun.
    #[n(7)]
    pub begun_at: DeviceTime,
    /// When it was finished.
    #[n(8)]
    pub finished_at: DeviceTime,
    /// What the person was told first.
    #[n(9)]
    pub informed: Option<Informed>,
}

/// What a list shows of something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SentSummary {
    /// [`Sent::application`]
    #[n(0)]
    pub application: ApplicationId,
    /// [`Sent::envelope`]
    #[n(1)]
    pub envelope: EnvelopeId,
    /// [`Sent::item`]
    #[n(2)]
    pub item: ItemId,
    /// [`Sent::title`]
    #[n(3)]
    pub title: String,
    /// [`Sent::finished_at`]
    #[n(4)]
    pub finished_at: DeviceTime,
}

/// Something that was sent, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What was sent.
    pub sent: SentSummary,
    /// How far it is; none where that record is damaged.
    pub delivery: Option<DeliveryRecord>,
    /// What the township told of it last.
    pub state: Option<CaseState>,
    /// What was asked of it last.
    pub command: Option<CaseCommand>,
}

impl Case {
    /// What was asked of it and is not taken yet.
    pub fn open_command(&self) -> Option<&CaseCommand> {
        self.command.as_ref().filter(|command| !command.is_taken())
    }
}

impl SentSummary {
    pub(crate) fn of(sent: &Sent) -> Self {
        Self {
            application: sent.application,
            envelope: sent.envelope,
            item: sent.item.clone(),
            title: sent.title.clone(),
            finished_at: sent.finished_at,
        }
    }
}

impl<P: Phone> Vault<P> {
    /// Everything that was sent from here, the last at the end.
    ///
    /// # Errors
    /// See [`VaultError`]; a record that cannot be read is no error but listed.
    pub async fn cases(&self) -> Result<Listing<Case>, VaultError> {
        self.take_in_news().await?;
        let Listing { records: mut sent, damaged: unlisted } =
            self.records::<SentSummary>(Place::SentIndex, "").await?;
        let mut damaged = Vec::new();
        for key in unlisted {
            match self.record::<Sent>(Place::Sent, &key).await {
                Ok(whole) => sent.push(SentSummary::of(&whole)),
                Err(_) => damaged.push(key),
            }
        }
        sent.sort_by_key(|sent| sent.application);
        let deliveries = self.device().deliveries().await?.records.into_iter();
        let mut deliveries: BTreeMap<_, _> =
            deliveries.map(|delivery| (delivery.envelope, delivery)).collect();
        // A state that cannot be read comes again with the next one.
        let states = self.records::<CaseState>(Place::States, "").await?.records.into_iter();
        let mut states: BTreeMap<_, _> = states.map(|state| (state.application, state)).collect();
        // One that cannot be read is shown where its case is.
        let commands = self.records::<CommandRecord>(Place::Sent, COMMANDS).await?.records;
        let mut commands: BTreeMap<_, _> = commands
            .into_iter()
            .map(|record| {
                let delivery = deliveries.remove(&record.envelope);
                (record.application, CaseCommand { record, delivery })
            })
            .collect();
        let case = |sent: SentSummary| {
            let command = commands.remove(&sent.application);
            Case {
                delivery: deliveries.remove(&sent.envelope),
                state: states.remove(&sent.application),
                sent: in_force(sent, command.as_ref()),
                command,
            }
        };
        Ok(Listing { records: sent.into_iter().map(case).collect(), damaged })
    }

    /// One that was sent.
    ///
    /// # Errors
    /// [`VaultError::Gone`], [`VaultError::Damaged`] and others.
    pub async fn case(&self, application: ApplicationId) -> Result<Case, VaultError> {
        let sent = SentSummary::of(&self.record(Place::Sent, application).await?);
        self.take_in_news().await?;
        let delivery = self.device().delivery(sent.envelope).await.ok();
        let state = self.record(Place::States, application).await.ok();
        let command = self.command(application).await.ok().flatten();
        Ok(Case { sent: in_force(sent, command.as_ref()), delivery, state, command })
    }

    /// What was sent last and is not refused, whole: the first version, or the last correction that the
    /// township took.
    ///
    /// # Errors
    /// [`VaultError::Gone`], [`VaultError::Damaged`] and others.
    pub async fn sent(&self, application: ApplicationId) -> Result<Sent, VaultError> {
        let first = self.record(Place::Sent, application).await?;
        match self.command(application).await {
            Ok(Some(command)) if command.is_taken() => match command.record.meant {
                Meant::Supplement(sent) => Ok(*sent),
                _ => Ok(first),
            },
            _ => Ok(first),
        }
    }

    /// What was answered in the last application for `item`; none where there is none, or where it
    /// cannot be read: what it would have saved is then asked.
    pub async fn last_answers(&self, item: &ItemId) -> Option<Answers> {
        let cases = self.cases().await.ok()?.records.into_iter().map(|case| case.sent);
        let of_item = cases.filter(|sent| sent.item == *item);
        let last = of_item.max_by_key(|sent| sent.finished_at.unix_ms)?;
        Some(self.sent(last.application).await.ok()?.answers)
    }
}

/// What lists show of a case whose application may have been corrected since: how it is called now. Its
/// receipt is that of the first version.
fn in_force(sent: SentSummary, command: Option<&CaseCommand>) -> SentSummary {
    match command.filter(|command| command.is_taken()).map(|command| &command.record.meant) {
        Some(Meant::Supplement(corrected)) => {
            SentSummary { title: corrected.title.clone(), ..sent }
        }
        _ => sent,
    }
}
