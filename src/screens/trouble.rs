//! The phone keeps nothing: what is so, and what to do.

use leptos::prelude::*;

use crate::device::page;
use crate::parts::{Header, Strip, Tone};
use crate::route::Route;
use crate::vault::VaultError;
use crate::words;

/// In place of the app, where its vault cannot be opened.
#[component]
pub(crate) fn TroubleScreen(error: VaultError) -> impl IntoView {
    let said = words::trouble();
    view! {
        <div class="screen">
            <main data-screen="trouble">
                <div class="outcome outcome--red">
                    <h1>{said.cannot_open}</h1>
                    <p>{error.to_string()}</p>
                </div>
                <p>{said.still_there}</p>
            </main>
            <div class="actions">
                <div class="actions__row">
                    <button type="button" class="button button--primary" data-action="try-again" on:click=move |_| page::load_again()>
                        {words::app().try_again}
                    </button>
                </div>
            </div>
        </div>
    }
}

/// A part of the app that is still on its way, and no network.
pub(crate) fn not_loaded(again: Trigger) -> AnyView {
    let said = words::trouble();
    view! {
        <Strip tone=Tone::Amber urgent=true>
            <b>{said.not_loaded}</b>
            <span>{said.not_loaded_how}</span>
            <button type="button" class="link" data-action="try-again" on:click=move |_| again.notify()>
                {words::app().try_again}
            </button>
        </Strip>
    }
    .into_any()
}

/// The same, where it is a whole screen.
pub(crate) fn not_loaded_screen(again: Trigger) -> AnyView {
    view! {
        <div class="screen">
            <Header title=Signal::derive(|| words::app().name.to_owned()) back=Route::Home />
            <main data-screen="trouble">{not_loaded(again)}</main>
        </div>
    }
    .into_any()
}
