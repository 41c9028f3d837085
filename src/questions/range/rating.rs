//! `rating`: so many stars.

use leptos::prelude::*;

use super::{Clear, Ranged};
use crate::parts::Glyph;
use crate::words;

/// A row of stars; those up to the answer are full.
#[component]
pub(super) fn Rating(ranged: Ranged) -> impl IntoView {
    let Ranged { asked, scale } = ranged;
    let said = words::range();
    let star = move |place: u32| {
        let value = scale.value(place);
        let is_full = move || ranged.place().is_some_and(|chosen| chosen >= place);
        let checked = move || (ranged.place() == Some(place)).to_string();
        view! {
            <button type="button" class="star" class:star--full=is_full role="radio" data-choice=value.clone()
                aria-checked=checked aria-label=said.stars(&ranged.words(place)) on:click=move |_| ranged.answer(place)>
                {Glyph::Star.drawn()}
            </button>
        }
        .into_any()
    };
    let chosen = move || match ranged.place() {
        Some(place) => said.stars(&ranged.words(place)),
        None => said.nothing().to_owned(),
    };
    view! {
        <div class="stars" role="radiogroup" id=asked.id_of("answer") aria-labelledby=asked.id_of("label")
            aria-describedby=asked.described_by() aria-invalid=move || asked.is_invalid().then_some("true")>
            {(0..=scale.last()).map(star).collect_view()}
        </div>
        <p class="stars__words" aria-hidden="true">{chosen}</p>
        <Clear ranged />
    }
}
