//! What an event of a case puts into the outbox.

use casework::{Happened, Standing, Work};
use pack::{Pack, Told};
use protocol::ServerTime;
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use super::key::Kind;
use super::package::Handed;
use super::remind;
use crate::cases::{AtHand, Event, Now, Phase, deadline_words, local, server_time};
use crate::storage::outgoing::Key;
use crate::storage::{self, Connection, StorageError};

/// Puts into the outbox what follows from the event that a case has just come to, and reminds whom it
/// concerns. `before` is the phase that it was in.
pub(crate) async fn follow(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    before: &str,
    event: &Event,
) -> Result<(), StorageError> {
    if let Some(Happened::Lit { lamp }) = event.happened() {
        remind::remind(db, now, case, *lamp).await?;
    }
    let cause = Cause { now, case };
    if is_news(case.phase(), before, event) {
        cause.sms(db).await?;
        cause.webhooks(db).await?;
    }
    match comes_to_county(case, event) {
        true => cause.county(db).await,
        false => Ok(()),
    }
}

/// Whether it is something that whoever waits for it wants to hear: it came, or came further, or is asked
/// to be corrected once more.
fn is_news(phase: Phase, before: &str, event: &Event) -> bool {
    let begins = matches!(
        event.happened(),
        Some(Happened::Received { .. } | Happened::Returned { .. } | Happened::Supplemented { .. })
    );
    phase.name() != before || begins
}

/// Whether the case has just come to a stage that the county works, or was corrected while it is there.
fn comes_to_county(case: &AtHand, event: &Event) -> bool {
    let comes = matches!(
        event.happened(),
        Some(
            Happened::Received { .. }
                | Happened::Worked { .. }
                | Happened::Appealed { .. }
                | Happened::Supplemented { .. }
        )
    );
    let is_there = case.stage().is_some_and(|stage| stage.work == Work::County);
    comes && is_there && case.case.standing == Standing::Going
}

/// A case that has just come to an event, and what is so.
struct Cause<'c> {
    now: Now<'c>,
    case: &'c AtHand,
}

impl Cause<'_> {
    fn key(&self, kind: Kind, destination: &str) -> Key {
        let row = &self.case.row;
        let destination = destination.to_owned();
        Key { case: row.number.clone(), event: row.events, kind, destination }
    }

    async fn add(
        &self,
        db: &mut dyn Connection,
        key: &Key,
        body: &[u8],
        first_try_at: ServerTime,
    ) -> Result<(), StorageError> {
        let times = (self.now.at, first_try_at);
        storage::outgoing::add(db, &self.now.server.township, key, body, times).await
    }

    /// What the applicant is told by SMS, where they may have said to which number.
    async fn sms(&self, db: &mut dyn Connection) -> Result<(), StorageError> {
        let (pack, row) = (&self.now.pack.pack, &self.case.row);
        let item = pack.item(&row.item).filter(|item| item.summary.phone.is_some());
        let (Some(item), Some(_)) = (item, &self.now.server.gateways.sms) else { return Ok(()) };
        let told = Told {
            township: &pack.township.name,
            item: pack.messages.name(item),
            number: &row.number.0,
            // Every character of an SMS is paid for.
            promised: &deadline_words(pack, row).replace(' ', ""),
            office: pack.office(&row.office).map_or("", |office| &office.name),
        };
        let Some(words) = pack.messages.words(self.case.phase().name(), &told) else {
            return Ok(());
        };
        let at = pack.messages.may_ring(&row.item, self.now.local());
        let key = self.key(Kind::Sms, Kind::Sms.name());
        self.add(db, &key, words.as_bytes(), server_time(at)).await
    }

    /// What other programs are told: that a case came to something, and nothing of anybody.
    async fn webhooks(&self, db: &mut dyn Connection) -> Result<(), StorageError> {
        let phase = self.case.phase();
        for hook in self.now.server.gateways.webhooks.iter().filter(|hook| hook.wants(phase)) {
            let key = self.key(Kind::Webhook, &hook.name);
            let body = self.body(&key, phase).to_string();
            self.add(db, &key, body.as_bytes(), self.now.at).await?;
        }
        Ok(())
    }

    fn body(&self, key: &Key, phase: Phase) -> serde_json::Value {
        let (pack, row) = (&self.now.pack.pack, &self.case.row);
        let at = |time| moment(pack, time);
        json!({
            "id": id(key),
            "township": self.now.server.township.0,
            "case": row.number.0,
            "item": row.item.0,
            "phase": phase.name(),
            "at": at(self.now.at),
            "times": {
                "received": at(row.received_at),
                "accepted": self.case.case.accepted_at.map(|time| at(server_time(time))),
                "promised": at(row.promised_by),
            },
        })
    }

    /// Hands the case to the department that answers this stage, where one does.
    async fn county(&self, db: &mut dyn Connection) -> Result<(), StorageError> {
        let Some(stage) = self.case.stage() else { return Ok(()) };
        let row = &self.case.row;
        let department = self.now.server.gateways.department_of(&row.item.0, &stage.id);
        let Some(department) = department else { return Ok(()) };
        let handed = Handed { envelope: row.envelope, stage: stage.id.clone() };
        let key = self.key(Kind::County, &department.id);
        self.add(db, &key, &protocol::encode(&handed), self.now.at).await
    }
}

/// What names an event to whoever is sent it: the same at each try, and another at each event.
pub(super) fn id(key: &Key) -> String {
    format!("{}.{}", key.case.0, key.event)
}

/// A time as other systems read it (RFC 3339), by the township's clock.
pub(super) fn moment(pack: &Pack, time: ServerTime) -> String {
    local(pack, time).format(&Rfc3339).unwrap_or_default()
}
