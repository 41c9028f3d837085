//! When the browser draws.

use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::presence;

/// A page that the browser does not draw is not waited for longer than this.
const PATIENCE_MS: i32 = 100;

/// Waits until what has changed so far has been drawn; not where nobody looks, or any more.
pub(crate) async fn drawn() {
    if !presence::is_visible() {
        return;
    }
    let mut hidden = None;
    let frame = Promise::new(&mut |resolve, _| {
        let Some(window) = web_sys::window() else { return };
        // Whichever comes first. Refused only where the page is going away.
        let _ = window.request_animation_frame(&resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
        hidden = window.document().map(|document| {
            EventListener::once(&document, "visibilitychange", move |_| {
                // It takes whatever it is told.
                let _ = resolve.call0(&JsValue::NULL);
            })
        });
    });
    // Never refused.
    let _ = JsFuture::from(frame).await;
    drop(hidden);
    // The frame is drawn when all that waited for it has run.
    if presence::is_visible() {
        TimeoutFuture::new(0).await;
    }
}
