//! Browsers that misbehave as some really do.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use js_sys::{Uint8Array, eval};
use wasm_bindgen::JsValue;

/// What a browser does wrong while this lives.
pub(crate) struct Mischief {
    undo: &'static str,
}

impl Mischief {
    /// Refuses to store its own key objects.
    pub(crate) fn refuses_key_objects() -> Self {
        Self::put("if (value instanceof CryptoKey) throw new DOMException('', 'DataCloneError');")
    }

    /// Stores its own key objects and gives back null, as WebKit does without a master key.
    pub(crate) fn forgets_key_objects() -> Self {
        Self::put("if (value instanceof CryptoKey) value = null;")
    }

    /// Gives no more room.
    pub(crate) fn has_no_room() -> Self {
        Self::put("throw new DOMException('', 'QuotaExceededError');")
    }

    /// Gives no more room after so many records.
    pub(crate) fn has_room_for(records: u32) -> Self {
        run(&format!("window.room = {records};"));
        Self::put("if (window.room-- <= 0) throw new DOMException('', 'QuotaExceededError');")
    }

    fn put(first: &str) -> Self {
        run(&format!(
            "window.realPut = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (value, key) {{
                 {first}
                 return window.realPut.call(this, value, key);
             }};"
        ));
        Self { undo: "IDBObjectStore.prototype.put = window.realPut;" }
    }

    /// Has lost the connection to the database, once.
    pub(crate) fn lost_the_connection() -> Self {
        run("window.realTransaction = IDBDatabase.prototype.transaction;
             let lost = false;
             IDBDatabase.prototype.transaction = function (...all) {
                 if (!lost) {
                     lost = true;
                     throw new DOMException('closing', 'InvalidStateError');
                 }
                 return window.realTransaction.apply(this, all);
             };");
        Self { undo: "IDBDatabase.prototype.transaction = window.realTransaction;" }
    }

    /// Begins a transaction and never says what came of it, once; and waits of more than a few
    /// seconds are short.
    pub(crate) fn forgets_a_transaction() -> Self {
        run("window.realTransaction = IDBDatabase.prototype.transaction;
             window.realTimeout = window.setTimeout;
             window.setTimeout = (act, ms) => window.realTimeout(act, Math.min(ms, 100));
             let forgotten = false;
             IDBDatabase.prototype.transaction = function (...all) {
                 const transaction = window.realTransaction.apply(this, all);
                 if (!forgotten) {
                     forgotten = true;
                     for (const kind of ['success', 'error', 'complete', 'abort'])
                         transaction.addEventListener(kind, (event) => event.stopImmediatePropagation(), true);
                 }
                 return transaction;
             };");
        Self {
            undo: "IDBDatabase.prototype.transaction = window.realTransaction;
                   window.setTimeout = window.realTimeout;",
        }
    }

    /// Ends a transaction that writes and says that it failed, once.
    pub(crate) fn denies_what_it_wrote() -> Self {
        run("window.realTransaction = IDBDatabase.prototype.transaction;
             let denied = false;
             IDBDatabase.prototype.transaction = function (...all) {
                 const transaction = window.realTransaction.apply(this, all);
                 if (!denied && all[1] === 'readwrite') {
                     denied = true;
                     transaction.addEventListener('complete', (event) => {
                         event.stopImmediatePropagation();
                         transaction.dispatchEvent(new Event('abort'));
                     }, true);
                 }
                 return transaction;
             };");
        Self { undo: "IDBDatabase.prototype.transaction = window.realTransaction;" }
    }
}

impl Drop for Mischief {
    fn drop(&mut self) {
        run(self.undo);
    }
}

fn run(script: &str) {
    eval(&format!("(() => {{ {script} }})()")).unwrap();
}

/// What is in a store, in the order of its keys.
pub(crate) async fn records(database: &str, store: &str) -> Vec<(String, Vec<u8>)> {
    let db = Database::open(database).await.unwrap();
    let transaction = db.transaction(store).build().unwrap();
    let records = transaction.object_store(store).unwrap();
    let keys = records.get_all_keys::<String>().primitive().unwrap();
    let values = records.get_all::<JsValue>().primitive().unwrap();
    let keys = keys.await.unwrap().map(Result::unwrap);
    let values = values.await.unwrap().map(|value| Uint8Array::new(&value.unwrap()).to_vec());
    let all = keys.zip(values).collect();
    drop(transaction);
    db.close();
    all
}

/// Puts other records in the place of all that are in a store.
pub(crate) async fn replace(database: &str, store: &str, by: &[(String, Vec<u8>)]) {
    let db = Database::open(database).await.unwrap();
    let transaction = db.transaction(store).with_mode(TransactionMode::Readwrite).build().unwrap();
    let records = transaction.object_store(store).unwrap();
    records.clear().unwrap().await.unwrap();
    for (key, bytes) in by {
        let value = JsValue::from(Uint8Array::from(bytes.as_slice()));
        records.put(value).with_key(key.as_str()).primitive().unwrap().await.unwrap();
    }
    transaction.commit().await.unwrap();
    db.close();
}

/// Flips a bit of every record of a store.
pub(crate) async fn damage(database: &str, store: &str) {
    let db = Database::open(database).await.unwrap();
    let transaction = db.transaction(store).with_mode(TransactionMode::Readwrite).build().unwrap();
    let records = transaction.object_store(store).unwrap();
    let keys = records.get_all_keys::<String>().primitive().unwrap().await.unwrap();
    for key in keys.map(Result::unwrap) {
        let value: Option<JsValue> = records.get(key.as_str()).primitive().unwrap().await.unwrap();
        let mut bytes = Uint8Array::new(&value.unwrap()).to_vec();
        bytes[0] ^= 0x80;
        let value = JsValue::from(Uint8Array::from(bytes.as_slice()));
        records.put(value).with_key(key).primitive().unwrap().await.unwrap();
    }
    transaction.commit().await.unwrap();
    db.close();
}
