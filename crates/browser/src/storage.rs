//! How much room the browser gives.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

/// Less room than this is as good as none: one picture and its record.
const LEAST: f64 = 2.0 * 1024.0 * 1024.0;

fn manager() -> Option<StorageManager> {
    let global = js_sys::global();
    let navigator = Reflect::get(&global, &"navigator".into()).ok()?;
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    // Missing where the page did not come over HTTPS.
    (!storage.is_undefined()).then(|| storage.unchecked_into())
}

/// Asks the browser not to throw the vault away when the phone is full. Firefox asks the person
/// first and answers when they did, so nobody waits for the answer.
pub fn ask_to_persist() {
    if let Some(promise) = manager().and_then(|storage| storage.persist().ok()) {
        spawn_local(async {
            // Refusing changes nothing that we could do.
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// Whether there is hardly any room left.
pub async fn is_full() -> bool {
    left().await.is_some_and(|left| left < LEAST)
}

/// How many more bytes the browser gives, if it tells.
pub async fn room() -> Option<u64> {
    left().await.map(|left| left.max(0.0) as u64)
}

async fn left() -> Option<f64> {
    let promise = manager().and_then(|storage| storage.estimate().ok())?;
    let estimate = JsFuture::from(promise).await.ok()?;
    let number =
        |name: &str| Reflect::get(&estimate, &name.into()).ok().and_then(|value| value.as_f64());
    Some(number("quota")? - number("usage")?)
}
