//! Whether somebody looks at the app, and when the network may be back.

use gloo::events::EventListener;
use web_sys::VisibilityState;

/// Whether the app can be seen.
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Calls `online` whenever the network may be back. For as long as the page lives.
pub(crate) fn on_online(online: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "online", move |_| online()).forget();
    }
}

/// Calls `offline` when there is no network any more. For as long as the page lives.
pub(crate) fn on_offline(offline: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "offline", move |_| offline()).forget();
    }
}

/// Calls `looked` whenever somebody looks at the app again. For as long as the page lives.
pub(crate) fn on_look(looked: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    for event in ["pageshow", "focus"] {
        let looked = looked.clone();
        EventListener::new(&window, event, move |_| looked()).forget();
    }
    if let Some(document) = window.document() {
        EventListener::new(&document, "visibilitychange", move |_| {
            if is_visible() {
                looked();
            }
        })
        .forget();
    }
}
