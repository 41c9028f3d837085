//! 没填完的: go on, or throw it away.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::parts::{self, Glyph};
use crate::phone::Phone;
use crate::screens::home::draft_card;
use crate::vault::DraftSummary;
use crate::words::{self, InWords as _};

/// A draft that can be thrown away. Asked twice: it cannot be found again.
pub(super) fn removable(phone: Phone, draft: DraftSummary) -> AnyView {
    let said = words::mine();
    let application = draft.application;
    let label = format!("{} {}", said.delete(), draft.title);
    let is_asked = RwSignal::new(false);
    let is_gone = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let delete = move |_| {
        spawn_local(async move {
            match phone.vault().remove_draft(application).await {
                Ok(()) => {
                    is_gone.try_set(true);
                }
                Err(error) => {
                    trouble.try_set(Some(error.in_words()));
                }
            }
        });
    };
    view! {
        <div class="stack" hidden=move || is_gone.get()>
            <div class="row-card">
                {draft_card(draft)}
                <button type="button" class="row-card__remove" data-action="remove-draft" aria-label=label
                    aria-expanded=move || is_asked.get().to_string() on:click=move |_| is_asked.update(|asked| *asked = !*asked)>
                    {Glyph::Trash.drawn()}
                </button>
            </div>
            <div class="undo undo--danger" hidden=move || !is_asked.get()>
                <span>{said.delete_what()}</span>
                <button type="button" class="link link--danger" data-action="remove-draft-really" on:click=delete>{said.delete_sure()}</button>
            </div>
            {parts::trouble(trouble)}
        </div>
    }
    .into_any()
}
