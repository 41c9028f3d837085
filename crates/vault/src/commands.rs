//! What a person asks of a case that the township has: sealed and put in the outbox like any
//! application, and kept beside what was sent until the township has taken it, or the person has seen
//! why it did not.
//!
//! # Invariants
//! * Of each case there is one command at a time that is not taken: what a second one would have seen
//!   is not told yet.
//! * A command that was refused stays, with what was meant, until the person redoes it or lets it be.

use minicbor::{Decode, Encode};
use protocol::sync::RefusalReason;
use protocol::{
    Appeal, ApplicationId, Command, Confirmation, DeviceTime, EnvelopeId, Finding, PublicKey,
    Rating, Satisfaction, Township, Visit, Withdrawal, encode,
};

use crate::cases::{Sent, SentSummary};
use crate::deliveries::{DeliveryRecord, Refused};
use crate::error::VaultError;
use crate::outgoing::Outgoing;
use crate::phone::{Phone, Read, Store as _};
use crate::pieces::remove;
use crate::place::{Place, Write};
use crate::vault::Vault;

/// What was asked of a case last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CommandRecord {
    /// Of which.
    #[n(0)]
    pub application: ApplicationId,
    /// The envelope that it was sealed in.
    #[n(1)]
    pub envelope: EnvelopeId,
    /// How many events of the case the person had seen.
    #[n(2)]
    pub seen: u64,
    /// What was meant.
    #[n(3)]
    pub meant: Meant,
    /// When.
    #[n(4)]
    pub made_at: DeviceTime,
}

/// What somebody means by a command.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Meant {
    /// That this is the application now.
    #[n(0)]
    Supplement(#[n(0)] Box<Sent>),
    /// That nobody wants it any more.
    #[n(1)]
    Withdraw {
        /// Why, if the person says.
        #[n(0)]
        reason: String,
    },
    /// How it was done.
    #[n(2)]
    Rate {
        /// How well.
        #[n(0)]
        satisfaction: Satisfaction,
        /// What else the person says.
        #[n(1)]
        words: String,
    },
    /// What was found by who was asked to look.
    #[n(3)]
    Visit {
        /// What was found.
        #[n(0)]
        finding: Finding,
        /// The same in their words.
        #[n(1)]
        words: String,
    },
    /// Whether what was reported is mended.
    #[n(4)]
    Confirm {
        /// Whether it is.
        #[n(0)]
        is_mended: bool,
        /// What is not.
        #[n(1)]
        words: String,
    },
    /// That what was decided is not right.
    #[n(5)]
    Appeal {
        /// What is wrong with it.
        #[n(0)]
        words: String,
    },
}

/// A command, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCommand {
    /// What was asked.
    pub record: CommandRecord,
    /// How far it is; none where that record is damaged.
    pub delivery: Option<DeliveryRecord>,
}

impl CaseCommand {
    /// Whether the township took it.
    pub fn is_taken(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| delivery.receipt.is_some())
    }

    /// Why the township will not take it; none where something on the way may have changed it.
    pub fn refused(&self) -> Option<&Refused> {
        let refused = self.delivery.as_ref().and_then(|delivery| delivery.refused.as_ref());
        refused.filter(|refused| !refused.altered && refused.reason != RefusalReason::Later)
    }

    /// Whether it will not.
    pub fn is_refused(&self) -> bool {
        self.refused().is_some()
    }
}

/// The command of a case, and what was read of it: what changes it reads that once more.
pub(crate) struct Held {
    pub(crate) command: Option<CaseCommand>,
    pub(crate) reads: Vec<(Place, String)>,
    pub(crate) values: Read,
}

/// Something to ask that needs no form.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Whom.
    pub township: Township,
    /// The township's key.
    pub sealing_key: PublicKey,
    /// Of which case.
    pub application: ApplicationId,
    /// The version of it that the person sees.
    pub seen: u64,
    /// What; anything but a supplement, which is a draft that is [finished](Vault::finish).
    pub meant: Meant,
}

impl<P: Phone> Vault<P> {
    /// What was asked of a case last, if anything was.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] and others.
    pub async fn command(
        &self,
        application: ApplicationId,
    ) -> Result<Option<CaseCommand>, VaultError> {
        Ok(self.held(application).await?.command)
    }

    /// Seals what is asked and puts it in the outbox, in the place of one that was refused. All of it
    /// in one transaction.
    ///
    /// # Errors
    /// [`VaultError::Finished`] where something that was asked is still on its way,
    /// [`VaultError::Full`] and others; then nothing was asked.
    pub async fn ask(&self, ask: Ask) -> Result<EnvelopeId, VaultError> {
        let (application, seen, made_at) = (ask.application, ask.seen, self.phone().now());
        let command = match ask.meant.clone() {
            Meant::Supplement(_) => return Err(VaultError::Finished),
            Meant::Withdraw { reason } => {
                Command::Withdraw(Withdrawal { application, seen, reason })
            }
            Meant::Rate { satisfaction, words } => {
                Command::Rate(Rating { application, satisfaction, words })
            }
            Meant::Visit { finding, words } => {
                let visited_at = made_at;
                Command::Visit(Visit { application, seen, finding, words, visited_at })
            }
            Meant::Confirm { is_mended, words } => {
                Command::Confirm(Confirmation { application, seen, is_mended, words })
            }
            Meant::Appeal { words } => Command::Appeal(Appeal { application, seen, words }),
        };
        let envelope = self.new_envelope(made_at);
        let outgoing = Outgoing {
            envelope,
            township: ask.township,
            sealing_key: ask.sealing_key,
            made_at,
            application,
            command,
            files: &[],
        };
        let writes = self.outgoing(outgoing).await?;
        let record = CommandRecord { application, envelope, seen, meant: ask.meant, made_at };
        self.put_command(record, writes, &[]).await?;
        Ok(envelope)
    }

