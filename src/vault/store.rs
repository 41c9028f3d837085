//! IndexedDB: named stores of values by text keys, changed in short transactions that are durable
//! when they are told to be done.
//!
//! Nothing but IndexedDB is awaited inside a transaction (only Chromium forgives it), so what is
//! to be written is made before, or decided without waiting from what was read.

use std::cell::RefCell;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDone, TransactionDurability, TransactionFinishKind, TransactionMode,
    TransactionOptions,
};
use indexed_db_futures::{KeyRange, Result as IdbResult};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::error::VaultError;
use super::stores;
use crate::device::patience::within;
use crate::device::storage;

/// The version of the set of [`STORES`]. A database that was just opened without any is at 1.
const VERSION: u32 = 2;

/// WebKit at times begins a transaction, or opens a database, and never says what came of it. What
/// takes so long is no slow phone any more.
const PATIENCE_MS: u32 = 15_000;

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The device's keys.
    Keys,
    /// Drafts, whole.
    Drafts,
    /// What lists of drafts show.
    DraftIndex,
    /// What is known of each captured file of a draft.
    Captures,
    /// Sealed files.
    Files,
    /// Envelopes until they are delivered.
    Envelopes,
    /// How far each envelope is.
    Deliveries,
    /// What was sent, whole.
    Sent,
    /// What lists of cases show.
    SentIndex,
    /// What the township told of each case.
    States,
    /// Compiled forms, guides, their pictures and sounds, by digest.
    Forms,
    /// The pack, the cursor.
    Settings,
}

const STORES: [Place; 12] = [
    Place::Keys,
    Place::Drafts,
    Place::DraftIndex,
    Place::Captures,
    Place::Files,
    Place::Envelopes,
    Place::Deliveries,
    Place::Sent,
    Place::SentIndex,
    Place::States,
    Place::Forms,
    Place::Settings,
];

impl Place {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Drafts => "drafts",
            Self::DraftIndex => "draft_index",
            Self::Captures => "captures",
            Self::Files => "files",
            Self::Envelopes => "envelopes",
            Self::Deliveries => "deliveries",
            Self::Sent => "sent",
            Self::SentIndex => "sent_index",
            Self::States => "states",
            Self::Forms => "forms",
            Self::Settings => "settings",
        }
    }
}

/// One change to the database.
#[derive(Clone, Debug)]
pub(super) enum Write {
    Put(Place, String, JsValue),
    Delete(Place, String),
}

impl Write {
    /// Puts bytes.
    pub(super) fn bytes(place: Place, key: impl ToString, bytes: &[u8]) -> Self {
        Self::Put(place, key.to_string(), Uint8Array::from(bytes).into())
    }

    /// Deletes what is there, if anything is.
    pub(super) fn delete(place: Place, key: impl ToString) -> Self {
        Self::Delete(place, key.to_string())
    }

    fn place(&self) -> Place {
        match self {
            Self::Put(place, ..) | Self::Delete(place, _) => *place,
        }
    }
}

/// The database.
#[derive(Clone)]
pub(super) struct Store {
    name: Rc<str>,
    connection: Rc<RefCell<Option<Database>>>,
}

