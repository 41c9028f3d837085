//! The browser as the phone: what [`vault`] stands on (IndexedDB, WebCrypto), and what delivers
//! needs besides (fetch, locks, other tabs, clocks). Runs in a page and in a service worker.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a browser runs it"))]

pub mod channel;
pub mod clock;
mod compression;
mod crypto;
mod error;
pub mod link;
pub mod locks;
mod network;
mod patience;
pub mod random;
pub mod storage;
mod store;

use protocol::DeviceTime;
use vault::{Device, DeviceKeys, Phone, VaultError};

pub use crypto::WebCrypto;
pub use network::Fetch;
pub use store::IndexedDb;

/// The name of the app's database.
pub const NAME: &str = "xiangshitong";

/// This browser.
pub struct Browser {
    store: IndexedDb,
    crypto: WebCrypto,
}

impl Browser {
    /// This browser, with the database called `name` ([`NAME`], but for tests).
    pub fn with(name: &str) -> Self {
        Self { store: IndexedDb::new(name), crypto: WebCrypto::default() }
    }

    /// The device whose database is called `name`.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn device(name: &str) -> Result<Device<Self>, VaultError> {
        storage::ask_to_persist();
        Device::of(Self::with(name)).await
    }
}

impl Phone for Browser {
    type Store = IndexedDb;
    type Crypto = WebCrypto;
    type Hold = locks::Hold;

    fn store(&self) -> &IndexedDb {
        &self.store
    }

    fn crypto(&self) -> &WebCrypto {
        &self.crypto
    }

    fn now(&self) -> DeviceTime {
        clock::now()
    }

    fn running_ms(&self) -> u64 {
        clock::running_ms()
    }

    async fn device(&self) -> Result<DeviceKeys<WebCrypto>, VaultError> {
        crypto::device(&self.store).await
    }

    async fn hold(&self, name: &str) -> Option<locks::Hold> {
        locks::hold(name).await
    }
}
