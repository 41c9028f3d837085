//! What is shown while a part of the app is still on its way (`src/later.rs`).

use leptos::prelude::*;

use crate::later::Missing;
use crate::parts::{Header, Strip, Tone};
use crate::route::Route;
use crate::words;

/// In the place of a part of a screen.
pub(crate) fn part_on_its_way(missing: Missing) -> AnyView {
    let said = words::trouble();
    match missing {
        Missing::OnItsWay => view! {
            <p class="on-its-way" role="status" aria-busy="true">{said.on_its_way()}</p>
        }
        .into_any(),
        Missing::Unreachable { again } => view! {
            <Strip tone=Tone::Amber urgent=true>
                <b>{said.not_loaded()}</b>
                <span>{said.not_loaded_how()}</span>
                <button type="button" class="link" data-action="try-again" on:click=move |_| again.notify()>
                    {words::app().try_again()}
                </button>
            </Strip>
        }
        .into_any(),
    }
}

/// Where nothing is missed until it is there.
pub(crate) fn nothing(_: Missing) -> AnyView {
    ().into_any()
}

/// In the place of a screen.
pub(crate) fn screen_on_its_way(missing: Missing) -> AnyView {
    view! {
        <div class="screen">
            <Header title=Signal::derive(|| words::app().name().to_owned()) back=Route::Home />
            <main data-screen="on-its-way">{part_on_its_way(missing)}</main>
        </div>
    }
    .into_any()
}
