//! A PIN that was forgotten. Nobody else knows it: the township can help where it gave somebody the
//! phone, or else only a new beginning does.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::helped::asking;
use crate::effect::loaded;
use crate::gate::Gate;
use crate::parts::{self, Glyph};
use crate::vault::AccountId;
use crate::words::{self, InWords as _};

/// What can be done. `helped` gets what the township gives; removing is asked twice, since it cannot be
/// undone.
pub(super) fn forgotten(
    gate: Gate,
    id: AccountId,
    helped: RwSignal<Option<[u8; 32]>>,
    again: RwSignal<()>,
) -> AnyView {
    let said = words::gate();
    let is_asked = RwSignal::new(false);
    let can_be_helped = loaded(move || async move { gate.device().can_be_helped(id).await });
    let help = move || {
        let can_be_helped = can_be_helped.with(|can| matches!(can, Some(Ok(true))));
        (is_asked.get() && can_be_helped).then(|| asking(gate, id, helped))
    };
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
            {help}
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
