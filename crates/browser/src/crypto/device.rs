//! The keys of this device, made at the first opening and kept in IndexedDB.

use protocol::{PublicKey, decode, encode};
use vault::{Crypto as _, CryptoError, DeviceKeys, Place, VaultError, Write};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use super::WebCrypto;
use super::keep::KeptKey;
use super::signing::SigningKey;
use super::subtle::{algorithm, settle, subtle, usages};
use crate::random;
use crate::store::{IndexedDb, Put, bytes};

/// Names of the records in [`Place::Keys`].
const SIGNING: &str = "signing";
const SIGNING_PUBLIC: &str = "signing public";
const SECRET: &str = "secret";

/// Takes up the keys; makes and keeps them where there are none.
pub(crate) async fn device(store: &IndexedDb) -> Result<DeviceKeys<WebCrypto>, VaultError> {
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

async fn load(store: &IndexedDb) -> Result<Option<DeviceKeys<WebCrypto>>, VaultError> {
    let names = [SIGNING_PUBLIC, SIGNING, SECRET];
    let kept = store.read_objects(&names.map(|name| (Place::Keys, name.to_owned()))).await?;
    let Some(public) = &kept[0] else { return Ok(None) };
    let public: PublicKey = decode(&bytes(public)).map_err(|_| VaultError::Damaged)?;
    let key = |value: &Option<JsValue>| {
        value.as_ref().and_then(KeptKey::from_js).ok_or(VaultError::Damaged)
    };
    let signer = SigningKey::from_kept(public, &key(&kept[1])?).await?;
    Ok(Some(DeviceKeys { signer, secret: secret(&key(&kept[2])?).await? }))
}

/// Makes keys and keeps them, unless another tab did so first.
async fn make(store: &IndexedDb, as_bytes: bool) -> Result<(), VaultError> {
    let puts = new_keys(as_bytes).await?;
    let here = (Place::Keys, SIGNING_PUBLIC.to_owned());
    let made = store
        .change_objects(&[Place::Keys], &[here], &|read| {
            Ok(if read[0].is_some() { Vec::new() } else { puts.clone() })
        })
        .await;
    match made {
        // The browser refuses to store its key objects.
        Err(VaultError::Failed(_)) if !as_bytes => Box::pin(make(store, true)).await,
        other => other,
    }
}

async fn new_keys(as_bytes: bool) -> Result<Vec<Put>, CryptoError> {
    let (public, signing) = SigningKey::generate(as_bytes).await?;
    let put = |name: &str, key: &KeptKey| Put::new(Place::Keys, name, key.to_js());
    Ok(vec![
        put(SIGNING, &signing),
        put(SECRET, &new_secret(as_bytes).await?),
        Write::put(Place::Keys, SIGNING_PUBLIC, encode(&public)).into(),
    ])
}

/// Replaces keys that were made a moment ago and do not read back. Never touches keys that
/// anything was sealed with.
async fn remake_as_bytes(store: &IndexedDb) -> Result<(), VaultError> {
    let puts = new_keys(true).await?;
    let sealed_with = vault::SEALED_WITH.map(|key| (Place::Keys, key.to_owned()));
    store
        .change_objects(
            &[Place::Keys],
            &sealed_with,
            &|read| match read.iter().any(Option::is_some) {
                true => Err(VaultError::Damaged),
                false => Ok(puts.clone()),
            },
        )
        .await
}

/// A new AES key that does not leave this browser, and how it is to be kept.
async fn new_secret(as_bytes: bool) -> Result<KeptKey, CryptoError> {
    if as_bytes {
        return Ok(KeptKey::Bytes(random::bytes::<32>().to_vec()));
    }
    let how = algorithm("AES-GCM", &[("length", 256.into())]);
    let may = usages(&["encrypt", "decrypt"]);
    let key = settle(subtle()?.generate_key_with_object(&how, false, &may)).await?;
    Ok(KeptKey::Object(key.unchecked_into()))
}

/// Takes up what [`new_secret`] made.
async fn secret(kept: &KeptKey) -> Result<CryptoKey, CryptoError> {
    match kept {
        KeptKey::Object(key) => Ok(key.clone()),
        KeptKey::Bytes(key) => {
            let key = key.as_slice().try_into().map_err(|_| CryptoError::Damaged)?;
            WebCrypto::default().cipher(key).await
        }
    }
}
