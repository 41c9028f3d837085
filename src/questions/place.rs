//! Where something is: asked of the phone when the person touches the button, never before.

use leptos::prelude::*;

use super::Asked;
use crate::device::place::{NoPlace, here};
use crate::filling::value_words;
use crate::parts::Glyph;
use crate::words;

/// A place.
#[component]
pub(super) fn PlaceQuestion(asked: Asked) -> impl IntoView {
    let said = words::place();
    let is_working = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let take = move |_| {
        if is_working.get_untracked() {
            return;
        }
        is_working.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match here().await {
                Ok(place) => asked.form.answer_late(asked.at, |_| place.geopoint()),
                Err(NoPlace::Refused) => {
                    trouble.try_set(Some(said.refused()));
                }
                Err(NoPlace::Unavailable) => {
                    trouble.try_set(Some(said.unavailable()));
                }
            }
            is_working.try_set(false);
        });
    };
    let taken = Memo::new(move |_| {
        asked.value();
        asked.form.look(|session, _| value_words(session, asked.at))
    });
    let label = move || match (is_working.get(), taken.with(Option::is_some)) {
        (true, _) => said.working(),
        (false, true) => said.again(),
        (false, false) => said.take(),
    };
    view! {
        {move || taken.get().map(|words| view! {
            <p class="strip" role="status">{Glyph::Place.drawn()}<span>{words}</span></p>
        })}
        <div class="tools">
            <button type="button" class="button button--tool" id=asked.id_of("answer") data-action="take-place"
                aria-disabled=move || is_working.get().to_string() on:click=take>
                {Glyph::Place.drawn()}
                {label}
            </button>
            {move || taken.with(Option::is_some).then(|| view! {
                <button type="button" class="button button--tool button--danger" data-action="remove-place"
                    on:click=move |_| asked.answer("")>{said.remove()}</button>
            })}
        </div>
        {move || match trouble.get() {
            Some(words) => view! { <p class="strip strip--amber" role="alert">{words}</p> }.into_any(),
            None => view! { <p class="question__hint">{said.why()}</p> }.into_any(),
        }}
    }
}
