//! What every screen can reach: the vault and delivery.

use leptos::prelude::*;

use crate::delivery::Delivery;
use crate::vault::Vault;

/// This phone. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Phone(StoredValue<(Vault, Delivery), LocalStorage>);

impl Phone {
    /// With an open vault and delivery under way.
    pub(crate) fn new(vault: Vault, delivery: Delivery) -> Self {
        Self(StoredValue::new_local((vault, delivery)))
    }

    /// The vault.
    pub(crate) fn vault(self) -> Vault {
        self.0.with_value(|(vault, _)| vault.clone())
    }

    /// Delivery.
    pub(crate) fn delivery(self) -> Delivery {
        self.0.with_value(|(_, delivery)| delivery.clone())
    }
}

/// The phone that this screen is on.
pub(crate) fn phone() -> Phone {
    expect_context()
}

/// What `load` gives, once it has; again, whenever something changes that `load` follows before it
/// waits for anything.
pub(crate) fn loaded<T: 'static, F: Future<Output = T> + 'static>(
    load: impl Fn() -> F + 'static,
) -> RwSignal<Option<T>, LocalStorage> {
    let loaded = RwSignal::new_local(None);
    Effect::new(move || {
        let loading = load();
        leptos::task::spawn_local(async move {
            let value = loading.await;
            loaded.try_set(Some(value));
        });
    });
    loaded
}
