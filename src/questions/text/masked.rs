//! `masked`: words that nobody beside the person should read. They can be uncovered, so that what
//! was typed can be checked.

use form::model::Question;
use leptos::prelude::*;

use super::super::Asked;
use crate::filling::Typing;
use crate::parts::Glyph;
use crate::words;

/// A line that shows dots.
#[component]
pub(crate) fn Masked(asked: Asked, question: Question) -> impl IntoView {
    let Asked { form, at, .. } = asked;
    let said = words::masked();
    let typing = form.look(|session, _| Typing::of(session.form(), at.node, &question));
    let is_covered = RwSignal::new(true);
    let label = move || if is_covered.get() { said.uncover() } else { said.cover() };
    view! {
        <div class="masked">
            <input class="field" id=asked.id_of("answer") type=move || if is_covered.get() { "password" } else { "text" }
                inputmode=typing.keyboard.input_mode() autocomplete="off" autocapitalize="off" spellcheck="false"
                prop:value=move || asked.value()
                aria-invalid=move || asked.is_invalid().then_some("true") aria-describedby=asked.described_by()
                on:input=move |event| {
                    form.hush(at);
                    asked.type_in(&event_target_value(&event));
                }
                on:blur=move |event| {
                    let kept = typing.kept(&event_target_value(&event));
                    asked.type_in(&kept);
                    if !kept.is_empty() {
                        asked.left();
                    }
                } />
            <button type="button" class="button button--now" data-action="uncover" aria-pressed=move || (!is_covered.get()).to_string()
                on:click=move |_| is_covered.update(|covered| *covered = !*covered)>
                {Glyph::Eye.drawn()}
                {label}
            </button>
        </div>
    }
}
