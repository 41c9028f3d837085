//! What every screen can reach: the vault, and delivery, which goes on while the vault is locked.

use std::cell::RefCell;

use form::Session;
use leptos::prelude::*;
use protocol::ApplicationId;

use crate::delivery::Delivery;
use crate::vault::{Device, Draft, Vault};

/// This phone. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Phone(StoredValue<Inner, LocalStorage>);

struct Inner {
    vault: Vault,
    delivery: Delivery,
    begun: RefCell<Option<(Draft, Session)>>,
}

impl Phone {
    /// With an open vault and delivery under way.
    pub(crate) fn new(vault: Vault, delivery: Delivery) -> Self {
        Self(StoredValue::new_local(Inner { vault, delivery, begun: RefCell::default() }))
    }

    /// The vault.
    pub(crate) fn vault(self) -> Vault {
        self.0.with_value(|inner| inner.vault.clone())
    }

    /// The device.
    pub(crate) fn device(self) -> Device {
        self.0.with_value(|inner| inner.vault.device().clone())
    }

    /// Delivery.
    pub(crate) fn delivery(self) -> Delivery {
        self.0.with_value(|inner| inner.delivery.clone())
    }

    /// Holds a draft that was begun just now, and kept, for the screen that opens it.
    pub(crate) fn hand_over(self, draft: Draft, session: Session) {
        self.0.with_value(|inner| inner.begun.replace(Some((draft, session))));
    }

    /// The draft that was handed over, and its answers on its form: once.
    pub(crate) fn take_over(self, application: ApplicationId) -> Option<(Draft, Session)> {
        let begun = self.0.with_value(|inner| inner.begun.take());
        begun.filter(|(draft, _)| draft.application == application)
    }
}

/// Delivery, for screens that are there before any account is open.
#[derive(Clone, Copy)]
struct Delivering(StoredValue<Delivery, LocalStorage>);

/// Lets every screen see how delivery is.
pub(crate) fn provide_delivery(delivery: Delivery) {
    provide_context(Delivering(StoredValue::new_local(delivery)));
}

/// Delivery, whether an account is open or not.
pub(crate) fn delivery() -> Delivery {
    let Delivering(delivery) = expect_context();
    delivery.get_value()
}

/// The phone that this screen is on.
pub(crate) fn phone() -> Phone {
    expect_context()
}
