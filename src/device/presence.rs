//! Whether somebody looks at the app, and when the network may be back.

use gloo::events::EventListener;
use web_sys::VisibilityState;

/// Whether the app can be seen.
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Calls `hint` whenever the network may be back or somebody looks at the app again. For as long
/// as the page lives.
pub(crate) fn on_return(hint: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    for event in ["online", "pageshow", "focus"] {
        let hint = hint.clone();
        EventListener::new(&window, event, move |_| hint()).forget();
    }
    if let Some(document) = window.document() {
        EventListener::new(&document, "visibilitychange", move |_| {
            if is_visible() {
                hint();
            }
        })
        .forget();
    }
}
