//! Delivery in the page: runs the courier (`docs/courier.md`), writes down what it was told, and
//! tells the screens how things really are. Also gets the pack and its forms into the vault, so
//! that everything works without a network from then on.
//!
//! One courier works at a time in all tabs (a Web Lock, held while there is something to do); the
//! others hear of what it did and read it from the vault.

mod exchange;
mod mailbag;
mod media;
mod pack;
mod run;
mod status;
mod wake;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use courier::{Courier, Moment};
use leptos::prelude::{ArcRwSignal, ArcTrigger, Get, Notify, Track};
use protocol::pack::PhonePack;
use protocol::{Digest, EnvelopeId, FileId};
use wasm_bindgen_futures::spawn_local;

pub(crate) use mailbag::{Brought, TakenIn};
pub use pack::NoForm;
pub use status::{Connection, Status};

use crate::device::channel::Channel;
use crate::device::{clock, presence};
use crate::vault::Vault;
use wake::Wake;

/// Delivery, for as long as the page lives. Cheap to clone.
#[derive(Clone)]
pub struct Delivery(Rc<Inner>);

struct Inner {
    vault: Vault,
    courier: RefCell<Option<Courier>>,
    /// The file that is being sent.
    sending: RefCell<Option<(FileId, Rc<Vec<u8>>)>>,
    wake: Wake,
    others: RefCell<Option<Channel>>,
    reached_at: Cell<Option<Moment>>,
    wanted_pack: Cell<Option<Digest>>,
    /// Whether the pack's pictures and sounds are all here.
    has_media: Cell<bool>,
    status: ArcRwSignal<Status>,
    pack: ArcRwSignal<Option<Arc<PhonePack>>>,
    changed: ArcTrigger,
}

/// So soon after the township answered there is nothing new to see.
const FRESH_MS: u64 = 3_000;

impl Delivery {
    /// Begins, with what is in `vault`.
    pub fn start(vault: Vault) -> Self {
        let delivery = Self(Rc::new(Inner {
            vault,
            courier: RefCell::default(),
            sending: RefCell::default(),
            wake: Wake::default(),
            others: RefCell::default(),
            reached_at: Cell::default(),
            wanted_pack: Cell::default(),
            has_media: Cell::default(),
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
            if let Ok(undelivered) = delivery.0.vault.undelivered().await {
                delivery.take_on(undelivered);
            }
            delivery.say_changed();
            delivery.0.wake.wake();
        });
    }

    /// A person wants this envelope tried again now, refused or not.
    pub fn try_again(&self, envelope: EnvelopeId) {
        if let Some(courier) = &mut *self.0.courier.borrow_mut() {
            courier.try_again(envelope);
        }
        self.0.wake.wake();
    }

    /// The network may be back, or a person wants to know now.
    pub fn try_now(&self) {
        if let Some(courier) = &mut *self.0.courier.borrow_mut() {
            courier.hint();
        }
        self.0.wake.wake();
    }

    /// Somebody looks at the app again.
    fn look(&self) {
        let now = clock::running_ms();
        let is_fresh =
            self.0.reached_at.get().is_some_and(|at| now < at.0.saturating_add(FRESH_MS));
        if !is_fresh {
            self.try_now();
        }
    }

    fn hear_others(&self) {
        let inner = Rc::downgrade(&self.0);
        let channel = Channel::join("xst delivery", move |message| {
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
