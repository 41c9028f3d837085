//! Sealed records.

use courier::together;
use minicbor::{Decode, Encode};
use protocol::{decode, encode};

use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::vault::Vault;

/// Records, and the keys of those that cannot be read.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    /// Those that can be read, the oldest first.
    pub records: Vec<T>,
    /// The keys of the others. They are kept as they are.
    pub damaged: Vec<String>,
}

impl<P: Phone> Vault<P> {
    /// The change that keeps `record`.
    pub(crate) async fn sealed<T: Encode<()>>(
        &self,
        place: Place,
        key: impl ToString,
        record: &T,
    ) -> Result<Write, VaultError> {
        let key = key.to_string();
        let (crypto, record) = (self.crypto(), encode(record));
        let sealed = self.records_key().seal(crypto, &address(place, &key), &record).await?;
        let (place, key) = self.at(place, key);
        Ok(Write::put(place, key, sealed))
    }

    /// The record at `key`.
    pub(crate) async fn record<T: for<'b> Decode<'b, ()>>(
        &self,
        place: Place,
        key: impl ToString,
    ) -> Result<T, VaultError> {
        let key = key.to_string();
        let (_, at) = self.at(place, &key);
        let value = self.store().get(place, &at).await?.ok_or(VaultError::Gone)?;
        self.unsealed(place, &key, &value).await
    }

    /// All records whose keys begin with `prefix`.
    pub(crate) async fn records<T: for<'b> Decode<'b, ()>>(
        &self,
        place: Place,
        prefix: &str,
    ) -> Result<Listing<T>, VaultError> {
        let mut listing = Listing { records: Vec::new(), damaged: Vec::new() };
        for (key, bytes) in self.opened(place, prefix).await? {
            match bytes.and_then(|bytes| decode(&bytes).ok()) {
                Some(record) => listing.records.push(record),
                None => listing.damaged.push(key),
            }
        }
        Ok(listing)
    }

    /// What is in the records whose keys begin with `prefix`; nothing where one does not open.
    async fn opened(
        &self,
        place: Place,
        prefix: &str,
    ) -> Result<Vec<(String, Option<Vec<u8>>)>, VaultError> {
        let all = self.store().all(place, &self.account().key(prefix)).await?.into_iter();
        let own = all.filter_map(|(key, value)| Some((self.account().own(key)?, value)));
        let open = own.map(async |(key, value)| {
            let address = address(place, &key);
            let opened = self.records_key().open(self.crypto(), &address, &value).await;
            (key, opened.ok())
        });
        Ok(together(open).await)
    }

    /// The keys of this account's records that begin with `prefix`.
    pub(crate) async fn keys(&self, place: Place, prefix: &str) -> Result<Vec<String>, VaultError> {
        let keys = self.store().keys(place, &self.account().key(prefix)).await?;
        Ok(keys.into_iter().filter_map(|key| self.account().own(key)).collect())
    }

    /// The record that lies at `key` as `value`.
    pub(crate) async fn unsealed<T: for<'b> Decode<'b, ()>>(
        &self,
        place: Place,
        key: &str,
        value: &[u8],
    ) -> Result<T, VaultError> {
        let opened = self.records_key().open(self.crypto(), &address(place, key), value).await;
        let bytes = opened.map_err(|_| VaultError::Damaged)?;
        decode(&bytes).map_err(|_| VaultError::Damaged)
    }
}

/// What a sealed record is bound to: no record opens in another's place. In another account's
/// nothing opens anyway.
fn address(place: Place, key: &str) -> String {
    format!("{}/{key}", place.name())
}
