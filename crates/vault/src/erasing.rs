//! Erasing: accounts, and what arrived (办完即清). Nothing that is still to be delivered is touched.

use protocol::encode;

use crate::account::AccountId;
use crate::accounts::{AccountRecord, PLAIN};
use crate::deliveries::DeliveryRecord;
use crate::device::Device;
use crate::error::VaultError;
use crate::files::file_called;
use crate::news::forget_news;
use crate::phone::{Phone, Store as _};
use crate::pieces;
use crate::place::{Place, Write};
use crate::vault::Vault;

impl<P: Phone> Device<P> {
    /// Removes an account and what only it can read, for good: whoever forgot its PIN begins anew.
    /// What it finished is delivered all the same.
    ///
    /// # Errors
    /// See [`VaultError`]; then it is as it was.
    pub async fn remove_account(&self, id: AccountId) -> Result<(), VaultError> {
        let (place, key) = AccountRecord::at(id);
        let mut writes = vec![Write::delete(place, key)];
        if id == AccountId::FIRST {
            writes.push(Write::delete(Place::Keys, PLAIN));
        }
        for place in Place::SEALED_HERE.into_iter().filter(|place| *place != Place::Keys) {
            for key in self.store().keys(place, &id.key("")).await? {
                let Some(own) = id.own(key.clone()) else { continue };
                if place == Place::Captures {
                    writes.extend(captured(&own));
                }
                if place == Place::SentIndex {
                    writes.push(forget_news(&own));
                }
                writes.push(Write::delete(place, key));
            }
        }
        self.store().write(&writes).await
    }
}

/// The change that removes the file of a capture. What was finished has none any more.
fn captured(capture: &str) -> Option<Write> {
    let (_, name) = capture.split_once('/')?;
    file_called(name).map(pieces::remove)
}

impl<P: Phone> Vault<P> {
    /// Erases what this account sent and the township proved, and has what is still on its way
    /// erased as soon as it did. For an account whose owner wants that from now on.
    ///
    /// # Errors
    /// See [`VaultError`]; what was erased before it happened is gone.
    pub async fn erase_what_arrived(&self) -> Result<(), VaultError> {
        let own = self.keys(Place::SentIndex, "").await?;
        for delivery in self.device().deliveries().await?.records {
            let Some(application) = delivery.application else { continue };
            if !own.contains(&application.to_string()) {
                continue;
            }
            let here = (Place::Deliveries, delivery.envelope.to_string());
            let places = [Place::Deliveries, Place::Sent, Place::SentIndex, Place::States];
            self.store()
                .change(&places, &[here], &|read| {
                    let mut record = DeliveryRecord::read(read[0].as_ref())?;
                    record.erased_for = Some(self.account());
                    let erased = if record.is_delivered() { record.erased() } else { Vec::new() };
                    let kept = Write::put(Place::Deliveries, record.envelope, encode(&record));
                    Ok(erased.into_iter().chain([kept]).collect())
                })
                .await?;
        }
        Ok(())
    }

    /// Has what is still on its way kept when it arrived, as what arrives from now on is.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn keep_what_arrives(&self) -> Result<(), VaultError> {
        for delivery in self.device().deliveries().await?.records {
            if delivery.erased_for != Some(self.account()) || delivery.is_delivered() {
                continue;
            }
            let here = (Place::Deliveries, delivery.envelope.to_string());
            self.store()
                .change(&[Place::Deliveries], &[here], &|read| {
                    let mut record = DeliveryRecord::read(read[0].as_ref())?;
                    record.erased_for = None;
                    Ok(vec![Write::put(Place::Deliveries, record.envelope, encode(&record))])
                })
                .await?;
        }
        Ok(())
    }
}
