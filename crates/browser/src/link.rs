//! What kind of link the phone is on (<https://wicg.github.io/netinfo/>): browsers on Android tell.

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

/// Whether the browser tells anything of the link.
pub fn is_told() -> bool {
    link().is_some()
}

/// Whether somebody pays for the link by the byte, as far as the browser tells: it is a mobile one, or
/// the person asked the browser to spare.
pub fn is_metered() -> bool {
    let Some(link) = link() else { return false };
    let tells = |name: &str, value: JsValue| get(&link, name).is_some_and(|told| told == value);
    tells("type", "cellular".into()) || tells("saveData", true.into())
}

/// Calls `changed` whenever the link is another. For as long as the page lives.
pub fn on_change(changed: impl Fn() + 'static) {
    if let Some(link) = link() {
        let link: EventTarget = link.unchecked_into();
        EventListener::new(&link, "change", move |_| changed()).forget();
    }
}

fn link() -> Option<JsValue> {
    let navigator = get(&js_sys::global(), "navigator")?;
    get(&navigator, "connection").filter(JsValue::is_object)
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}
