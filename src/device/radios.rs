//! Keys in groups of radio buttons, wherever they are on the page, as ARIA's pattern has them
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/radio/>): Tab comes to a group once, to what is chosen
//! or else to the first; arrows go on from one to the next, around the end, and choose. In a list
//! that closes with a choice, arrows only go.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent};

/// Follows the keys, for as long as the page lives.
pub(crate) fn follow_keys() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let page = document.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        match key.key().as_str() {
            "Tab" => place_stops(&page),
            "ArrowDown" | "ArrowRight" => go(key, 1),
            "ArrowUp" | "ArrowLeft" => go(key, -1),
            _ => {}
        }
    })
    .forget();
}

/// Just before the browser looks where Tab goes: what is chosen may have changed in any way.
fn place_stops(page: &Document) {
    let Ok(groups) = page.query_selector_all("[role=radiogroup]") else { return };
    for group in (0..groups.length()).filter_map(|place| groups.get(place)?.dyn_into().ok()) {
        let radios = radios(&group);
        let stop = radios.iter().position(is_chosen).unwrap_or(0);
        for (place, radio) in radios.iter().enumerate() {
            radio.set_tab_index(if place == stop { 0 } else { -1 });
        }
    }
}

fn go(key: &KeyboardEvent, by: isize) {
    let Some(here) = key.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Ok(Some(group)) = here.closest("[role=radiogroup]") else { return };
    let radios = radios(&group);
    let Some(place) = radios.iter().position(|radio| *radio == here) else { return };
    let next = place.wrapping_add_signed(by + radios.len().cast_signed()) % radios.len();
    key.prevent_default();
    // Refused only by elements that cannot have the focus.
    let _ = radios[next].focus();
    let closes = matches!(group.closest("dialog"), Ok(Some(_)));
    // Touching what is chosen already would take it back.
    if !closes && !is_chosen(&radios[next]) {
        radios[next].click();
    }
}

fn radios(group: &Element) -> Vec<HtmlElement> {
    let Ok(found) = group.query_selector_all("[role=radio]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

fn is_chosen(radio: &HtmlElement) -> bool {
    radio.get_attribute("aria-checked").as_deref() == Some("true")
}
