//! What an operator sees of devices.

use protocol::{CaseNumber, DeviceId, Holder, ServerTime};

use crate::server::Server;
use crate::storage::{self, StorageError};

/// A device that the township says something of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Which.
    pub id: DeviceId,
    /// Whom it was given to, if to anybody.
    pub given: Option<Given>,
    /// Since when it is nobody's any more.
    pub revoked_at: Option<ServerTime>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// When it was heard of last, noted every ten minutes at most.
    pub seen_at: Option<ServerTime>,
    /// When its holder, who forgot a PIN, asked for help that was not given yet.
    pub asked_for_help_at: Option<ServerTime>,
}

/// Whom a device was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// To whom.
    pub holder: Holder,
    /// From when on.
    pub valid_from: ServerTime,
    /// Until when.
    pub valid_until: ServerTime,
}

impl Server {
    /// All devices that the township says something of.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn known_devices(&self) -> Result<Vec<KnownDevice>, StorageError> {
        let mut db = self.storage.read().await?;
        let mut known = Vec::new();
        for device in storage::devices::list(&mut *db, &self.township).await? {
            let asked = storage::recovery::find(&mut *db, &self.township, &device.id).await?;
            known.push(KnownDevice::new(device, asked.asked_at));
        }
        Ok(known)
    }

    /// The device that a case came from: what a villager who lost a phone can be found by.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn device_of_case(
        &self,
        case: &CaseNumber,
    ) -> Result<Option<DeviceId>, StorageError> {
        let mut db = self.storage.read().await?;
        let case = storage::cases::find(&mut *db, &self.township, case).await?;
        Ok(case.map(|case| case.device))
    }
}

impl KnownDevice {
    fn new(device: storage::devices::Device, asked_for_help_at: Option<ServerTime>) -> Self {
        let storage::devices::Device { id, given, revoked_at, reason, seen_at } = device;
        let given = given.map(|given| Given {
            holder: given.holder,
            valid_from: given.valid_from,
            valid_until: given.valid_until,
        });
        Self { id, given, revoked_at, reason, seen_at, asked_for_help_at }
    }
}
