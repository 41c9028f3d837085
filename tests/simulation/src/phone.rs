//! A phone: its disk, keys, clocks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use protocol::DeviceTime;
use vault::{Cost, Crypto as _, DeviceKeys, Phone, Place, Store as _, VaultError, Write};

use crate::chance::Chance;
use crate::crypto::{DeviceSigner, Software, cipher};
use crate::disk::Disk;
use crate::time::{Time, turn};
use crate::wire::Secrets;

/// The record of [`Place::Keys`] in which a browser would keep objects of its own.
const KEYS: &str = "device";

/// When the simulation begins: a Monday morning.
pub(crate) const BEGINNING_MS: i64 = 1_795_399_200_000;

/// A phone. Clones are the same phone.
#[derive(Clone)]
pub(crate) struct SimulatedPhone(Rc<Inner>);

struct Inner {
    disk: Disk,
    crypto: Software,
    /// Whether its owner locks it with a PIN.
    wants_pin: bool,
    time: Time,
    /// What the clock that people set is wrong by.
    wrong_ms: Cell<i64>,
    /// When the app was started.
    started_ms: Cell<u64>,
    /// What its tabs have hold of.
    held: RefCell<BTreeSet<String>>,
}

/// Something that a tab has hold of.
pub(crate) struct Hold {
    phone: SimulatedPhone,
    name: String,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.phone.0.held.borrow_mut().remove(&self.name);
    }
}

impl SimulatedPhone {
    pub(crate) fn new(chance: Chance, time: Time, secrets: Secrets) -> Self {
        let crypto = Software(chance.clone());
        Self(Rc::new(Inner {
            disk: Disk::new(chance.clone(), secrets),
            crypto,
            wants_pin: chance.percent(30),
            time,
            wrong_ms: Cell::default(),
            started_ms: Cell::default(),
            held: RefCell::default(),
        }))
    }

    /// Somebody sets the clock.
    pub(crate) fn set_clock_wrong_by(&self, ms: i64) {
        self.0.wrong_ms.set(ms);
    }

    /// The app starts: its own clock begins again.
    pub(crate) fn starts(&self) {
        self.0.started_ms.set(self.0.time.now_ms());
    }

    pub(crate) fn wants_pin(&self) -> bool {
        self.0.wants_pin
    }

    /// Whether a file is being written.
    pub(crate) fn is_writing(&self) -> bool {
        !self.0.held.borrow().is_empty()
    }

    pub(crate) fn disk(&self) -> &Disk {
        &self.0.disk
    }
}

impl Phone for SimulatedPhone {
    type Store = Disk;
    type Crypto = Software;
    type Hold = Hold;

    fn store(&self) -> &Disk {
        &self.0.disk
    }

    fn crypto(&self) -> &Software {
        &self.0.crypto
    }

    fn now(&self) -> DeviceTime {
        let unix_ms = BEGINNING_MS + self.0.time.now_ms() as i64 + self.0.wrong_ms.get();
        DeviceTime { unix_ms, offset_minutes: 480 }
    }

    fn running_ms(&self) -> u64 {
        self.0.time.now_ms() - self.0.started_ms.get()
    }

    fn pin_cost(&self) -> Cost {
        Cost { kibibytes: 8, passes: 1 }
    }

    async fn device(&self) -> Result<DeviceKeys<Software>, VaultError> {
        let disk = &self.0.disk;
        let here = (Place::Keys, KEYS.to_owned());
        if disk.get(Place::Keys, KEYS).await?.is_none() {
            let made = [self.0.crypto.new_signer().to_bytes(), self.0.crypto.random()].concat();
            disk.change(&[Place::Keys], &[here], &|read| {
                let put = || Write::put(Place::Keys, KEYS, made.clone());
                Ok(read[0].is_none().then(put).into_iter().collect())
            })
            .await?;
        }
        let kept = disk.get(Place::Keys, KEYS).await?.ok_or(VaultError::Gone)?;
        let (signer, secret) = kept.split_first_chunk().ok_or(VaultError::Damaged)?;
        let secret = secret.try_into().map_err(|_| VaultError::Damaged)?;
        Ok(DeviceKeys { signer: DeviceSigner::from_bytes(signer), secret: cipher(secret) })
    }

    async fn hold(&self, name: &str) -> Option<Hold> {
        turn().await;
        let is_free = self.0.held.borrow_mut().insert(name.to_owned());
        is_free.then(|| Hold { phone: self.clone(), name: name.to_owned() })
    }
}
