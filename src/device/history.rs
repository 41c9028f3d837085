//! The address bar and the phone's own way back.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, History, MouseEvent};

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// The path of the page.
pub(crate) fn path() -> String {
    let location = web_sys::window().map(|window| window.location());
    location.and_then(|location| location.pathname().ok()).unwrap_or_default()
}

/// How many pages of the app lie before this one; none where the browser just came from elsewhere.
pub(crate) fn depth() -> Option<u32> {
    let depth = history()?.state().ok()?.as_f64()?;
    Some(depth as u32)
}

/// Goes on to `path`.
pub(crate) fn push(path: &str, depth: u32) {
    // Browsers refuse when a page moves hundreds of times a minute; the screen changes all the same.
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::from(depth), "", Some(path));
    }
}

/// Stands in for the present page.
pub(crate) fn replace(path: &str, depth: u32) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::from(depth), "", Some(path));
    }
}

/// Goes one page back, as the phone's own button does.
pub(crate) fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}

/// As the phone's own way forward.
pub(crate) fn forward() {
    if let Some(history) = history() {
        let _ = history.forward();
    }
}

/// Calls `moved` whenever the phone's own buttons changed the path. For as long as the page lives.
pub(crate) fn on_moved(moved: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "popstate", move |_| moved()).forget();
    }
}

/// Calls `follow` with the path of every link of the app that is touched. For as long as the page
/// lives.
pub(crate) fn on_link(follow: impl Fn(&str) + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "click", options, move |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        let elsewhere =
            click.button() != 0 || click.ctrl_key() || click.meta_key() || click.shift_key();
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link =
            target.and_then(|target| target.closest("a[href^='/']:not([rel])").ok().flatten());
        if let Some(path) = link.and_then(|link| link.get_attribute("href"))
            && !elsewhere
        {
            click.prevent_default();
            follow(&path);
        }
    })
    .forget();
}
