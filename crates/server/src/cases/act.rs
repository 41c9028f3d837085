//! What those who work for the township do to a case. They, too, name what they had seen of it: an
//! applicant may have corrected it, or taken it back, while its page was open.

use casework::{Act, By, Happened, Refusal};
use protocol::fact::Correction;
use protocol::{CaseNumber, DeviceId};

use super::at_hand::{AtHand, Now};
use super::event::Event;
use super::meanwhile::Wish;
use super::phase::Phase;
use crate::audit::{self, Deed, Entry};
use crate::console::rights::Reach;
use crate::devices;
use crate::server::Server;
use crate::storage::{self, Connection, StorageError};

/// What somebody who works for the township does to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficerAct {
    /// Anything that a workflow knows of.
    Case(Act),
    /// Asks the applicant to correct it: all that is missing or wrong, at once.
    Return {
        /// What the applicant is told.
        words: String,
        /// What is wrong, question by question.
        corrections: Vec<Correction>,
        /// Until when they may.
        until: calendar::OffsetDateTime,
    },
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
    /// There is no such case or person, or it is none of their business.
    #[error("没有这一件，或者不归这个账号办")]
    Unknown,
    /// Its workflow does not let it be done, or not by them, or not so.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody holds that device.
    #[error("这部手机现在没有发给谁")]
    Nobody,
    /// The case is not any more as they had seen it.
    #[error("{0}")]
    Superseded(&'static str),
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Server {
    /// What somebody who opens a case sees of it: how many events it has. That they looked is in the
    /// audit.
    ///
    /// # Errors
    /// [`NotDone::Unknown`] and others.
    pub async fn look_at_case(&self, account: &str, case: &CaseNumber) -> Result<u64, NotDone> {
        let pack = self.packs.in_force();
        let now = Now::new(self, &pack);
        let reach = Reach::of(&self.township, &pack.pack, account, now.local().date());
        let case = look(now, &reach, account, case).await?;
        Ok(case.ok_or(NotDone::Unknown)?.row.events)
    }

    /// Does what somebody wants of a case, of which they had seen so many events.
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
        let now = Now::new(self, &pack);
        let reach = Reach::of(&self.township, &pack.pack, account, now.local().date());
        let mut transaction = self.storage.write().await?;
        let db = &mut *transaction;
        let row = storage::cases::hold_for(db, &reach, number).await?.ok_or(NotDone::Unknown)?;
        let mut case = AtHand::take(db, now, row).await?;
        if let Some(obstacle) = Wish::Work.obstacle(&case, seen) {
            return Err(NotDone::Superseded(obstacle.words()));
        }
        let event = event(db, now, &case, account, act).await?;
        let did = deed(number, &event);
        let entry = Entry { at: now.at, who: account.to_owned(), did };
        audit::record(db, &self.township, &entry).await?;
        case.happen(db, now, event).await?;
        Ok(transaction.commit().await?)
    }
}

/// What comes of an act, if it may be.
async fn event(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    account: &str,
    act: OfficerAct,
) -> Result<Event, NotDone> {
    let by = By::Person(account.to_owned());
    Ok(match act {
        OfficerAct::Case(act) => {
            let words = match &act {
                Act::BringIn { words } | Act::Withdraw { words } => Some(words.clone()),
                _ => None,
            };
            let event = case.judge(now, &by, act)?;
            match words {
                Some(words) => Event::AtCounter { words, case: event },
                None => Event::Case(event),
            }
        }
        OfficerAct::Return { words, corrections, until } => {
            // What is written below the questions is said, too.
            let all = std::iter::once(&words).chain(corrections.iter().map(|one| &one.words));
            let all: Vec<&str> = all.map(String::as_str).filter(|one| !one.is_empty()).collect();
            let act = Act::Return { words: all.join("；"), until };
            let mut event = case.judge(now, &by, act)?;
            if let Happened::Returned { words: told, .. } = &mut event.what {
                *told = words;
            }
            Event::Returned { corrections, case: event }
        }
        OfficerAct::AskVisit { device, words } => {
            if words.is_empty() {
                return Err(Refusal::Wordless("要核查什么").into());
            }
            // Whoever may work its stage may ask somebody to look.
            if !case.is_theirs(now, account) {
                return Err(Refusal::NotTheirs.into());
            }
            if devices::holder(db, now.server, &device, now.at).await?.is_none() {
                return Err(NotDone::Nobody);
            }
            Event::VisitAsked { by: account.to_owned(), device, words }
        }
    })
}

fn deed(case: &CaseNumber, event: &Event) -> Deed {
    let case = case.0.clone();
    match event {
        Event::VisitAsked { device, .. } => Deed::AskedVisit { case, device: *device },
        event => Deed::Did { case, what: event.happened().map_or("", name).to_owned() },
    }
}

/// What the audit calls it.
fn name(happened: &Happened) -> &'static str {
    match happened {
        Happened::Received { .. } => "received",
        Happened::Supplemented { .. } => "supplemented",
        Happened::Worked { outcome, .. } => outcome.name(),
        Happened::Returned { .. } => "returned",
        Happened::Lapsed => "lapsed",
        Happened::TakenIncomplete { .. } => "taken-incomplete",
        Happened::Settled => "settled",
        Happened::DebtFellDue => "debt-fell-due",
        Happened::HungOut => "hung-out",
        Happened::Objected { .. } => "objected",
        Happened::Paused { .. } => "paused",
        Happened::WentOn => "went-on",
        Happened::Extended { .. } => "extended",
        Happened::PassedOn { .. } => "passed-on",
        Happened::Stopped { .. } => "stopped",
        Happened::Withdrawn => "withdrawn",
        Happened::Joined { .. } => "joined",
        Happened::Appealed { .. } => "appealed",
        Happened::Lit { .. } => "lit",
        Happened::Recused { .. } => "recused",
    }
}

impl AtHand {
    /// Whether the stage that it is at is somebody's to work.
    pub(crate) fn is_theirs(&self, now: Now<'_>, account: &str) -> bool {
        let mut posts = now.pack.pack.organisation.posts(account, now.local().date());
        let Some(stage) = self.stage().filter(|_| !self.case.is_recused(account)) else {
            return false;
        };
        posts.any(|post| self.case.is_work_of(&stage.who, post))
    }
}

/// Reads a case and says so in the audit, in one transaction: what is not in the audit was not
/// read. The first of those who work it to open it since it came moves it on.
pub(crate) async fn look(
    now: Now<'_>,
    reach: &Reach,
    account: &str,
    number: &CaseNumber,
) -> Result<Option<AtHand>, StorageError> {
    let server = now.server;
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let Some(row) = storage::cases::hold_for(db, reach, number).await? else {
        return Ok(None);
    };
    let mut case = AtHand::take(db, now, row).await?;
    let who = account.to_owned();
    let entry = Entry { at: now.at, who: who.clone(), did: Deed::ReadCase(number.0.clone()) };
    audit::record(db, &server.township, &entry).await?;
    if case.phase() == Phase::Received && case.is_theirs(now, account) {
        case.happen(db, now, Event::Opened { by: who }).await?;
    }
    transaction.commit().await?;
    Ok(Some(case))
}
