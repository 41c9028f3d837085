//! The page: where the app is mounted, what `<html>` says, where the focus is.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::named::{call, object};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Where the app is mounted, emptied of what stood there before it started.
pub(crate) fn mount_point() -> Option<HtmlElement> {
    let place = document()?.get_element_by_id("app")?.dyn_into::<HtmlElement>().ok()?;
    place.set_text_content(None);
    Some(place)
}

/// Says something on `<html>`, as `data-<name>`.
pub(crate) fn mark(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Refused only where the name is not one of an attribute.
        let _ = root.set_attribute(&format!("data-{name}"), value);
    }
}

/// Whether `<html>` says something as `data-<name>`.
pub(crate) fn is_marked(name: &str) -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute(&format!("data-{name}")))
}

/// Whether this page came from what the browser keeps: a service worker handed it out.
pub(crate) fn is_kept() -> bool {
    let workers = web_sys::window().map(|window| window.navigator().service_worker());
    workers.is_some_and(|workers| workers.controller().is_some())
}

/// Names the page, for the list of open pages and for those who listen.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Takes the focus from what has it, as a touch elsewhere does.
pub(crate) fn leave_field() {
    let element = document().and_then(|document| document.active_element());
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Nothing but a field that is not there can refuse.
        let _ = element.blur();
    }
}

/// Shows the page from its beginning and tells its title to those who listen.
pub(crate) fn begin_at_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus(find("h1[tabindex]"));
}

/// Brings the element with this id into view, as far as it is not, and the focus to what can be
/// answered in it.
pub(crate) fn focus_in(id: &str) {
    let Some(place) = document().and_then(|document| document.get_element_by_id(id)) else {
        return;
    };
    bring_into_view(&place);
    let inner = place.query_selector("input, textarea, button, [tabindex]").ok().flatten();
    focus(inner.or(Some(place)));
}

/// Brings what is said to be wrong in the element with this id into view, as far as it is not.
pub(crate) fn show_problem_in(id: &str) {
    let place = document().and_then(|document| document.get_element_by_id(id));
    let problem = place.and_then(|place| place.query_selector("[data-problem]").ok().flatten());
    if let Some(problem) = problem {
        bring_into_view(&problem);
    }
}

fn bring_into_view(element: &Element) {
    if let Ok(nearest) = object(&[("block", "nearest".into())]) {
        // Nothing but a browser that does not know the word can refuse.
        let _ = call(element, "scrollIntoView", &[nearest]);
    }
}

/// Brings the focus to the element with this id.
pub(crate) fn focus_at(id: &str) {
    focus(document().and_then(|document| document.get_element_by_id(id)));
}

/// Where what had the focus is gone, gives it to what can be answered in the element with this id.
pub(crate) fn hold_focus_in(id: &str) {
    let Some(document) = document() else { return };
    let is_lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
    if is_lost && let Some(place) = document.get_element_by_id(id) {
        focus(place.query_selector("input, textarea, button, [tabindex]").ok().flatten());
    }
}

/// Words as a part of a link.
pub(crate) fn for_link(words: &str) -> String {
    js_sys::encode_uri_component(words).into()
}

/// Loads the page anew.
pub(crate) fn load_again() {
    if let Some(window) = web_sys::window() {
        // Refused only while the page is going away already.
        let _ = window.location().reload();
    }
}

/// Opens the dialogue for printing.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        // A browser without a printer does nothing; the page can still be photographed.
        let _ = window.print();
    }
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Refused only by elements that cannot have the focus.
        let _ = element.focus();
    }
}
