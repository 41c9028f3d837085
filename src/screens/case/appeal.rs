//! 复核: who does not agree with what was decided has somebody else look at it again, once.

use leptos::prelude::*;
use protocol::ApplicationId;

use super::asking::{Doing, ask, said_freely};
use crate::parts::{Glyph, Strip, Tone};
use crate::phone::phone;
use crate::vault::Meant;
use crate::words;

/// The way to it, which says first what it is.
pub(super) fn appeal(application: ApplicationId, version: u64) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let said = words::appealing();
    let is_open = RwSignal::new(false);
    let (what, is_blank) = (RwSignal::new(String::new()), RwSignal::new(false));
    let send = move |_| {
        let words = what.get_untracked().trim().to_owned();
        is_blank.set(words.is_empty());
        if !words.is_empty() {
            doing.begin(ask(phone, application, version, Meant::Appeal { words }));
        }
    };
    let blank = move || {
        let is_lacking = is_blank.get() && what.with(|words| words.trim().is_empty());
        is_lacking.then(|| view! { <p class="strip strip--red" role="alert">{said.say_what()}</p> })
    };
    let rest = move || {
        is_open.get().then(|| view! {
            <section class="stack" data-appeal>
                <Strip tone=Tone::Amber><b>{said.title()}</b><span>{said.how()}</span></Strip>
                {said_freely("appeal-what", said.what(), what)}
                {blank}
                {doing.shown()}
                <div class="actions__row">
                    <button type="button" class="button" data-action="appeal-not" on:click=move |_| is_open.set(false)>{said.not_now()}</button>
                    <button type="button" class="button button--primary" data-action="appeal-really" on:click=send>{said.send()}</button>
                </div>
            </section>
        })
    };
    view! {
        <button type="button" class="link" data-action="appeal" aria-expanded=move || is_open.get().to_string()
            hidden=move || is_open.get() on:click=move |_| is_open.set(true)>
            {Glyph::Person.drawn()}{said.appeal()}
        </button>
        {rest}
    }
    .into_any()
}
