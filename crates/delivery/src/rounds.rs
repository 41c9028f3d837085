//! The courier's rounds: what runs it, and remembers for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use courier::{Courier, Delivery, Failure, Moment, Note, Outcome, Progress, Step};
use protocol::pack::PhonePack;
use protocol::{Digest, EnvelopeId, ServerTime};
use vault::{Crypto as _, DeliveryRecord, Device, Phone, VaultError};

use crate::network::Network;

/// Runs the courier over a device and a network. Cheap to clone.
pub struct Rounds<P: Phone, N: Network>(pub(crate) Rc<Inner<P, N>>);

pub(crate) struct Inner<P: Phone, N: Network> {
    pub(crate) device: Device<P>,
    pub(crate) network: N,
    pub(crate) courier: RefCell<Option<Courier>>,
    pub(crate) pack: RefCell<Option<Arc<PhonePack>>>,
    /// The version of a newer pack that is still to be got.
    pub(crate) wanted_pack: Cell<Option<Digest>>,
    pub(crate) has_looked_at_pack: Cell<bool>,
    /// Whether files wait for another link.
    pub(crate) holds_files: Cell<bool>,
}

/// What came of a step.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whether the township answered; none where it was not asked.
    pub is_reached: Option<bool>,
    /// What was written down.
    pub notes: Vec<Note>,
}

/// Whoever shows how things are.
pub trait Watch {
    /// A step begins, which sends something that waited, or does not.
    fn sends(&self, sends: bool);

    /// Something came of it, and is written down.
    fn told(&self, told: &Told);
}

impl<P: Phone, N: Network> Clone for Rounds<P, N> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P: Phone, N: Network> Rounds<P, N> {
    /// Over `device` and `network`. Nothing is done before [`Rounds::load`].
    pub fn new(device: Device<P>, network: N) -> Self {
        Self(Rc::new(Inner {
            device,
            network,
            courier: RefCell::default(),
            pack: RefCell::default(),
            wanted_pack: Cell::default(),
            has_looked_at_pack: Cell::default(),
            holds_files: Cell::default(),
        }))
    }

    /// The device.
    pub fn device(&self) -> &Device<P> {
        &self.0.device
    }

    /// Builds the courier from what is written, and tells when the township got the last thing
    /// that it proved, by its clock.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn load(&self) -> Result<Option<ServerTime>, VaultError> {
        let device = &self.0.device;
        let deliveries = device.deliveries().await?;
        let delivered_at = deliveries.records.iter().filter_map(DeliveryRecord::delivered_at).max();
        let cursor = device.cursor().await?;
        let listens = device.has_cases().await?;
        let mut courier = Courier::new(deliveries.undelivered(), cursor, listens);
        courier.hold_files(self.0.holds_files.get());
        *self.0.courier.borrow_mut() = Some(courier);
        Ok(delivered_at)
    }

    /// Whether the courier is there.
    pub fn is_loaded(&self) -> bool {
        self.0.courier.borrow().is_some()
    }

    /// Forgets the courier: what it knows may not be what is written.
    pub fn unload(&self) {
        self.0.courier.take();
    }

    /// Takes on what is new in the outbox.
    pub fn take_on(&self, undelivered: Vec<Delivery>) {
        self.with_courier(|courier| {
            undelivered.into_iter().for_each(|delivery| courier.take(delivery));
        });
    }

    /// Nobody wants this envelope delivered any more, and it is no longer kept.
    pub fn forget(&self, envelope: EnvelopeId) {
        self.with_courier(|courier| courier.forget(envelope));
    }

    /// A person wants this envelope tried again now, refused or not.
    pub fn try_again(&self, envelope: EnvelopeId) {
        self.with_courier(|courier| courier.try_again(envelope));
    }

    /// The network may be back, or a person wants to know now.
    pub fn hint(&self) {
        self.with_courier(Courier::hint);
    }

    /// Files wait for a link that is not paid for by the byte, or go on.
    pub fn hold_files(&self, holds: bool) {
        self.0.holds_files.set(holds);
        self.with_courier(|courier| courier.hold_files(holds));
    }

    /// Another courier, in another tab, has reached the township.
    pub fn heard_elsewhere(&self) {
        let now = self.now();
        self.with_courier(|courier| courier.heard_elsewhere(now));
    }

    /// How much is still on the phone, and what the phone itself cannot read any more; none before
    /// [`Rounds::load`].
    pub fn progress(&self) -> Option<(Progress, Vec<EnvelopeId>)> {
        let courier = self.0.courier.borrow();
        courier.as_ref().map(|courier| (courier.progress(), courier.lost().collect()))
    }

    /// What to do next: a step, or until when to rest. [`Step::Rest`] before
    /// [`Rounds::load`].
    pub fn next(&self) -> Step {
        let now = self.now();
        self.with_courier(|courier| courier.next(now)).unwrap_or(Step::Rest)
    }

    /// Takes steps until there is nothing to do but to rest.
    ///
    /// # Errors
    /// See [`VaultError`]; then the courier is to be [unloaded](Rounds::unload).
    pub async fn work_off(&self, watch: &impl Watch) -> Result<(), VaultError> {
        self.look_at_pack().await?;
        loop {
            let step = self.next();
            let sends = match &step {
                Step::Wait(_) | Step::Rest => return Ok(()),
                Step::Send { .. } => true,
                Step::Sync { envelopes, .. } => !envelopes.is_empty(),
                Step::Ask { .. } => false,
            };
            watch.sends(sends);
            if let Some(told) = self.take(&step).await? {
                watch.told(&told);
            }
        }
    }

    /// Takes `step` and writes down what came of it. None where there was nothing to be done any
    /// more: another tab did it, and what it wrote is loaded.
    ///
    /// # Errors
    /// See [`VaultError`]; then the courier is to be [unloaded](Rounds::unload).
    async fn take(&self, step: &Step) -> Result<Option<Told>, VaultError> {
        let Some(outcome) = self.exchange(step).await? else {
            self.load().await?;
            return Ok(None);
        };
        let is_reached = match &outcome {
            Outcome::Failed(Failure::Unreachable) => Some(false),
            Outcome::LostEnvelope(_) | Outcome::LostFile => None,
            _ => Some(true),
        };
        let (now, chance) = (self.now(), u16::from_ne_bytes(self.0.device.crypto().random()));
        let notes = self.with_courier(|courier| courier.told(step, outcome, now, chance));
        let notes = notes.unwrap_or_default();
        self.write_down(&notes).await?;
        Ok(Some(Told { is_reached, notes }))
    }

    pub(crate) async fn write_down(&self, notes: &[Note]) -> Result<(), VaultError> {
        self.0.device.write_down(notes).await?;
        for note in notes {
            if let Note::Pack(version) = note {
                self.0.wanted_pack.set(Some(*version));
            }
        }
        Ok(())
    }

    pub(crate) fn with_courier<T>(&self, work: impl FnOnce(&mut Courier) -> T) -> Option<T> {
        self.0.courier.borrow_mut().as_mut().map(work)
    }

    fn now(&self) -> Moment {
        Moment(self.0.device.phone().running_ms())
    }
}