impl Store {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.into(), connection: Rc::default() }
    }

    /// What is at each of these places, all at one moment.
    pub(super) async fn read(
        &self,
        reads: &[(Place, String)],
    ) -> Result<Vec<Option<JsValue>>, VaultError> {
        let names = names(reads.iter().map(|(place, _)| *place));
        if names.is_empty() {
            return Ok(Vec::new());
        }
        self.retry(async |db: &Database| {
            let transaction = db.transaction(names.as_slice()).build()?;
            read(&transaction, reads).await
        })
        .await
    }

    /// What is at `key`.
    pub(super) async fn get(&self, place: Place, key: &str) -> Result<Option<JsValue>, VaultError> {
        Ok(self.read(&[(place, key.to_owned())]).await?.pop().flatten())
    }

    /// The bytes at `key`.
    pub(super) async fn bytes(
        &self,
        place: Place,
        key: &str,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        self.get(place, key).await?.map(|value| as_bytes(&value)).transpose()
    }

    /// All records whose keys begin with `prefix`, in the order of their keys.
    pub(super) async fn all(
        &self,
        place: Place,
        prefix: &str,
    ) -> Result<Vec<(String, JsValue)>, VaultError> {
        self.retry(async |db: &Database| {
            let transaction = db.transaction(place.name()).build()?;
            let store = transaction.object_store(place.name())?;
            let keys = store.get_all_keys::<String>().with_query::<String, _>(under(prefix));
            let values = store.get_all::<JsValue>().with_query::<String, _>(under(prefix));
            let (keys, values) = (keys.primitive()?, values.primitive()?);
            let keys = keys.await?.collect::<IdbResult<Vec<_>>>()?;
            let values = values.await?.collect::<IdbResult<Vec<_>>>()?;
            Ok(keys.into_iter().zip(values).collect())
        })
        .await
    }

    /// The keys that begin with `prefix`, in order.
    pub(super) async fn keys(&self, place: Place, prefix: &str) -> Result<Vec<String>, VaultError> {
        self.retry(async |db: &Database| {
            let transaction = db.transaction(place.name()).build()?;
            let store = transaction.object_store(place.name())?;
            let keys = store.get_all_keys::<String>().with_query::<String, _>(under(prefix));
            Ok(keys.primitive()?.await?.collect::<IdbResult<Vec<_>>>()?)
        })
        .await
    }

    /// Does all of `writes`, or nothing.
    pub(super) async fn write(&self, writes: &[Write]) -> Result<(), VaultError> {
        if writes.is_empty() {
            return Ok(());
        }
        let places: Vec<Place> = writes.iter().map(Write::place).collect();
        self.change(&places, &[], &|_| Ok(writes.to_vec())).await
    }

    /// Reads, decides and writes in one transaction over `places`. `decide` may be asked twice.
    pub(super) async fn change(
        &self,
        places: &[Place],
        reads: &[(Place, String)],
        decide: &dyn Fn(Vec<Option<JsValue>>) -> Result<Vec<Write>, VaultError>,
    ) -> Result<(), VaultError> {
        let names = names(places.iter().copied());
        let changed = self
            .retry(async |db: &Database| {
                let strict =
                    TransactionOptions::new().with_durability(TransactionDurability::Strict);
                let transaction = db
                    .transaction(names.as_slice())
                    .with_mode(TransactionMode::Readwrite)
                    .with_options(strict)
                    .build()?;
                let done = transaction.on_done()?;
                for write in decide(read(&transaction, reads).await?)? {
                    let store = transaction.object_store(write.place().name())?;
                    match &write {
                        Write::Put(_, key, value) => {
                            store.put(value).with_key(key.as_str()).primitive()?;
                        }
                        Write::Delete(_, key) => {
                            store.delete(key.as_str()).primitive()?;
                        }
                    }
                }
                finished(&transaction, done).await
            })
            .await;
        match changed {
            // Some engines abort without a word when the room runs out.
            Err(VaultError::Failed(_)) if storage::is_full().await => Err(VaultError::Full),
            other => other,
        }
    }

    /// Works on the connection; once more on a new one, if that may help.
    async fn retry<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        match self.attempt(&work).await {
            Err(error) if error.may_be_the_connection() => {
                if let Some(connection) = self.connection.borrow_mut().take() {
                    connection.close();
                }
                self.attempt(&work).await
            }
            done => done,
        }
    }

    /// Works on the connection. What the browser has forgotten to end is dropped after a while,
    /// which aborts it.
    async fn attempt<T>(
        &self,
        work: &impl AsyncFn(&Database) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let attempt = async { work(&self.connect().await?).await };
        within(PATIENCE_MS, attempt).await.unwrap_or_else(|| Err(VaultError::NoAnswer))
    }

    async fn connect(&self) -> Result<Database, VaultError> {
        if let Some(connection) = &*self.connection.borrow() {
            return Ok(connection.clone());
        }
        let mut connection = Database::open(&*self.name).await?;
        if version(&connection) < VERSION {
            connection.close();
            stores::make(&self.name, VERSION, STORES.into_iter().map(Place::name)).await?;
            connection = Database::open(&*self.name).await?;
        }
        if version(&connection) > VERSION {
            connection.close();
            return Err(VaultError::Outdated);
        }
        *self.connection.borrow_mut() = Some(connection.clone());
        self.let_go_when_asked(connection.clone());
        Ok(connection)
    }

    /// Closes the connection when a newer version of the app wants to change the stores, or when
    /// the browser has closed it: then the next use opens another, or says that it is outdated.
    fn let_go_when_asked(&self, connection: Database) {
        let held = Rc::downgrade(&self.connection);
        spawn_local(async move {
            if let Ok(mut changes) = connection.version_changes() {
                changes.recv().await;
            }
            connection.close();
            if let Some(held) = held.upgrade() {
                held.borrow_mut().take();
            }
        });
    }
}

fn version(connection: &Database) -> u32 {
    connection.version() as u32
}

/// Each name once.
fn names(places: impl Iterator<Item = Place>) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in places.map(Place::name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

async fn read(
    transaction: &Transaction<'_>,
    reads: &[(Place, String)],
) -> Result<Vec<Option<JsValue>>, VaultError> {
    let mut asked = Vec::new();
    for (place, key) in reads {
        let store = transaction.object_store(place.name())?;
        asked.push(store.get::<JsValue, _, _>(key.as_str()).primitive()?);
    }
    let mut values = Vec::new();
    for answer in asked {
        values.push(answer.await?);
    }
    Ok(values)
}

/// Waits until everything is durable. `Transaction::commit` would not say why it is not.
async fn finished(
    transaction: &Transaction<'_>,
    mut done: TransactionDone,
) -> Result<(), VaultError> {
    loop {
        match done.await {
            TransactionFinishKind::Ok => return Ok(()),
            // A request failed; the reason is there once the transaction is aborted for it.
            TransactionFinishKind::Err => done = transaction.on_done()?,
            TransactionFinishKind::Abort => {
                return Err(transaction.error().map_or_else(aborted, VaultError::from));
            }
        }
    }
}

fn aborted() -> VaultError {
    VaultError::Failed("aborted".to_owned())
}

/// A value as bytes.
pub(super) fn as_bytes(value: &JsValue) -> Result<Vec<u8>, VaultError> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).ok_or(VaultError::Damaged)
}

/// All keys that begin with `prefix`: keys here are ASCII.
fn under(prefix: &str) -> KeyRange<String> {
    KeyRange::Bound(prefix.to_owned(), false, format!("{prefix}\u{ffff}"), false)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// `boot.js` makes the stores before the app is there, and must make the same ones.
    #[test]
    fn the_page_makes_the_stores_that_the_vault_needs() {
        let boot = include_str!("../../public/boot.js");
        let (_, after) = boot.split_once("var stores = [").expect("the page names the stores");
        let (named, after) = after.split_once(']').expect("the list ends");
        let named: Vec<&str> = named.split(',').map(|name| name.trim().trim_matches('"')).collect();
        assert_eq!(named, STORES.map(Place::name));
        let open = format!("indexedDB.open(\"{}\", {VERSION})", crate::vault::NAME);
        assert!(after.contains(&open), "{open}");
    }
}
