//! Values as IndexedDB has them: bytes, and the browser's key objects.

use js_sys::Uint8Array;
use vault::{Place, Write};
use wasm_bindgen::{JsCast, JsValue};

/// One change to the database; deletes where there is no value.
#[derive(Clone)]
pub(crate) struct Put {
    pub(super) place: Place,
    pub(super) key: String,
    pub(super) value: Option<JsValue>,
}

impl Put {
    /// Puts a value, which need not be bytes.
    pub(crate) fn new(place: Place, key: &str, value: JsValue) -> Self {
        Self { place, key: key.to_owned(), value: Some(value) }
    }
}

impl From<Write> for Put {
    fn from(write: Write) -> Self {
        match write {
            Write::Put(place, key, bytes) => {
                let value = Some(Uint8Array::from(bytes.as_slice()).into());
                Self { place, key, value }
            }
            Write::Delete(place, key) => Self { place, key, value: None },
        }
    }
}

/// The bytes of a value; none at all where it is something else.
pub(crate) fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
