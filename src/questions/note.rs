//! Words to read. Those with something calculated in them are a result, and look like one.

use leptos::prelude::*;

use super::{Asked, beside};
use crate::later::words_of_author;

/// A note.
#[component]
pub(super) fn Note(asked: Asked) -> impl IntoView {
    let Asked { form, at, .. } = asked;
    let calculated = form.look(|session, _| {
        let label = session.form().node(at.node).label.as_ref();
        label.is_some_and(|label| label.outputs().next().is_some())
    });
    let has_extras = form.look(|session, _| session.form().node(at.node).extras.is_some());
    let class = if calculated { "strip strip--calculated" } else { "strip strip--plain" };
    let hint = move || {
        form.hint(at)
            .map(|hint| view! { <span class="question__hint">{words_of_author(hint)}</span> })
    };
    view! {
        <div class=class id=asked.id() data-question=asked.name()>
            <div>
                <span role=calculated.then_some("status")>{move || words_of_author(form.label(at))}</span>
                {hint}
                {beside(asked, has_extras)}
            </div>
        </div>
    }
}
