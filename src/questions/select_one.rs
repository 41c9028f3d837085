//! One of a list.

use leptos::prelude::*;

use super::Asked;
use super::choices::Rows;
use super::sheet::Sheet;
use crate::filling::is_closed;
use crate::words;

/// Two choices of no more characters stand side by side.
const PAIRED: usize = 4;

/// Short lists stand on the page; long ones open over it.
#[component]
pub(super) fn SelectOneQuestion(asked: Asked) -> impl IntoView {
    let choices = Memo::new(move |_| asked.form.choices(asked.at));
    let is_closed = Memo::new(move |_| {
        let count = choices.with(Vec::len);
        asked.form.look(|session, _| is_closed(session.form(), asked.at.node, count))
    });
    let choose = Callback::new(move |name: String| {
        // Touching the chosen one again takes an optional answer back.
        let again = asked
            .form
            .look(|session, _| session.value(asked.at) == name && !session.is_required(asked.at));
        asked.answer(if again { "" } else { &name });
        asked.left();
    });
    let is_pair = move || {
        choices.with(|choices| {
            choices.len() == 2 && choices.iter().all(|(_, words)| words.chars().count() <= PAIRED)
        })
    };
    move || {
        if is_closed.get() {
            view! { <Sheet asked choices=choices.into() many=false choose /> }.into_any()
        } else {
            let none =
                move || choices.with(Vec::is_empty).then_some(words::filling().nothing_to_choose());
            view! {
                <div class="choices" class:choices--pair=is_pair role="radiogroup" aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()
                    aria-invalid=move || asked.is_invalid().then_some("true")>
                    <Rows asked choices=choices.into() many=false choose />
                    {move || none().map(|words| view! { <p class="question__hint">{words}</p> })}
                </div>
            }
            .into_any()
        }
    }
}
