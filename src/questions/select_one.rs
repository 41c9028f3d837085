//! One of a short list without pictures, as most forms ask it first. Other lists are in [`select`](super::select).

use form::model::Question;
use leptos::prelude::*;

use super::Asked;
use super::choices::{Choose, Rows, plain};
use crate::filling::is_closed;
use crate::later;
use crate::screens::part_on_its_way;
use crate::words;

/// Two choices of no more characters stand side by side.
const PAIRED: usize = 4;

/// What touching a choice does: it is the answer; the chosen one, touched again, is taken back
/// where nothing need be answered.
pub(super) fn choose_one(asked: Asked) -> Choose {
    Callback::new(move |name: String| {
        let again = asked
            .form
            .look(|session, _| session.value(asked.at) == name && !session.is_required(asked.at));
        asked.answer(if again { "" } else { &name });
        asked.left();
    })
}

/// Short lists stand on the page; long ones open over it.
#[component]
pub(super) fn SelectOneQuestion(asked: Asked, question: Question) -> impl IntoView {
    let choices = Memo::new(move |_| asked.form.choices(asked.at));
    let is_closed = Memo::new(move |_| {
        let count = choices.with(Vec::len);
        asked.form.look(|session, _| is_closed(session.form(), asked.at.node, count))
    });
    let has_pictures = asked.form.look(|session, _| session.has_choice_media(asked.at));
    let is_pair = move || {
        choices.with(|choices| {
            choices.len() == 2 && choices.iter().all(|(_, words)| words.chars().count() <= PAIRED)
        })
    };
    move || {
        if is_closed.get() || has_pictures {
            let question = question.clone();
            later::show(move |later| (later.control)(asked, &question), part_on_its_way)
        } else {
            let none =
                move || choices.with(Vec::is_empty).then_some(words::filling().nothing_to_choose());
            view! {
                <div class="choices" class:choices--pair=is_pair role="radiogroup" aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()
                    aria-invalid=move || asked.is_invalid().then_some("true")>
                    <Rows asked choices=choices.into() many=false choose=choose_one(asked) face=plain />
                    {move || none().map(|words| view! { <p class="question__hint">{words}</p> })}
                </div>
            }
            .into_any()
        }
    }
}
