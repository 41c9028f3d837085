//! Whether somebody looks at the app, and when the network may be back.

use std::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, VisibilityState};

thread_local! {
    static CHOOSING: Cell<bool> = const { Cell::new(false) };
}

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

/// Calls `touched` whenever somebody touches the app or types. For as long as the page lives.
pub(crate) fn on_touch(touched: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    for event in ["pointerdown", "keydown", "scroll"] {
        let touched = touched.clone();
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
        EventListener::new_with_options(&window, event, options, move |_| touched()).forget();
    }
}

/// Calls `hidden` whenever the app cannot be seen any more. For as long as the page lives.
pub(crate) fn on_hide(hidden: impl Fn() + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let chooses = |event: &web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if target.is_some_and(|input| input.type_() == "file") {
            CHOOSING.set(true);
        }
    };
    EventListener::new(&document, "click", chooses).forget();
    // Who touches the app again, or whose file came, is not choosing any more.
    for event in ["pointerdown", "keydown", "change"] {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
        let done = |_: &web_sys::Event| CHOOSING.set(false);
        EventListener::new_with_options(&document, event, options, done).forget();
    }
    EventListener::new(&document, "visibilitychange", move |_| {
        if !is_visible() {
            hidden();
        }
    })
    .forget();
}

/// Whether somebody is choosing a file, or taking a picture, in an app of the phone's own. Known
/// where [`on_hide`] was asked for.
pub(crate) fn is_choosing() -> bool {
    CHOOSING.get()
}
