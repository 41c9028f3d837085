//! What is known of the people whom this phone's holder serves, for as long as an account is open.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Delivery;
use super::status::Connection;
use crate::device::clock;
use crate::vault::Vault;

/// How long what was had is not asked for again.
const HOURLY_MS: u64 = 3_600_000;
/// How long to wait after it could not be had.
const AGAIN_MS: u64 = 60_000;

impl Delivery {
    /// Has the account's roster follow the township's whenever that can be reached.
    pub(crate) fn follow_roster(&self, vault: Vault) {
        let delivery = self.clone();
        let not_before = Rc::new(Cell::new(0));
        Effect::new(move || {
            let is_reached = delivery.status().connection == Connection::Reached;
            let now = clock::running_ms();
            if !is_reached || !delivery.0.is_certified.get() || now < not_before.get() {
                return;
            }
            not_before.set(now + AGAIN_MS);
            let (delivery, vault) = (delivery.clone(), vault.clone());
            let not_before = Rc::clone(&not_before);
            spawn_local(async move {
                // What could not be had or kept now is tried again.
                if let Ok(true) = delivery.0.rounds.renew_roster(&vault).await {
                    not_before.set(now + HOURLY_MS);
                }
            });
        });
    }
}
