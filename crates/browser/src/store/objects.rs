//! Values as IndexedDB has them: bytes, and the browser's key objects.

use js_sys::Uint8Array;
use vault::{Place, Write};
use wasm_bindgen::{JsCast, JsValue};

/// One change to the database.
#[derive(Clone)]
pub(crate) struct Put {
    pub(super) place: Place,
    pub(super) key: String,
    pub(super) change: Change,
}

/// What becomes of a key.
#[derive(Clone)]
pub(super) enum Change {
    Put(JsValue),
    Delete,
    /// Of all keys that begin so.
    DeleteUnder,
}

impl Put {
    /// Puts a value, which need not be bytes.
    pub(crate) fn new(place: Place, key: &str, value: JsValue) -> Self {
        Self { place, key: key.to_owned(), change: Change::Put(value) }
    }
}

impl From<Write> for Put {
    fn from(write: Write) -> Self {
        match write {
            Write::Put(place, key, bytes) => {
                Self::new(place, &key, Uint8Array::from(bytes.as_slice()).into())
            }
            Write::Delete(place, key) => Self { place, key, change: Change::Delete },
            Write::DeleteUnder(place, key) => Self { place, key, change: Change::DeleteUnder },
        }
    }
}

/// The bytes of a value; none at all where it is something else.
pub(crate) fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
