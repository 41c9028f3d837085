//! 报修人确认: whether what was reported is mended, says who reported it.

use leptos::prelude::*;
use protocol::ApplicationId;

use super::asking::{Doing, ask, said_freely};
use crate::phone::phone;
use crate::vault::Meant;
use crate::words;

/// Two buttons, and a few lines for who says that it is not.
pub(super) fn confirm(application: ApplicationId, version: u64) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let said = words::confirming();
    let is_not = RwSignal::new(false);
    let (what, is_blank) = (RwSignal::new(String::new()), RwSignal::new(false));
    let mended = move |_| {
        let meant = Meant::Confirm { is_mended: true, words: String::new() };
        doing.begin(ask(phone, application, version, meant));
    };
    let tell = move |_| {
        let words = what.get_untracked().trim().to_owned();
        is_blank.set(words.is_empty());
        if !words.is_empty() {
            let meant = Meant::Confirm { is_mended: false, words };
            doing.begin(ask(phone, application, version, meant));
        }
    };
    let blank = move || {
        let is_lacking = is_blank.get() && what.with(|words| words.trim().is_empty());
        is_lacking.then(|| view! { <p class="strip strip--red" role="alert">{said.say_what()}</p> })
    };
    let rest = move || {
        match is_not.get() {
        true => view! {
            {said_freely("not-mended", said.what(), what)}
            {blank}
            <button type="button" class="button button--primary button--wide" data-action="tell-not-mended" on:click=tell>{said.tell()}</button>
        }
        .into_any(),
        false => view! {
            <div class="actions__row">
                <button type="button" class="button" data-action="not-mended" on:click=move |_| is_not.set(true)>{said.not_mended()}</button>
                <button type="button" class="button button--primary" data-action="mended" on:click=mended>{said.mended()}</button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <section class="stack" data-confirm>
            <h2 class="question__label">{said.title()}</h2>
            {rest}
            {doing.shown()}
        </section>
    }
    .into_any()
}
