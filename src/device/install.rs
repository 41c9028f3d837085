//! Putting the app on the home screen.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What the phone runs, as far as its way to the home screen differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    Android,
    Harmony,
    Ios,
}

/// The phone's system, by what its browser says.
pub(crate) fn system() -> System {
    let browser = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    let browser = browser.unwrap_or_default();
    let is = |name: &str| browser.contains(name);
    if is("iPhone") || is("iPad") {
        System::Ios
    } else if is("Harmony") || is("HUAWEI") || is("HuaweiBrowser") {
        System::Harmony
    } else {
        System::Android
    }
}

/// Whether the app was started from the home screen.
pub(crate) fn is_installed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let standalone = Reflect::get(&window.navigator(), &"standalone".into());
    let is_alone = window.match_media("(display-mode: standalone)").ok().flatten();
    standalone.is_ok_and(|it| it.is_truthy()) || is_alone.is_some_and(|media| media.matches())
}

/// The browser's own offer, which `public/boot.js` keeps for when somebody asks for it.
fn offer() -> Option<JsValue> {
    let boot = Reflect::get(&js_sys::global(), &"boot".into()).ok()?;
    Reflect::get(&boot, &"install".into()).ok().filter(JsValue::is_object)
}

/// Whether the browser can put it there by itself.
pub(crate) fn can_offer() -> bool {
    offer().is_some()
}

/// Has the browser ask the person.
pub(crate) fn ask() {
    let Some(offer) = offer() else { return };
    let prompt = Reflect::get(&offer, &"prompt".into()).ok();
    if let Some(prompt) = prompt.and_then(|prompt| prompt.dyn_into::<Function>().ok()) {
        // Refused where it was asked before.
        let _ = prompt.call0(&offer);
    }
}
