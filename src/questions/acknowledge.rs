//! A single box to tick.

use leptos::prelude::*;

use super::Asked;
use super::choices::Mark;
use crate::words;

/// What is stored when it is ticked, in every XLSForm tool.
const TICKED: &str = "OK";

/// A box.
#[component]
pub(super) fn AcknowledgeQuestion(asked: Asked) -> impl IntoView {
    let ticked = move || asked.value() == TICKED;
    let turn = move |_| {
        asked.answer(if ticked() { "" } else { TICKED });
        asked.left();
    };
    view! {
        <button type="button" class="choice" role="checkbox" id=asked.id_of("answer") data-choice=TICKED
            aria-checked=move || ticked().to_string() on:click=turn>
            <Mark many=true />
            {words::filling().acknowledge()}
        </button>
    }
}