    /// Forgets a command that was refused, since the person does not want it any more.
    ///
    /// # Errors
    /// [`VaultError::Finished`] where it was not, and others; then all is as it was.
    pub async fn let_be(&self, application: ApplicationId) -> Result<(), VaultError> {
        let held = self.held(application).await?;
        let Some(command) = &held.command else { return Ok(()) };
        if !command.is_refused() {
            return Err(VaultError::Finished);
        }
        let mut writes = self.forgotten(command);
        if let Meant::Supplement(sent) = &command.record.meant {
            // Nobody needs what only it would have brought.
            for file in self.brought_by(application, sent).await? {
                writes.push(remove(file.id));
            }
        }
        self.store()
            // Where it is another by now, that was done already.
            .change(&CHANGED, &held.reads, &|read| {
                Ok(if read == held.values { writes.clone() } else { Vec::new() })
            })
            .await
    }

    /// The command of a case as it is kept at this moment.
    pub(crate) async fn held(&self, application: ApplicationId) -> Result<Held, VaultError> {
        let (place, at) = self.at(Place::Sent, key(application));
        let mut reads = vec![(place, at)];
        let mut values = self.store().read(&reads).await?;
        let Some(bytes) = &values[0] else { return Ok(Held { command: None, reads, values }) };
        let record: CommandRecord = self.unsealed(place, &key(application), bytes).await?;
        reads.push((Place::Deliveries, record.envelope.to_string()));
        values.extend(self.store().read(&reads[1..]).await?);
        let delivery = DeliveryRecord::read(values[1].as_ref()).ok();
        Ok(Held { command: Some(CaseCommand { record, delivery }), reads, values })
    }

    /// The changes that forget a command.
    pub(crate) fn forgotten(&self, command: &CaseCommand) -> Vec<Write> {
        let CommandRecord { application, envelope, .. } = command.record;
        let mut writes = vec![
            self.deleted(Place::Sent, key(application)),
            Write::delete(Place::Envelopes, envelope),
        ];
        if let Some(delivery) = command.delivery.clone() {
            let known = DeliveryRecord { is_let_be: true, files: Vec::new(), ..delivery };
            writes.push(Write::put(Place::Deliveries, envelope, encode(&known)));
        }
        writes
    }

    /// Keeps a command, and does what `writes` say, if nothing else that was asked is on its way, and
    /// there is something at each of `needed`.
    pub(crate) async fn put_command(
        &self,
        record: CommandRecord,
        mut writes: Vec<Write>,
        needed: &[(Place, String)],
    ) -> Result<(), VaultError> {
        let application = record.application;
        let held = self.held(application).await?;
        match &held.command {
            None => {}
            Some(before) if before.is_taken() => {
                writes.extend(self.settled(&before.record).await?);
            }
            Some(before) if before.is_refused() => {
                writes.extend(self.forgotten(before));
            }
            Some(_) => return Err(VaultError::Finished),
        }
        writes.push(self.sealed(Place::Sent, key(application), &record).await?);
        let own = (Place::Deliveries, record.envelope.to_string());
        let reads = [&[own], held.reads.as_slice(), needed].concat();
        let kept = 1..1 + held.reads.len();
        self.store()
            .change(&CHANGED, &reads, &|read| {
                if read[0].is_some() {
                    // It was done, and only the word of it was lost with the connection.
                    return Ok(Vec::new());
                }
                let is_as_it_was = read[kept.clone()] == held.values;
                let is_all_there = read[kept.end..].iter().all(Option::is_some);
                match is_as_it_was && is_all_there {
                    true => Ok(writes.clone()),
                    false => Err(VaultError::Finished),
                }
            })
            .await
    }

    /// The changes after which a command that was taken need not be kept: a supplement is what was
    /// sent.
    async fn settled(&self, record: &CommandRecord) -> Result<Vec<Write>, VaultError> {
        let Meant::Supplement(sent) = &record.meant else { return Ok(Vec::new()) };
        let application = record.application;
        let first: Sent = self.record(Place::Sent, application).await?;
        // The receipt that is shown stays that of the first version.
        let sent = &Sent { envelope: first.envelope, ..(**sent).clone() };
        let summary = SentSummary::of(sent);
        Ok(vec![
            self.sealed(Place::Sent, application, sent).await?,
            self.sealed(Place::SentIndex, application, &summary).await?,
        ])
    }
}

/// Where finishing, and asking something of what was finished, may change something.
pub(crate) const CHANGED: [Place; 8] = [
    Place::Sent,
    Place::SentIndex,
    Place::Envelopes,
    Place::Deliveries,
    Place::Drafts,
    Place::DraftIndex,
    Place::Captures,
    Place::Files,
];

/// What the keys of commands begin with, among those of what was sent: no application's id does.
pub(crate) const COMMANDS: &str = "command/";

/// Where the command of a case is.
pub(crate) fn key(application: ApplicationId) -> String {
    format!("{COMMANDS}{application}")
}
