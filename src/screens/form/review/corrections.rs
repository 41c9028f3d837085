//! What the office wants corrected, first of all that was answered.

use leptos::prelude::*;

use super::{Filling, mend};
use crate::effect::{effect, loaded};
use crate::filling::at_path;
use crate::parts::{Icon, Strip, Tone};
use crate::phone::phone;
use crate::screens::form::page::route;
use crate::words;

/// What the office wrote, each with the way to its question. What is shown here is what the person has
/// seen of the case when they finish.
#[component]
pub(super) fn Corrections() -> impl IntoView {
    let filling = expect_context::<Filling>();
    let loaded = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        let application = filling.application;
        async move { phone.vault().case(application).await.ok()?.state }
    });
    let state = Memo::new(move |_| loaded.get().flatten());
    effect(move || {
        if let Some(version) = state.with(|state| state.as_ref()?.version) {
            filling.seen.set(Some(version));
        }
    });
    let said = words::asking();
    let show = move || {
        let state = state.get()?;
        if !state.offers.correct {
            let words = state.words;
            return Some(
                view! {
                    <Strip tone=Tone::Red><b>{said.no_longer()}</b><span>{words}</span></Strip>
                }
                .into_any(),
            );
        }
        let cards = state.corrections.iter().map(|one| card(filling, &one.path, &one.words));
        let is_wanted = state.said.is_some() || !state.corrections.is_empty();
        let office = state.said.clone();
        let section = view! {
            <section class="stack" data-corrections>
                {office.map(|words| view! { <Strip tone=Tone::Amber><b>{said.said()}</b><span>{words}</span></Strip> })}
                {(!state.corrections.is_empty()).then(|| view! { <h2 class="section-title">{said.corrections()}</h2> })}
                {cards.collect_view()}
            </section>
        };
        is_wanted.then(|| section.into_any())
    };
    show.into_any()
}

/// What is wrong with one answer, and the way to it, where it is still asked.
fn card(filling: Filling, path: &str, words: &str) -> AnyView {
    let found = filling.form.look(|session, plan| {
        let at = at_path(session, path)?;
        Some((plan.locate(session, at)?, session.label(at).unwrap_or_default()))
    });
    let words = words.to_owned();
    match found {
        Some((step, label)) => view! {
            <a class="card card--problem" href=route(filling, step).path() data-action="correct-answer" on:click=move |_| mend(filling, step)>
                <span class="card__body">
                    <span class="card__name">{label}</span>
                    <span class="card__detail">{words}</span>
                </span>
                <Icon name="on" />
            </a>
        }
        .into_any(),
        None => view! { <Strip tone=Tone::Amber><span>{words}</span></Strip> }.into_any(),
    }
}
