//! Who else uses this phone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::person;
use crate::locking;
use crate::parts::{self, Glyph};
use crate::phone::Phone;
use crate::vault::Account;
use crate::words::{self, InWords as _};

/// Who else there is, and another one.
pub(super) fn people(phone: Phone, others: &[Account], again: RwSignal<()>) -> AnyView {
    let said = words::accounts();
    let one = |account: &Account| {
        // Changing over closes what is open: who comes next begins at the gate.
        person(account, |_| locking::lock())
    };
    let others = others.iter().map(one).collect_view();
    view! {
        <section class="stack">
            <h2 class="section-title">{said.people()}</h2>
            {others}
            {another(phone, again)}
        </section>
    }
    .into_any()
}

fn another(phone: Phone, again: RwSignal<()>) -> AnyView {
    let said = words::accounts();
    let is_asked = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = typed.get_untracked();
        if name.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            match phone.device().add_account(name.trim()).await {
                Ok(_) => again.set(()),
                Err(error) => trouble.set(Some(error.in_words())),
            }
        });
    };
    view! {
        <button type="button" class="button" data-action="add-person" aria-expanded=move || is_asked.get().to_string()
            on:click=move |_| is_asked.update(|asked| *asked = !*asked)>{Glyph::Plus.drawn()}{said.add()}</button>
        <form class="stack" hidden=move || !is_asked.get() on:submit=add>
            <p class="question__hint">{said.add_how()}</p>
            <label class="stack">
                <b>{said.add_name()}</b>
                <input class="field" name="other" maxlength="20" autocomplete="off" prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
            <button class="button button--primary" data-action="add-person-really">{said.add_really()}</button>
        </form>
        {parts::trouble(trouble)}
    }
    .into_any()
}
