//! Delivery in the page: runs the courier's rounds (`crates/delivery`) and tells the screens how
//! things really are. Also gets the pack and its forms into the vault, so that everything works
//! without a network from then on.
//!
//! One courier works at a time in all tabs (a Web Lock, held while there is something to do); the
//! others hear of what it did and read it from the vault.

mod mailbag;
mod media;
mod pack;
mod recovery;
mod roster;
mod run;
mod status;
mod wake;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use ::delivery::Rounds;
use browser::{Browser, Fetch};
use leptos::prelude::{ArcRwSignal, ArcTrigger, Get, GetUntracked, Notify, Track};
use protocol::EnvelopeId;
use protocol::pack::PhonePack;
use wasm_bindgen_futures::spawn_local;

pub use ::delivery::NotHad;
pub(crate) use mailbag::Brought;
pub use status::{Connection, Status};

use crate::device::channel::{self, Channel};
use crate::device::{background, clock, presence};
use crate::vault::{Device, Vault};
use wake::Wake;

/// Delivery, for as long as the page lives. Cheap to clone.
#[derive(Clone)]
pub struct Delivery(Rc<Inner>);

struct Inner {
    rounds: Rounds<Browser, Fetch>,
    wake: Wake,
    others: RefCell<Option<Channel>>,
    /// By the clock that nobody sets.
    reached_at_ms: Cell<Option<u64>>,
    /// Whether the township gave this phone to somebody who works for it.
    is_certified: Cell<bool>,
    /// Whether the pack's pictures and sounds are all here.
    has_media: Cell<bool>,
    /// The account that is open, if one is.
    open: RefCell<Option<Vault>>,
    /// Before then its roster need not be asked for: by the clock that nobody sets.
    roster_after_ms: Cell<u64>,
    /// Whether the person wants files sent over whatever link there is, this once.
    sends_anyway: Cell<bool>,
    status: ArcRwSignal<Status>,
    pack: ArcRwSignal<Option<Arc<PhonePack>>>,
    changed: ArcTrigger,
}

/// So soon after the township answered there is nothing new to see.
const FRESH_MS: u64 = 3_000;

impl Delivery {
    /// Begins, with what is on `device`.
    pub fn start(device: Device) -> Self {
        let delivery = Self(Rc::new(Inner {
            rounds: Rounds::new(device, Fetch),
            wake: Wake::default(),
            others: RefCell::default(),
            reached_at_ms: Cell::default(),
            is_certified: Cell::default(),
            has_media: Cell::default(),
            open: RefCell::default(),
            roster_after_ms: Cell::default(),
            sends_anyway: Cell::default(),
            status: ArcRwSignal::new(Status::default()),
            pack: ArcRwSignal::new(None),
            changed: ArcTrigger::new(),
        }));
        let online = delivery.clone();
        presence::on_online(move || online.try_now());
        let offline = delivery.clone();
        presence::on_offline(move || {
            offline.tell(|status| status.connection = Connection::Unreachable);
        });
        spawn_local(delivery.clone().begin());
        delivery
    }

    /// How things are. Follows.
    pub fn status(&self) -> Status {
        self.0.status.get()
    }

    /// The township's pack; none before the first contact ever. Follows.
    pub fn pack(&self) -> Option<Arc<PhonePack>> {
        self.0.pack.get()
    }

    /// Follows whatever may change the lists of the vault that deliveries and cases are in,
    /// through this tab or another.
    pub fn follow_changes(&self) {
        self.0.changed.track();
    }

    /// There is something new in the outbox.
    pub fn deliver(&self) {
        let delivery = self.clone();
        spawn_local(async move {
            if let Ok(undelivered) = delivery.device().undelivered().await {
                delivery.0.rounds.take_on(undelivered);
            }
            delivery.tell(|_| {});
            delivery.say_changed();
            delivery.0.wake.wake();
            // At once: nobody is told for sure when a phone ends an app.
            background::ask().await;
        });
    }

    /// Nobody wants this envelope delivered any more.
    pub fn forget(&self, envelope: EnvelopeId) {
        self.0.rounds.forget(envelope);
        self.tell(|_| {});
        self.say_changed();
    }

    /// A person wants this envelope tried again now, refused or not.
    pub fn try_again(&self, envelope: EnvelopeId) {
        self.0.rounds.try_again(envelope);
        self.0.wake.wake();
    }

    /// Nobody looks at the app any more: what is left, the browser delivers.
    fn leave_to_the_browser(&self) {
        if self.0.status.get_untracked().undelivered() > 0 {
            spawn_local(background::ask());
        }
    }

    /// The link is another, or what it may carry.
    pub(crate) fn follow_link(&self) {
        let delivery = self.clone();
        spawn_local(async move {
            // What cannot be read is told by the loop that delivers, which reads it too.
            let _ = delivery.hold_files().await;
            delivery.0.wake.wake();
        });
    }

    /// A person wants files sent over the link that there is, until the page is left.
    pub(crate) fn send_files_anyway(&self) {
        self.0.sends_anyway.set(true);
        self.follow_link();
    }

    /// The network may be back, or a person wants to know now.
    pub fn try_now(&self) {
        self.0.rounds.hint();
        self.0.wake.wake();
    }

    /// Somebody looks at the app again.
    fn look(&self) {
        let now = clock::running_ms();
        let is_fresh =
            self.0.reached_at_ms.get().is_some_and(|at| now < at.saturating_add(FRESH_MS));
        if !is_fresh {
            self.try_now();
        }
    }

    /// The device that delivers.
    pub(crate) fn device(&self) -> &Device {
        self.0.rounds.device()
    }

    fn hear_others(&self) {
        let inner = Rc::downgrade(&self.0);
        let channel = Channel::join(channel::DELIVERY, move |message| {
            let Some(inner) = inner.upgrade() else { return };
            let delivery = Self(inner);
            spawn_local(async move { delivery.follow_other_tab(&message).await });
        });
        *self.0.others.borrow_mut() = Some(channel);
    }

    fn say_changed(&self) {
        if let Some(others) = &*self.0.others.borrow() {
            others.say(&self.connection().to_byte());
        }
        self.0.changed.notify();
    }
}
