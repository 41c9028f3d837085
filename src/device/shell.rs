//! Files of the app itself that it loads only when they are wanted.

use browser::Fetch;
use delivery::{Ask, Network as _};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

const PATIENCE_MS: u64 = 30_000;

/// A file that was built with the app. A page that was opened before the service worker held the
/// build is not served by it until it is opened again, and must look into its cache by itself.
pub(crate) async fn file(path: &str) -> Option<Vec<u8>> {
    if let Ok(Some(kept)) = kept(path).await {
        return Some(kept);
    }
    let get = Ask { method: "GET", path, headers: &[], body: None, patience_ms: PATIENCE_MS };
    Fetch.ask(&get).await.ok().filter(|reply| reply.status == 200).map(|reply| reply.body)
}

async fn kept(path: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let Some(window) = web_sys::window() else { return Ok(None) };
    let found = JsFuture::from(window.caches()?.match_with_str(path)).await?;
    let Ok(response) = found.dyn_into::<Response>() else { return Ok(None) };
    let body: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Some(Uint8Array::new(&body).to_vec()))
}
