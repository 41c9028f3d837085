//! A phone: its disk, keys, clocks.

use std::cell::Cell;
use std::rc::Rc;

use protocol::DeviceTime;
use vault::{DeviceKeys, Phone, VaultError};

use crate::chance::Chance;
use crate::crypto::{DeviceSigner, Software, cipher};
use crate::disk::Disk;
use crate::time::{Time, turn};
use crate::wire::Secrets;

/// When the simulation begins: a Monday morning.
pub(crate) const BEGINNING_MS: i64 = 1_795_399_200_000;

/// A phone. Clones are the same phone.
#[derive(Clone)]
pub(crate) struct SimulatedPhone(Rc<Inner>);

struct Inner {
    disk: Disk,
    crypto: Software,
    /// Kept by the browser, not by its database.
    signer: DeviceSigner,
    secret: [u8; 32],
    time: Time,
    /// What the clock that people set is wrong by.
    wrong_ms: Cell<i64>,
    /// When the app was started.
    started_ms: Cell<u64>,
}

impl SimulatedPhone {
    pub(crate) fn new(chance: Chance, time: Time, secrets: Secrets) -> Self {
        let crypto = Software(chance.clone());
        Self(Rc::new(Inner {
            disk: Disk::new(chance.clone(), secrets),
            signer: crypto.new_signer(),
            secret: chance.bytes(),
            crypto,
            time,
            wrong_ms: Cell::default(),
            started_ms: Cell::default(),
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

    pub(crate) fn disk(&self) -> &Disk {
        &self.0.disk
    }
}

impl Phone for SimulatedPhone {
    type Store = Disk;
    type Crypto = Software;

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

    async fn device(&self) -> Result<DeviceKeys<Software>, VaultError> {
        turn().await;
        Ok(DeviceKeys { signer: self.0.signer.clone(), secret: cipher(&self.0.secret) })
    }
}
