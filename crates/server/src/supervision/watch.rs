//! What raises tasks: what is kept of a case, in the same transaction.

use calendar::Limit;
use casework::risk::{History, LooksFor, risks};
use casework::{By, Happened, Record};
use pack::Pack;
use protocol::{EnvelopeId, Satisfaction, ServerTime, Township};

use super::task::{Cause, Event as TaskEvent, Kind};
use crate::cases::{AtHand, Event, Now, local, server_time};
use crate::storage::recusals::Recusal;
use crate::storage::tasks::Row;
use crate::storage::{self, Connection, StorageError};

/// What is looked for when an application comes in.
pub(crate) struct Arrived<'a> {
    /// What ties the people in it to those who work for the township.
    pub(crate) ties: &'a [String],
}

/// Something happened to a case: looks whether somebody should look at it, keeps who has had a hand in it
/// out of its tasks, and lists who keeps out of it.
pub(crate) async fn happened(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    event: &Event,
) -> Result<(), StorageError> {
    let (township, number) = (&now.server.township, &case.row.number);
    for account in workers(event) {
        storage::tasks::keep_apart(db, township, number, account).await?;
    }
    if let Some(casework::Event { by: By::Person(account), what, .. }) = event.case()
        && let Happened::Recused { tie, words } = what
    {
        let (case, account, words) = (number.clone(), account.clone(), words.clone());
        let recusal = Recusal { case, account, tie: *tie, words, at: now.at };
        storage::recusals::keep(db, township, &recusal).await?;
    }
    watch(db, now, case, &[], &[]).await
}

/// An application came in, or came anew: looks who is in it, and what else they applied for.
pub(crate) async fn arrived(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    arrived: &Arrived<'_>,
) -> Result<(), StorageError> {
    let pack = &now.pack.pack;
    let days = pack.risks.rules.iter().filter_map(|rule| match rule.looks_for {
        LooksFor::SplitGrants { days, .. } => Some(i64::from(days)),
        _ => None,
    });
    let mut others = Vec::new();
    if let Some(days) = days.max() {
        let since = ServerTime(case.row.received_at.0 - days * DAY_MS);
        let found = storage::cases::of_person(db, &now.server.township, &case.row, since).await?;
        others.extend(found.into_iter().map(|(item, at)| (item.0, local(pack, at))));
    }
    watch(db, now, case, &others, arrived.ties).await
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn watch(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    others: &[(String, calendar::OffsetDateTime)],
    ties: &[String],
) -> Result<(), StorageError> {
    let pack = &now.pack.pack;
    let events: Vec<_> = case.events.iter().filter_map(|(_, event)| event.case()).collect();
    let history = History { item: &case.row.item.0, events: &events, others, ties };
    for raised in risks(&pack.risks.rules, &history, &pack.calendar) {
        let (rule, name, words) =
            (raised.rule.id.clone(), raised.rule.name.clone(), raised.rule.words.clone());
        raise(db, now, case, Cause::Risk { rule, name, words, met: raised.words }).await?;
    }
    Ok(())
}

/// A case was rated.
pub(crate) async fn rated(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    satisfaction: Satisfaction,
    envelope: EnvelopeId,
) -> Result<(), StorageError> {
    match is_bad(satisfaction) {
        true => raise(db, now, case, Cause::Rating { envelope }).await,
        false => Ok(()),
    }
}

/// Whether it is a 差评: the last two of the five levels.
fn is_bad(satisfaction: Satisfaction) -> bool {
    matches!(satisfaction, Satisfaction::Dissatisfied | Satisfaction::Appalled)
}

/// Raises a task, unless the case has one of this cause. The case is held, so its tasks are counted here.
async fn raise(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    cause: Cause,
) -> Result<(), StorageError> {
    let (township, pack) = (&now.server.township, &now.pack.pack);
    let (number, key) = (&case.row.number, cause.key());
    let causes = storage::tasks::causes(db, township, number).await?;
    if causes.contains(&key) {
        return Ok(());
    }
    let days = match cause.kind() {
        Kind::Rating => pack.township.supervision.bad_rating_days,
        Kind::Risk => pack.township.supervision.risk_days,
    };
    let row = Row {
        number: format!("{}-{}", number.0, causes.len() + 1),
        case: number.clone(),
        raised_at: now.at,
        days: days.into(),
        due_at: due_at(pack, now.at, days),
        closed_at: None,
        events: 0,
    };
    storage::tasks::open(db, township, &row, &key).await?;
    storage::tasks::append(db, township, &row, now.at, &TaskEvent::Raised(cause)).await?;
    for account in case.events.iter().flat_map(|(_, event)| workers(event)) {
        storage::tasks::keep_apart(db, township, number, account).await?;
    }
    Ok(())
}

/// When so many working days after `at` end.
pub(super) fn due_at(pack: &Pack, at: ServerTime, days: u32) -> ServerTime {
    let limit = Limit::WorkingDays(days);
    server_time(limit.deadline(&pack.calendar, local(pack, at), &[]).end)
}

/// Another pack may count days otherwise: works out anew when the limits of open tasks end.
pub(crate) async fn renew_limits(
    db: &mut dyn Connection,
    township: &Township,
    pack: &Pack,
) -> Result<(), StorageError> {
    for row in storage::tasks::all_open(db, township).await? {
        let due_at = due_at(pack, row.raised_at, row.days as u32);
        if due_at != row.due_at {
            storage::tasks::set_due(db, township, &Row { due_at, ..row }).await?;
        }
    }
    Ok(())
}

/// Who had a hand in a case by an event, or keeps out of it. Who only opened it did not.
fn workers(event: &Event) -> Vec<&str> {
    let mut workers = Vec::new();
    match event {
        Event::Noted { by, .. } | Event::VisitAsked { by, .. } => workers.push(by.as_str()),
        Event::Rated { taken_down: Some(taken), .. } => workers.push(taken.by.as_str()),
        _ => {}
    }
    if let Some(event) = event.case() {
        if let By::Person(account) = &event.by {
            workers.push(account);
        }
        if let Happened::Worked { record: Record::Visit { people, .. }, .. } = &event.what {
            workers.extend(people.iter().map(String::as_str));
        }
    }
    workers
}

impl AtHand {
    /// Whether somebody had a hand in it, or keeps out of it.
    pub(crate) fn was_worked_by(&self, account: &str) -> bool {
        self.events.iter().any(|(_, event)| workers(event).contains(&account))
    }
}
