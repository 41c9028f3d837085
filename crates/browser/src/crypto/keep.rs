//! Keys in IndexedDB.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

/// A key as IndexedDB keeps it.
///
/// The browser's own object, not extractable, can be stored whole (structured clone). WebKit seals
/// such objects with a master key of the system's; where an embedded view has none, storing one
/// throws, or it reads back as null (`SerializedScriptValue.cpp`). There the bytes are kept, and
/// the phone's own lock is what guards them.
#[derive(Clone, Debug)]
pub(super) enum KeptKey {
    /// The browser's object.
    Object(CryptoKey),
    /// Its bytes.
    Bytes(Vec<u8>),
}

impl KeptKey {
    pub(super) fn to_js(&self) -> JsValue {
        match self {
            Self::Object(key) => key.into(),
            Self::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        }
    }

    /// None where the browser gave back something that is no key.
    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        if let Some(key) = value.dyn_ref::<CryptoKey>() {
            return Some(Self::Object(key.clone()));
        }
        value.dyn_ref::<Uint8Array>().map(|bytes| Self::Bytes(bytes.to_vec()))
    }
}
