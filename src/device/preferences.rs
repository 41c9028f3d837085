//! What a person chose for this phone: said on `<html>` as `data-<name>`, and kept for the next
//! start. `public/boot.js` reads what is kept here.

/// What is chosen; none where nothing is.
pub(crate) fn chosen(name: &str) -> Option<String> {
    let root = web_sys::window()?.document()?.document_element()?;
    root.get_attribute(&attribute(name))
}

/// Chooses, or takes a choice back.
pub(crate) fn remember(name: &str, value: Option<&str>) {
    let Some(window) = web_sys::window() else { return };
    // Where the browser keeps nothing, it holds for as long as the page lives.
    if let Ok(Some(store)) = window.local_storage() {
        let _ = match value {
            Some(value) => store.set_item(name, value),
            None => store.remove_item(name),
        };
    }
    if let Some(root) = window.document().and_then(|document| document.document_element()) {
        // Refused only where the name is not one of an attribute.
        let _ = match value {
            Some(value) => root.set_attribute(&attribute(name), value),
            None => root.remove_attribute(&attribute(name)),
        };
    }
}

fn attribute(name: &str) -> String {
    ["data-", name].concat()
}
