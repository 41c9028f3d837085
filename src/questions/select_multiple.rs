//! Any number of a list.

use leptos::prelude::*;

use super::Asked;
use super::choices::{Rows, turned};
use super::sheet::Sheet;
use crate::filling::is_closed;

/// Short lists stand on the page; long ones open over it.
#[component]
pub(super) fn SelectMultipleQuestion(asked: Asked) -> impl IntoView {
    let choices = Memo::new(move |_| asked.form.choices(asked.at));
    let is_closed = Memo::new(move |_| {
        let count = choices.with(Vec::len);
        asked.form.look(|session, _| is_closed(session.form(), asked.at.node, count))
    });
    let choose = Callback::new(move |name: String| {
        let value = asked.form.look(|session, _| turned(session.value(asked.at), &name));
        asked.answer(&value);
        asked.left();
    });
    move || {
        if is_closed.get() {
            view! { <Sheet asked choices=choices.into() many=true choose /> }.into_any()
        } else {
            view! {
                <div class="choices" role="group" aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()
                    aria-invalid=move || asked.is_invalid().then_some("true")>
                    <Rows asked choices=choices.into() many=true choose />
                </div>
            }
            .into_any()
        }
    }
}
