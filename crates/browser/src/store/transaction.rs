//! Short transactions.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDone, TransactionDurability, TransactionFinishKind, TransactionMode,
    TransactionOptions,
};
use vault::{Place, VaultError};
use wasm_bindgen::JsValue;

use super::objects::{Change, Put};
use super::{IndexedDb, under};
use crate::error::of_database;

impl IndexedDb {
    /// What is at each of these places, all at one moment.
    pub(crate) async fn read_objects(
        &self,
        reads: &[(Place, String)],
    ) -> Result<Vec<Option<JsValue>>, VaultError> {
        let names = names(reads.iter().map(|(place, _)| *place));
        if names.is_empty() {
            return Ok(Vec::new());
        }
        self.retry(async |db: &Database| {
            let transaction = db.transaction(names.as_slice()).build().map_err(of_database)?;
            read(&transaction, reads).await
        })
        .await
    }

    /// Reads, decides and writes in one transaction over `places`. `decide` may be asked twice.
    pub(crate) async fn change_objects(
        &self,
        places: &[Place],
        reads: &[(Place, String)],
        decide: &dyn Fn(Vec<Option<JsValue>>) -> Result<Vec<Put>, VaultError>,
    ) -> Result<(), VaultError> {
        let names = names(places.iter().copied());
        let changed = self
            .retry(async |db: &Database| {
                let transaction = writing(db, &names).map_err(of_database)?;
                let done = transaction.on_done().map_err(of_database)?;
                let puts = decide(read(&transaction, reads).await?)?;
                put(&transaction, &puts).map_err(of_database)?;
                finished(&transaction, done).await
            })
            .await;
        Self::or_full(changed).await
    }
}

/// A transaction that is durable when it is told to be done.
fn writing<'a>(
    db: &'a Database,
    names: &[&'static str],
) -> indexed_db_futures::Result<Transaction<'a>> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    db.transaction(names).with_mode(TransactionMode::Readwrite).with_options(strict).build()
}

fn put(transaction: &Transaction<'_>, puts: &[Put]) -> indexed_db_futures::Result<()> {
    for Put { place, key, change } in puts {
        let store = transaction.object_store(place.name())?;
        match change {
            Change::Put(value) => {
                store.put(value).with_key(key.as_str()).primitive()?;
            }
            Change::Delete => {
                store.delete(key.as_str()).primitive()?;
            }
            Change::DeleteUnder => {
                store.delete::<String, _>(under(key)).primitive()?;
            }
        }
    }
    Ok(())
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
    let read = async {
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
    };
    read.await.map_err(of_database)
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
            TransactionFinishKind::Err => done = transaction.on_done().map_err(of_database)?,
            TransactionFinishKind::Abort => {
                return Err(transaction.error().map_or_else(aborted, of_database));
            }
        }
    }
}

fn aborted() -> VaultError {
    VaultError::Failed("aborted".to_owned())
}
