//! `multiline`: as much as somebody wants to say.

use form::model::Question;
use leptos::prelude::*;

use super::super::Asked;
use crate::filling::Typing;

/// So many lines where the author says nothing.
const ROWS: &str = "4";

/// Several lines.
#[component]
pub(crate) fn Lines(asked: Asked, question: Question) -> impl IntoView {
    let Asked { form, at, .. } = asked;
    let (typing, rows) = form.look(|session, _| {
        let node = session.form().node(at.node);
        let typing = Typing::of(session.form(), at.node, &question);
        (typing, node.parameter("rows").unwrap_or(ROWS).to_owned())
    });
    let take = move |typed: String| {
        form.hush(at);
        asked.type_in(&typed);
    };
    let end = move |typed: String| {
        let kept = typing.kept(&typed);
        asked.type_in(&kept);
        // An empty one is told when the person goes on, not in passing.
        if !kept.is_empty() {
            asked.left();
        }
    };
    view! {
        <textarea class="field" id=asked.id_of("answer") rows=rows prop:value=move || asked.value()
            aria-invalid=move || asked.is_invalid().then_some("true") aria-describedby=asked.described_by()
            on:input=move |event| take(event_target_value(&event))
            on:blur=move |event| end(event_target_value(&event))></textarea>
    }
}
