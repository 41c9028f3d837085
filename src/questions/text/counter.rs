//! `counter`: a small number that is touched up and down.

use leptos::prelude::*;

use super::super::Asked;
use crate::parts::Glyph;
use crate::words;

/// A whole number between two large buttons. It can be typed too.
#[component]
pub(crate) fn Counter(asked: Asked) -> impl IntoView {
    let said = words::range();
    let step = move |by: i32| {
        let number = asked.form.look(|session, _| session.value(asked.at).parse::<i32>());
        // The first touch of either button answers: nobody, or one.
        let next = number.map_or(by.max(0), |number| number.saturating_add(by));
        asked.answer(&next.to_string());
        asked.left();
    };
    let button = move |by: i32, glyph: Glyph, action: &'static str, words: &'static str| {
        view! {
            <button type="button" class="step" data-action=action aria-label=words aria-describedby=asked.id_of("label")
                on:click=move |_| step(by)>{glyph.drawn()}</button>
        }
        .into_any()
    };
    view! {
        <div class="counter">
            {button(-1, Glyph::Minus, "step-down", said.less())}
            <input class="field counter__number" type="text" inputmode="numeric" autocomplete="off" id=asked.id_of("answer")
                placeholder="–" prop:value=move || asked.value()
                aria-invalid=move || asked.is_invalid().then_some("true") aria-describedby=asked.described_by()
                on:input=move |event| {
                    asked.form.hush(asked.at);
                    asked.type_in(event_target_value(&event).trim());
                }
                on:blur=move |event| {
                    if !event_target_value(&event).is_empty() {
                        asked.left();
                    }
                } />
            {button(1, Glyph::Plus, "step-up", said.more())}
        </div>
    }
}
