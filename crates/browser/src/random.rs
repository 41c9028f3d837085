//! The browser's source of randomness.

use wasm_bindgen::JsCast;
use web_sys::{Crypto, WorkerGlobalScope};

/// Random bytes, good enough for keys.
///
/// # Panics
/// In a browser without `crypto.getRandomValues`: there has been none since 2013.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok())
        .expect("every browser that runs WebAssembly has randomness");
    bytes
}

pub(crate) fn crypto() -> Option<Crypto> {
    match web_sys::window() {
        Some(window) => window.crypto().ok(),
        None => js_sys::global().dyn_into::<WorkerGlobalScope>().ok()?.crypto().ok(),
    }
}
