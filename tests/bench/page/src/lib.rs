//! Measures the app's own parts in a browser, as the app is built. The program beside it serves
//! this as a page and calls what is exported.

#![allow(unreachable_pub, reason = "what JavaScript calls must be `pub`, wherever it stands")]

mod answer;
mod deliver;
mod drafts;
mod filled;
mod form;
mod photo_set;
mod plain;
mod save;
mod unlock;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page began, as finely as the browser tells.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}
