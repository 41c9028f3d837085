//! The connection to the database, which browsers close, and transactions that they forget.

use std::rc::Rc;

use indexed_db_futures::database::Database;
use vault::{Place, VaultError};
use wasm_bindgen_futures::spawn_local;

use super::{IndexedDb, make};
use crate::error::of_opening;
use crate::patience::within;

/// The version of the set of stores. A database that was just opened without any is at 1.
pub(super) const VERSION: u32 = 2;

/// WebKit at times begins a transaction, or opens a database, and never says what came of it. What
/// takes so long is no slow phone any more.
const PATIENCE_MS: u32 = 15_000;

impl IndexedDb {
    /// Works on the connection; once more on a new one, if that may help.
    pub(super) async fn retry<T>(
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
        let mut connection = Database::open(&*self.name).await.map_err(of_opening)?;
        if version(&connection) < VERSION {
            connection.close();
            make::make(&self.name, VERSION, Place::ALL.into_iter().map(Place::name)).await?;
            connection = Database::open(&*self.name).await.map_err(of_opening)?;
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
