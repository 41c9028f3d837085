//! A PIN that was forgotten: nobody else knows it, so that only a new beginning helps.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::gate::Gate;
use crate::parts::{self, Glyph};
use crate::vault::AccountId;
use crate::words::{self, InWords as _};

/// What can be done. Asked twice: it cannot be undone.
pub(super) fn forgotten(gate: Gate, id: AccountId, again: RwSignal<()>) -> AnyView {
    let said = words::gate();
    let is_asked = RwSignal::new(false);
    let is_sure = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let remove = move |_| {
        spawn_local(async move {
            match gate.device().remove_account(id).await {
                Ok(()) => again.set(()),
                Err(error) => trouble.set(Some(error.in_words())),
            }
        });
    };
    view! {
        <button type="button" class="link" data-action="forgot" aria-expanded=move || is_asked.get().to_string()
            on:click=move |_| is_asked.update(|asked| *asked = !*asked)>{said.forgot()}</button>
        <div class="stack" hidden=move || !is_asked.get()>
            <p>{said.forgot_how()}</p>
            <button type="button" class="button" data-action="remove" on:click=move |_| is_sure.set(true)>{Glyph::Trash.drawn()}{said.remove()}</button>
            <div class="undo undo--danger" hidden=move || !is_sure.get()>
                <span>{said.remove_sure()}</span>
                <button type="button" class="link link--danger" data-action="remove-really" on:click=remove>{said.remove_really()}</button>
            </div>
            {parts::trouble(trouble)}
        </div>
    }
    .into_any()
}
