//! A date typed as numbers: a birthday of seventy years ago is far away in a calendar.

use leptos::prelude::*;

use super::super::Asked;
use crate::filling::{Grain, digits};
use crate::words;

/// A field for each part that is asked.
#[component]
pub(super) fn PartsQuestion(asked: Asked, grain: Grain) -> impl IntoView {
    let said = words::date();
    let parts = move || grain.parts(&asked.value());
    let take = move |place: usize, typed: &str| {
        let mut all = asked.form.look(|session, _| grain.parts(session.value(asked.at)));
        all[place] = digits(typed, if place == 0 { 4 } else { 2 });
        asked.form.hush(asked.at);
        asked.type_in(&grain.value(&all));
    };
    // It is told once the last part is left, not between two of them.
    let leave = move |place: usize| {
        if place + 1 == grain.count()
            && !asked.form.look(|session, _| session.value(asked.at).is_empty())
        {
            asked.left();
        }
    };
    let field = move |place: usize| {
        let name = [said.year(), said.month(), said.day()][place];
        let id = if place == 0 { asked.id_of("answer") } else { asked.id_of(name) };
        let class = if place == 0 { "field date__year" } else { "field" };
        view! {
            <label class="date__part">
                <input class=class id=id type="text" inputmode="numeric" autocomplete="off"
                    maxlength=if place == 0 { "4" } else { "2" } aria-describedby=asked.described_by()
                    aria-invalid=move || asked.is_invalid().then_some("true")
                    prop:value=move || parts()[place].clone()
                    on:input=move |event| take(place, &event_target_value(&event))
                    on:blur=move |_| leave(place) />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    view! { <div class="date">{(0..grain.count()).map(field).collect_view()}</div> }
}
