//! Delivers while no page of the app is open. A WebAssembly file of its own, which the service worker
//! runs when the browser finds a network (Background Sync) or from time to time (Periodic Background
//! Sync): <https://wicg.github.io/background-sync/spec/>. It needs nobody's PIN.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a browser runs it"))]

use std::cell::Cell;
use std::rc::Rc;

use browser::channel::{self, Channel};
use browser::{Browser, Fetch, NAME, clock, link, locks};
use courier::Step;
use delivery::{Connection, Rounds, Told, Watch};
use vault::VaultError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Browsers end a service worker that works longer than some minutes; the rest is for the next time.
const AT_MOST_MS: u64 = 150_000;

/// Delivers what waits and hears the news. Tells whether something is left that another try may
/// deliver.
#[wasm_bindgen]
pub async fn deliver() -> bool {
    // What fails is tried again when the browser calls the next time, or a page is opened.
    work().await.unwrap_or(true)
}

async fn work() -> Result<bool, VaultError> {
    let end = clock::running_ms() + AT_MOST_MS;
    let rounds = Rounds::new(Browser::device(NAME).await?, Fetch);
    // Without a pack nothing was ever filled in.
    if rounds.take_up_pack().await?.is_none() {
        return Ok(false);
    }
    let holds = link::is_metered() && rounds.device().files_wait().await?;
    rounds.hold_files(holds);
    loop {
        let is_reached = round(&rounds).await?;
        let left = rounds
            .progress()
            .is_some_and(|(progress, _)| progress.waiting > 0 || (progress.arrived > 0 && !holds));
        match rounds.next() {
            // Without a network there is nothing to wait for: the browser calls again when there is.
            Step::Wait(until) if left && is_reached && until.0 < end => {
                let ms = until.0.saturating_sub(clock::running_ms());
                clock::pause(ms as u32).await;
            }
            _ => return Ok(left),
        }
    }
}

/// Takes steps until there is nothing to do but to rest; tells whether the township answered. A page
/// that works holds the lock, and gets it while this rests.
async fn round(rounds: &Rounds<Browser, Fetch>) -> Result<bool, VaultError> {
    let done = Rc::new(Cell::new(Ok(false)));
    let (told, rounds) = (Rc::clone(&done), rounds.clone());
    locks::alone(locks::COURIER, async move {
        let changed = Changed::default();
        let worked = async {
            rounds.load().await?;
            rounds.work_off(&changed).await.map(|()| changed.is_reached.get())
        };
        told.set(worked.await);
        changed.say();
    })
    .await;
    done.replace(Ok(false))
}

/// Remembers whether the township answered, and that something was written down, for pages that may
/// be open.
#[derive(Default)]
struct Changed {
    is_reached: Cell<bool>,
    is_written: Cell<bool>,
}

impl Changed {
    fn say(&self) {
        if self.is_written.take() {
            let others = Channel::join(channel::DELIVERY, |_| {});
            others.say(&Connection::Reached.to_byte());
        }
    }
}

impl Watch for Changed {
    fn sends(&self, _: bool) {}

    fn told(&self, told: &Told) {
        if told.is_reached == Some(true) {
            self.is_reached.set(true);
        }
        if !told.notes.is_empty() {
            self.is_written.set(true);
        }
    }
}
