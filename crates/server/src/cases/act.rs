//! What officers do to a case. They, too, name what they had seen of it: an applicant may have
//! corrected it, or taken it back, while its page was open.

use protocol::fact::Correction;
use protocol::{CaseNumber, DeviceId};

use super::event::{Event, Said};
use super::meanwhile::Wish;
use super::stage::Stage;
use crate::audit::{self, Deed, Entry};
use crate::console::rights::Scope;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::{self, StorageError};
use crate::{cases, devices};

/// What an officer does to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficerAct {
    /// Asks the applicant to correct it: all that is missing or wrong, at once.
    Return {
        /// What the applicant is told.
        words: String,
        /// What is wrong, question by question.
        corrections: Vec<Correction>,
    },
    /// Says yes or no.
    Decide {
        /// Whether it is granted.
        is_granted: bool,
        /// What the applicant is told; a refusal needs a reason.
        words: String,
    },
    /// Says that nothing is left to do.
    Finish,
    /// Asks the holder of a device to go and look.
    AskVisit {
        /// Which device.
        device: DeviceId,
        /// What to look at.
        words: String,
    },
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such case or officer, or it is none of the officer's business.
    #[error("没有这一件，或者不归这位经办人办")]
    Unknown,
    /// It says nothing where something must be said.
    #[error("要写清楚：{0}")]
    Wordless(&'static str),
    /// Nobody holds that device.
    #[error("这部手机现在没有发给谁")]
    Nobody,
    /// The case is not any more as the officer had seen it.
    #[error("{0}")]
    Superseded(&'static str),
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl OfficerAct {
    fn wish(&self) -> Wish {
        match self {
            Self::Return { .. } | Self::Decide { .. } => Wish::Judge,
            Self::Finish => Wish::Finish,
            Self::AskVisit { .. } => Wish::AskVisit,
        }
    }

    fn deed(&self, case: &CaseNumber) -> Deed {
        let case = case.0.clone();
        match self {
            Self::Return { .. } => Deed::Returned(case),
            Self::Decide { is_granted, .. } => Deed::Decided { case, is_granted: *is_granted },
            Self::Finish => Deed::Finished(case),
            Self::AskVisit { device, .. } => Deed::AskedVisit { case, device: *device },
        }
    }

    fn lacks(&self) -> Option<&'static str> {
        match self {
            Self::Return { words, corrections } if words.is_empty() && corrections.is_empty() => {
                Some("要补正什么")
            }
            Self::Decide { is_granted: false, words } if words.is_empty() => Some("为什么不批准"),
            Self::AskVisit { words, .. } if words.is_empty() => Some("要核查什么"),
            _ => None,
        }
    }

    fn event(self, by: &str) -> Event {
        let by = by.to_owned();
        match self {
            Self::Return { words, corrections } => {
                Event::Returned { by, said: Said { words, corrections } }
            }
            Self::Decide { is_granted, words } => {
                let said = Said { words, corrections: Vec::new() };
                Event::Decided { by, is_granted, said }
            }
            Self::Finish => Event::Finished { by },
            Self::AskVisit { device, words } => Event::VisitAsked { by, device, words },
        }
    }
}

impl Server {
    /// What an officer who opens a case sees of it: how many events it has. That they looked is in
    /// the audit.
    ///
    /// # Errors
    /// [`NotDone::Unknown`] and others.
    pub async fn look_at_case(&self, account: &str, case: &CaseNumber) -> Result<u64, NotDone> {
        let pack = self.packs.in_force();
        let officer = pack.pack.officer(account).ok_or(NotDone::Unknown)?;
        let scope = Scope::of(&self.township, officer);
        let case = look(self, &pack, &scope, account, case).await?;
        Ok(case.ok_or(NotDone::Unknown)?.events)
    }

    /// Does what an officer wants of a case, of which they had seen so many events.
    ///
    /// # Errors
    /// See [`NotDone`]; then nothing was done.
    pub async fn act_on_case(
        &self,
        account: &str,
        number: &CaseNumber,
        seen: u64,
        act: OfficerAct,
    ) -> Result<(), NotDone> {
        let pack = self.packs.in_force();
        let officer = pack.pack.officer(account).ok_or(NotDone::Unknown)?;
        let scope = Scope::of(&self.township, officer);
        if let Some(what) = act.lacks() {
            return Err(NotDone::Wordless(what));
        }
        let mut transaction = self.storage.write().await?;
        let (db, now) = (&mut *transaction, self.clock.now());
        let case = storage::cases::hold_for(db, &scope, number).await?.ok_or(NotDone::Unknown)?;
        let events = storage::cases::events(db, &self.township, number).await?;
        let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
        if let Some(obstacle) = act.wish().obstacle(Stage::named(&case.stage)?, &events, seen) {
            return Err(NotDone::Superseded(obstacle.words()));
        }
        if let OfficerAct::AskVisit { device, .. } = &act
            && devices::holder(db, self, device, now).await?.is_none()
        {
            return Err(NotDone::Nobody);
        }
        let entry = Entry { at: now, who: account.to_owned(), did: act.deed(number) };
        audit::record(db, &self.township, &entry).await?;
        cases::append(db, &self.township, &pack, &case, now, &act.event(account)).await?;
        Ok(transaction.commit().await?)
    }
}

/// Reads a case and says so in the audit, in one transaction: what is not in the audit was not
/// read. The first to open it since it came moves it on.
pub(crate) async fn look(
    server: &Server,
    pack: &InForce,
    scope: &Scope,
    account: &str,
    number: &CaseNumber,
) -> Result<Option<Case>, StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, now) = (&mut *transaction, server.clock.now());
    let Some(case) = storage::cases::hold_for(db, scope, number).await? else {
        return Ok(None);
    };
    let who = account.to_owned();
    let entry = Entry { at: now, who: who.clone(), did: Deed::ReadCase(number.0.clone()) };
    audit::record(db, &server.township, &entry).await?;
    if Stage::named(&case.stage)? == Stage::Received {
        cases::append(db, &server.township, pack, &case, now, &Event::Opened { by: who }).await?;
    }
    transaction.commit().await?;
    Ok(Some(case))
}
