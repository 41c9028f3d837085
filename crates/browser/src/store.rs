//! IndexedDB: named stores of values by text keys, changed in short transactions that are durable
//! when they are told to be done.
//!
//! Nothing but IndexedDB is awaited inside a transaction (only Chromium forgives it), so what is
//! to be written is made before, or decided without waiting from what was read.

mod connection;
mod make;
mod objects;
mod transaction;

use std::cell::RefCell;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::{KeyRange, Result as IdbResult};
use vault::{Place, Read, Store, VaultError, Write};
use wasm_bindgen::JsValue;

use crate::error::of_database;
use crate::storage;

pub(crate) use objects::{Put, bytes};

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct IndexedDb {
    name: Rc<str>,
    connection: Rc<RefCell<Option<Database>>>,
}

impl IndexedDb {
    /// The database called `name`; opened when it is used first.
    pub fn new(name: &str) -> Self {
        Self { name: name.into(), connection: Rc::default() }
    }
}

impl Store for IndexedDb {
    /// 512 KiB: a photo as forms take them is one record, and a long file is written about as fast as
    /// by larger ones, five times as fast as piece by piece (`docs/decisions/0022-files-in-pieces.md`).
    const TOGETHER: u64 = 8;

    async fn read(&self, reads: &[(Place, String)]) -> Result<Read, VaultError> {
        let values = self.read_objects(reads).await?;
        Ok(values.iter().map(|value| value.as_ref().map(bytes)).collect())
    }

    async fn all(&self, place: Place, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        self.retry(async |db: &Database| {
            let all = async {
                let transaction = db.transaction(place.name()).build()?;
                let store = transaction.object_store(place.name())?;
                let keys = store.get_all_keys::<String>().with_query::<String, _>(under(prefix));
                let values = store.get_all::<JsValue>().with_query::<String, _>(under(prefix));
                let (keys, values) = (keys.primitive()?, values.primitive()?);
                let keys = keys.await?.collect::<IdbResult<Vec<_>>>()?;
                let values = values.await?.map(|value| Ok(bytes(&value?)));
                Ok(keys.into_iter().zip(values.collect::<IdbResult<Vec<_>>>()?).collect())
            };
            all.await.map_err(of_database)
        })
        .await
    }

    async fn keys(&self, place: Place, prefix: &str) -> Result<Vec<String>, VaultError> {
        self.retry(async |db: &Database| {
            let keys = async {
                let transaction = db.transaction(place.name()).build()?;
                let store = transaction.object_store(place.name())?;
                let keys = store.get_all_keys::<String>().with_query::<String, _>(under(prefix));
                keys.primitive()?.await?.collect::<IdbResult<Vec<_>>>()
            };
            keys.await.map_err(of_database)
        })
        .await
    }

    async fn change(
        &self,
        places: &[Place],
        reads: &[(Place, String)],
        decide: &dyn Fn(Read) -> Result<Vec<Write>, VaultError>,
    ) -> Result<(), VaultError> {
        let decide = |read: Vec<Option<JsValue>>| {
            let read = read.iter().map(|value| value.as_ref().map(bytes)).collect();
            Ok(decide(read)?.into_iter().map(Put::from).collect())
        };
        self.change_objects(places, reads, &decide).await
    }
}

impl IndexedDb {
    /// Some engines abort without a word when the room runs out.
    async fn or_full(changed: Result<(), VaultError>) -> Result<(), VaultError> {
        match changed {
            Err(VaultError::Failed(_)) if storage::is_full().await => Err(VaultError::Full),
            other => other,
        }
    }
}

/// All keys that begin with `prefix`: keys here are ASCII.
fn under(prefix: &str) -> KeyRange<String> {
    KeyRange::Bound(prefix.to_owned(), false, format!("{prefix}\u{ffff}"), false)
}

#[cfg(test)]
mod tests {
    use vault::Place;

    use super::connection::VERSION;

    /// `boot.js` makes the stores before the app is there, and must make the same ones.
    #[test]
    fn the_page_makes_the_stores_that_the_vault_needs() {
        let boot = include_str!("../../../public/boot.js");
        let version = format!("indexedDB.open(\"{}\", {VERSION})", crate::NAME);
        assert!(boot.contains(&version), "{version}");
        let list = boot.split_once("var stores = [").and_then(|(_, rest)| rest.split_once(']'));
        let list = list.map_or("", |(list, _)| list);
        let names: Vec<_> = list.split(',').map(|name| name.trim().trim_matches('"')).collect();
        assert_eq!(names, Place::ALL.map(Place::name));
    }
}
