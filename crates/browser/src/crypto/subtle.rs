//! `crypto.subtle`, with Rust's types.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use protocol::{PublicKey, Suite};
use vault::CryptoError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::random::crypto;

/// The one kind of curve that suite 1 has.
const CURVE: &str = "P-256";

pub(super) fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = crypto().ok_or(CryptoError::Failed)?;
    let subtle: JsValue = crypto.subtle().into();
    if subtle.is_undefined() {
        return Err(CryptoError::InsecurePage);
    }
    Ok(subtle.unchecked_into())
}

/// Waits for what `subtle` promised.
pub(super) async fn settle(promise: Result<Promise, JsValue>) -> Result<JsValue, CryptoError> {
    let promise = promise.map_err(|_| CryptoError::Failed)?;
    JsFuture::from(promise).await.map_err(|_| CryptoError::Failed)
}

pub(super) async fn bytes(promise: Result<Promise, JsValue>) -> Result<Vec<u8>, CryptoError> {
    let buffer: ArrayBuffer = settle(promise).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}

pub(super) fn algorithm(name: &str, more: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    let all = [("name", JsValue::from_str(name))];
    for (key, value) in all.iter().chain(more) {
        // Refused by frozen objects and proxies only.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object
}

pub(super) fn on_curve(name: &str) -> Object {
    algorithm(name, &[("namedCurve", JsValue::from_str(CURVE))])
}

pub(super) fn gcm(nonce: &[u8; 12], associated: &[u8]) -> Object {
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    algorithm("AES-GCM", &[("iv", bytes(nonce)), ("additionalData", bytes(associated))])
}

pub(super) fn usages(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

/// One half of a key pair, by the browser's name for it.
pub(super) fn half(pair: &JsValue, name: &str) -> Result<CryptoKey, CryptoError> {
    let key = Reflect::get(pair, &JsValue::from_str(name)).map_err(|_| CryptoError::Failed)?;
    Ok(key.unchecked_into())
}

pub(super) async fn import(
    format: &str,
    key: &[u8],
    algorithm: &Object,
    may: &[&str],
) -> Result<CryptoKey, CryptoError> {
    let key = Uint8Array::from(key);
    let promise = subtle()?.import_key_with_object(format, &key, algorithm, false, &usages(may));
    Ok(settle(promise).await?.unchecked_into())
}

/// Somebody's public key, for `name`d use on the curve of suite 1. Browsers have no other suite.
pub(super) async fn import_public(
    key: &PublicKey,
    name: &str,
    may: &[&str],
) -> Result<CryptoKey, CryptoError> {
    match key.suite() {
        Suite::One => import("raw", key.point(), &on_curve(name), may).await,
        Suite::Two => Err(CryptoError::Failed),
    }
}
