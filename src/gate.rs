//! What stands before the screens as long as no account is open.

use leptos::prelude::*;

use crate::vault::{Device, Vault};

/// A device whose accounts are all closed, until one is opened. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Gate {
    device: StoredValue<Device, LocalStorage>,
    vault: RwSignal<Option<Vault>, LocalStorage>,
}

impl Gate {
    pub(crate) fn before(device: Device) -> Self {
        Self { device: StoredValue::new_local(device), vault: RwSignal::new_local(None) }
    }

    /// The device.
    pub(crate) fn device(self) -> Device {
        self.device.get_value()
    }

    /// The account that was opened. Follows.
    pub(crate) fn opened(self) -> Option<Vault> {
        self.vault.get()
    }

    /// Shows the screens.
    pub(crate) fn open(self, vault: Vault) {
        self.vault.set(Some(vault));
    }
}
