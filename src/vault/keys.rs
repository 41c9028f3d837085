//! The keys that the vault needs, made at its first opening.

use protocol::{PublicKey, decode, encode};

use super::error::VaultError;
use super::store::{Place, Store, Write};
use crate::device::crypto::{CryptoError, DeviceSecret, KeptKey, RecordKey, SigningKey};

/// Names of the records in [`Place::Keys`].
const SIGNING: &str = "signing";
const SIGNING_PUBLIC: &str = "signing public";
const SECRET: &str = "secret";
const DATA: &str = "data";

/// The keys of this device.
pub(super) struct Keys {
    pub(super) signing: SigningKey,
    pub(super) records: RecordKey,
}

/// Takes up the keys; makes and keeps them where there are none.
pub(super) async fn take_up(store: &Store) -> Result<Keys, VaultError> {
    if let Some(keys) = load(store).await? {
        return Ok(keys);
    }
    make(store, false).await?;
    match load(store).await {
        Ok(Some(keys)) => Ok(keys),
        // The browser took its key objects and gives back something else.
        _ => {
            remake_as_bytes(store).await?;
            load(store).await?.ok_or(VaultError::Damaged)
        }
    }
}

async fn load(store: &Store) -> Result<Option<Keys>, VaultError> {
    let Some(public) = store.bytes(Place::Keys, SIGNING_PUBLIC).await? else { return Ok(None) };
    let public: PublicKey = decode(&public).map_err(|_| VaultError::Damaged)?;
    let signing = SigningKey::from_kept(public, &kept(store, SIGNING).await?).await?;
    let secret = DeviceSecret::from_kept(&kept(store, SECRET).await?).await?;
    let data = store.bytes(Place::Keys, DATA).await?.ok_or(VaultError::Damaged)?;
    Ok(Some(Keys { signing, records: secret.open_data_key(&data).await? }))
}

async fn kept(store: &Store, name: &str) -> Result<KeptKey, VaultError> {
    let value = store.get(Place::Keys, name).await?.ok_or(VaultError::Damaged)?;
    KeptKey::from_js(&value).ok_or(VaultError::Damaged)
}

/// Makes keys and keeps them, unless another tab did so first.
async fn make(store: &Store, as_bytes: bool) -> Result<(), VaultError> {
    let writes = new_keys(as_bytes).await?;
    let made = store
        .change(&[Place::Keys], &[(Place::Keys, SIGNING_PUBLIC.to_owned())], &|read| {
            Ok(if read[0].is_some() { Vec::new() } else { writes.clone() })
        })
        .await;
    match made {
        // The browser refuses to store its key objects.
        Err(VaultError::Failed(_)) if !as_bytes => Box::pin(make(store, true)).await,
        other => other,
    }
}

async fn new_keys(as_bytes: bool) -> Result<Vec<Write>, CryptoError> {
    let (public, signing) = SigningKey::generate(as_bytes).await?;
    let secret = DeviceSecret::generate(as_bytes).await?;
    let data = DeviceSecret::from_kept(&secret).await?.new_data_key().await?;
    let put = |name: &str, key: &KeptKey| Write::Put(Place::Keys, name.to_owned(), key.to_js());
    Ok(vec![
        put(SIGNING, &signing),
        put(SECRET, &secret),
        Write::bytes(Place::Keys, SIGNING_PUBLIC, &encode(&public)),
        Write::bytes(Place::Keys, DATA, &data),
    ])
}

/// Replaces keys that were made a moment ago and do not read back. Never touches keys that
/// anything was sealed with.
async fn remake_as_bytes(store: &Store) -> Result<(), VaultError> {
    let used = [Place::Drafts, Place::Sent, Place::Captures, Place::Deliveries];
    for place in used {
        if !store.keys(place, "").await?.is_empty() {
            return Err(VaultError::Damaged);
        }
    }
    let writes = new_keys(true).await?;
    store.write(&writes).await
}
