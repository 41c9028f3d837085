//! Dialogues over the page: the browser keeps the focus inside and closes them with its own keys.

use leptos::html::Dialog;
use leptos::prelude::{GetUntracked, NodeRef};

/// Opens it.
pub(crate) fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}

/// Closes it.
pub(crate) fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
