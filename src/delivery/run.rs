//! The loop that runs the courier.

use courier::{Courier, Delivery as Undelivered, Failure, Moment, Note, Outcome, Step};
use leptos::prelude::{GetUntracked, Notify};

use super::pack::NO_PACK_MS;
use super::status::Connection;
use super::{Delivery, Inner};
use crate::device::{clock, locks, presence, random};
use crate::vault::{DeliveryRecord, VaultError};

/// The lock that the working courier holds.
const LOCK: &str = "xst courier";
/// How long to rest when the phone could not write down what it was told.
const TROUBLE_MS: u64 = 10_000;
/// How long to rest when a newer pack, or a form of it, could not be had.
const OLD_PACK_MS: u64 = 30_000;

impl Delivery {
    /// Delivers for as long as the page lives.
    pub(crate) async fn run(self) {
        self.hear_others();
        let looked = self.clone();
        presence::on_look(move || looked.look());
        // Not behind the lock: another tab may hold it for minutes. What fails here is tried
        // again, and told, below.
        let _ = self.load().await;
        loop {
            let working = self.clone();
            locks::alone(LOCK, async move { working.work().await }).await;
            let ms = self.rest_ms();
            self.0.wake.rest(ms).await;
        }
    }

    /// Does what there is to do; then the lock is free for another tab.
    async fn work(&self) {
        if let Err(trouble) = self.work_until_rest().await {
            *self.0.courier.borrow_mut() = None;
            self.tell(|status| status.trouble = Some(trouble));
        }
        self.0.sending.take();
        self.tell(|status| status.is_sending = false);
    }

    async fn work_until_rest(&self) -> Result<(), VaultError> {
        if self.0.courier.borrow().is_none() {
            self.load().await?;
        }
        if !self.get_first_pack().await? {
            return Ok(());
        }
        self.tell(|status| status.trouble = None);
        self.work_off_steps().await?;
        self.get_wanted_pack().await?;
        if !self.0.has_media.get() {
            self.0.has_media.set(self.get_all_media().await?);
        }
        Ok(())
    }

    async fn work_off_steps(&self) -> Result<(), VaultError> {
        loop {
            let Some(step) = self.next() else { return Ok(()) };
            let carries = matches!(&step, Step::Send { .. })
                || matches!(&step, Step::Sync { envelopes, .. } if !envelopes.is_empty());
            self.tell(|status| status.is_sending = carries);
            let Some(outcome) = self.take(&step).await? else {
                // Another tab has done it meanwhile.
                self.load().await?;
                continue;
            };
            self.learn_connection(&outcome);
            self.write_down(self.told(&step, outcome)).await?;
        }
    }

    /// Builds the courier from what is written.
    pub(super) async fn load(&self) -> Result<(), VaultError> {
        let vault = &self.0.vault;
        let records = vault.deliveries().await?.records;
        let delivered_at = records.iter().filter_map(DeliveryRecord::delivered_at).max();
        let cursor = vault.cursor().await?;
        let listens = vault.has_cases().await?;
        let courier = Courier::new(Vec::new(), cursor, listens);
        *self.0.courier.borrow_mut() = Some(courier);
        self.take_on(vault.undelivered().await?);
        self.tell(|status| {
            status.is_read = true;
            status.delivered_at = delivered_at;
        });
        Ok(())
    }

    pub(super) fn take_on(&self, undelivered: Vec<Undelivered>) {
        if let Some(courier) = &mut *self.0.courier.borrow_mut() {
            undelivered.into_iter().for_each(|delivery| courier.take(delivery));
        }
        self.tell(|_| {});
    }

    fn next(&self) -> Option<Step> {
        let mut courier = self.0.courier.borrow_mut();
        let step = courier.as_mut()?.next(now());
        (!matches!(step, Step::Wait(_) | Step::Rest)).then_some(step)
    }

    fn told(&self, step: &Step, outcome: Outcome) -> Vec<Note> {
        let chance = u16::from_ne_bytes(random::bytes());
        match &mut *self.0.courier.borrow_mut() {
            Some(courier) => courier.told(step, outcome, now(), chance),
            None => Vec::new(),
        }
    }

    fn learn_connection(&self, outcome: &Outcome) {
        let connection = match outcome {
            Outcome::Failed(Failure::Unreachable) => Connection::Unreachable,
            Outcome::LostEnvelope(_) | Outcome::LostFile => return,
            _ => Connection::Reached,
        };
        if connection == Connection::Reached {
            self.0.reached_at.set(Some(now()));
        }
        self.tell(|status| status.connection = connection);
    }

    pub(super) async fn write_down(&self, notes: Vec<Note>) -> Result<(), VaultError> {
        self.0.vault.write_down(&notes).await?;
        let mut changes_lists = false;
        for note in &notes {
            match note {
                Note::Pack(version) => self.0.wanted_pack.set(Some(*version)),
                Note::Offset { .. } => {}
                Note::Received { receipt, .. } => {
                    changes_lists = true;
                    let at = Some(receipt.received_at);
                    self.tell(|status| status.delivered_at = status.delivered_at.max(at));
                }
                Note::Completed { completion, .. } => {
                    changes_lists = true;
                    let at = Some(completion.completed_at);
                    self.tell(|status| status.delivered_at = status.delivered_at.max(at));
                }
                Note::Refused { .. } | Note::Heard { .. } => changes_lists = true,
            }
        }
        self.tell(|_| {});
        if changes_lists {
            self.say_changed();
        }
        Ok(())
    }

    /// Another tab has done something: its courier knows more than this one.
    pub(super) async fn follow_other_tab(&self, message: &[u8]) {
        // This tab's own work reads the vault itself when it comes upon a difference.
        if !self.0.status.get_untracked().is_sending && self.load().await.is_ok() {
            if let Some(courier) = &mut *self.0.courier.borrow_mut() {
                courier.heard_elsewhere(now());
            }
            let connection = Connection::from_bytes(message);
            self.tell(|status| status.connection = connection);
        }
        self.0.changed.notify();
        self.0.wake.wake();
    }

    /// How long to rest; none where only a hint can change anything.
    fn rest_ms(&self) -> Option<u64> {
        let now = now();
        let Inner { courier, pack, wanted_pack, .. } = &*self.0;
        let Some(courier) = &mut *courier.borrow_mut() else { return Some(TROUBLE_MS) };
        if pack.get_untracked().is_none() {
            return Some(NO_PACK_MS);
        }
        if !presence::is_visible() && self.0.status.get_untracked().undelivered() == 0 {
            return None;
        }
        let courier_ms = match courier.next(now) {
            Step::Wait(until) => Some(until.0.saturating_sub(now.0)),
            Step::Rest => None,
            _ => Some(0),
        };
        let pack_ms = wanted_pack.get().map(|_| OLD_PACK_MS);
        courier_ms.into_iter().chain(pack_ms).min()
    }
}

fn now() -> Moment {
    Moment(clock::running_ms())
}
