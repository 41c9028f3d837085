//! Dialogues over the page: the browser keeps the focus inside and closes them with its own keys.

use leptos::html::Dialog;
use leptos::prelude::{GetUntracked, NodeRef};
use wasm_bindgen::JsCast;

/// Opens it.
pub(crate) fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}

/// Closes what is open over the page; tells whether something was.
pub(crate) fn close_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let open = document.and_then(|document| document.query_selector("dialog[open]").ok().flatten());
    let open = open.and_then(|open| open.dyn_into::<web_sys::HtmlDialogElement>().ok());
    open.is_some_and(|open| {
        open.close();
        true
    })
}

/// Closes it.
pub(crate) fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
