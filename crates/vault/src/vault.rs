//! The vault of an account, open.

use std::rc::Rc;

use crate::account::AccountId;
use crate::device::Device;
use crate::phone::Phone;
use crate::place::{Place, Write};
use crate::sealing::RecordKey;

/// What the phone keeps for one account. As long as this is there, it is open. Cheap to clone.
pub struct Vault<P: Phone>(Rc<Inner<P>>);

struct Inner<P: Phone> {
    device: Device<P>,
    account: AccountId,
    records: RecordKey<P::Crypto>,
}

impl<P: Phone> Clone for Vault<P> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P: Phone> Vault<P> {
    pub(crate) fn open(
        device: Device<P>,
        account: AccountId,
        records: RecordKey<P::Crypto>,
    ) -> Self {
        Self(Rc::new(Inner { device, account, records }))
    }

    /// The device that it is on.
    pub fn device(&self) -> &Device<P> {
        &self.0.device
    }

    /// Whose it is.
    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// The phone that it is on.
    pub fn phone(&self) -> &P {
        self.device().phone()
    }

    pub(crate) fn crypto(&self) -> &P::Crypto {
        self.device().crypto()
    }

    pub(crate) fn store(&self) -> &P::Store {
        self.device().store()
    }

    pub(crate) fn records_key(&self) -> &RecordKey<P::Crypto> {
        &self.0.records
    }

    /// Where the record of this account that is called `key` lies.
    pub(crate) fn at(&self, place: Place, key: impl ToString) -> (Place, String) {
        (place, self.account().key(&key.to_string()))
    }

    /// The change that deletes the record of this account that is called `key`.
    pub(crate) fn deleted(&self, place: Place, key: impl ToString) -> Write {
        let (place, key) = self.at(place, key);
        Write::Delete(place, key)
    }
}
