//! The phone keeps nothing: what is so, and what to do.

use leptos::prelude::*;

use crate::device::page;
use crate::vault::VaultError;
use crate::words::{self, InWords as _};

/// In place of the app, where its vault cannot be opened.
#[component]
pub(crate) fn TroubleScreen(error: VaultError) -> impl IntoView {
    let said = words::trouble();
    view! {
        <div class="screen">
            <main data-screen="trouble">
                <div class="outcome outcome--red">
                    <h1>{said.cannot_open()}</h1>
                    <p>{error.in_words()}</p>
                </div>
                <p>{said.still_there()}</p>
            </main>
            <footer class="actions">
                <div class="actions__row">
                    <button type="button" class="button button--primary" data-action="try-again" on:click=move |_| page::load_again()>
                        {words::app().try_again()}
                    </button>
                </div>
            </footer>
        </div>
    }
}
