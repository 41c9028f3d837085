//! The loop that runs the courier.

use ::delivery::{Told, Watch};
use courier::{Note, Step};
use leptos::prelude::{GetUntracked, Notify};

use super::pack::NO_PACK_MS;
use super::status::Connection;
use super::{Delivery, Inner};
use crate::device::{background, clock, link, locks, page, presence};
use crate::vault::VaultError;

/// How long to rest when the phone could not write down what it was told.
const TROUBLE_MS: u64 = 10_000;
/// How long to rest when a newer pack, or a form of it, could not be had.
const OLD_PACK_MS: u64 = 30_000;

impl Watch for Delivery {
    fn sends(&self, sends: bool) {
        self.tell(|status| status.is_sending = sends);
    }

    fn told(&self, told: &Told) {
        self.learn_connection(told.is_reached);
        self.tell_of(&told.notes);
    }
}

impl Delivery {
    /// Delivers for as long as the page lives.
    pub(crate) async fn run(self) {
        self.hear_others();
        let looked = self.clone();
        presence::on_look(move || looked.look());
        let hidden = self.clone();
        presence::on_hide(move || hidden.leave_to_the_browser());
        let on_another = self.clone();
        link::on_change(move || on_another.follow_link());
        // Not behind the lock: another tab may hold it for minutes. What fails here is tried
        // again, and told, below.
        let _ = self.load().await;
        // What cannot be cleared away now is at the next start.
        let _ = self.device().clear_unfinished().await;
        if matches!(self.device().has_cases().await, Ok(true)) {
            background::ask_for_news().await;
        }
        loop {
            let working = self.clone();
            locks::alone(locks::COURIER, async move { working.work().await }).await;
            let ms = self.rest_ms();
            self.0.wake.rest(ms).await;
        }
    }

    /// Does what there is to do; then the lock is free for another tab.
    async fn work(&self) {
        if let Err(trouble) = self.work_until_rest().await {
            self.0.rounds.unload();
            self.tell(|status| status.trouble = Some(trouble));
        }
        self.tell(|status| status.is_sending = false);
    }

    async fn work_until_rest(&self) -> Result<(), VaultError> {
        if !self.0.rounds.is_loaded() {
            self.load().await?;
        }
        if !self.get_first_pack().await? {
            return Ok(());
        }
        self.tell(|status| status.trouble = None);
        self.hold_files().await?;
        self.0.rounds.work_off(self).await?;
        self.get_wanted_pack().await?;
        if !self.0.has_media.get() {
            self.0.has_media.set(self.get_all_media().await?);
        }
        self.renew_roster().await?;
        Ok(())
    }

    /// Builds the courier from what is written.
    pub(super) async fn load(&self) -> Result<(), VaultError> {
        self.0.is_certified.set(self.device().certificate().await?.is_some());
        let delivered_at = self.0.rounds.load().await?;
        self.tell(|status| {
            status.is_read = true;
            status.delivered_at = delivered_at;
        });
        Ok(())
    }

    pub(super) fn learn_connection(&self, is_reached: Option<bool>) {
        let connection = match is_reached {
            None => return,
            Some(true) => Connection::Reached,
            Some(false) => Connection::Unreachable,
        };
        if connection == Connection::Reached {
            self.0.reached_at_ms.set(Some(clock::running_ms()));
        }
        self.tell(|status| status.connection = connection);
    }

    /// Tells the screens, and other tabs, of what was written down.
    pub(super) fn tell_of(&self, notes: &[Note]) {
        let mut changes_lists = false;
        for note in notes {
            match note {
                Note::Pack(_) | Note::Offset { .. } => {}
                // Whoever works for the township needs a PIN from now on: the gate asks for it.
                Note::Certified { .. } => {
                    if !self.0.is_certified.replace(true) {
                        page::load_again();
                    }
                }
                // The keys are dropped: it is another device that goes on.
                Note::Revoked { .. } => {
                    self.say_changed();
                    page::load_again();
                }
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
    }

    /// Another tab has done something: its courier knows more than this one.
    pub(super) async fn follow_other_tab(&self, message: &[u8]) {
        // The keys that this tab opened something with are gone.
        if matches!(self.device().is_current().await, Ok(false)) {
            return page::load_again();
        }
        // This tab's own work reads the vault itself when it comes upon a difference.
        if !self.0.status.get_untracked().is_sending && self.load().await.is_ok() {
            self.0.rounds.heard_elsewhere();
            let connection = Connection::from_bytes(message);
            self.tell(|status| status.connection = connection);
        }
        self.0.changed.notify();
        self.0.wake.wake();
    }

    /// How long to rest; none where only a hint can change anything.
    fn rest_ms(&self) -> Option<u64> {
        let Inner { rounds, pack, .. } = &*self.0;
        if !rounds.is_loaded() {
            return Some(TROUBLE_MS);
        }
        if pack.get_untracked().is_none() {
            return Some(NO_PACK_MS);
        }
        if !presence::is_visible() && self.0.status.get_untracked().undelivered() == 0 {
            return None;
        }
        let courier_ms = match rounds.next() {
            Step::Wait(until) => Some(until.0.saturating_sub(clock::running_ms())),
            Step::Rest => None,
            _ => Some(0),
        };
        let pack_ms = rounds.wants_pack().then_some(OLD_PACK_MS);
        courier_ms.into_iter().chain(pack_ms).min()
    }
}
