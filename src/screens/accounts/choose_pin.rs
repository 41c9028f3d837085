//! Choosing a PIN: typed twice.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Said;
use crate::device::frame;
use crate::gate::Gate;
use crate::locking;
use crate::parts::{self, PinEntry, Strip, Tone};
use crate::vault::{Account, OpensBy, Pin, VaultError};
use crate::words::{self, InWords as _};

/// Asks for a new PIN, and for it once more.
pub(in crate::screens) fn choose_pin(busy: RwSignal<bool>, chosen: Rc<dyn Fn(Pin)>) -> AnyView {
    let said = words::pin();
    let is_phrase = RwSignal::new(false);
    let first = RwSignal::new(None::<String>);
    let told = Said::new();
    let given: Rc<dyn Fn(String)> = Rc::new(move |typed: String| {
        let pin = match Pin::choose(&typed) {
            Ok(pin) => pin,
            Err(fault) => return told.complain(&fault),
        };
        match first.get_untracked() {
            None => {
                told.say("");
                first.set(Some(typed));
            }
            Some(before) if before == typed => chosen(pin),
            Some(_) => {
                first.set(None);
                told.say(said.differ());
            }
        }
    });
    let given = StoredValue::new_local(given);
    let entry = move || {
        let (digits, given) = (!is_phrase.get(), given.get_value());
        let title = match (first.with(Option::is_some), digits) {
            (true, _) => said.again(),
            (false, true) => said.choose(),
            (false, false) => said.choose_phrase(),
        };
        view! {
            <h2 class="pad__title">{title}</h2>
            {told.shown()}
            <PinEntry digits next=said.next() busy given />
        }
    };
    let other = move || if is_phrase.get() { said.use_digits() } else { said.use_phrase() };
    let turn = move |_| {
        first.set(None);
        is_phrase.update(|is_phrase| *is_phrase = !*is_phrase);
    };
    view! {
        {entry}
        <button type="button" class="link" data-action="other-kind" on:click=turn>{other}</button>
    }
    .into_any()
}

/// Whoever works for the township gives the phone a PIN before anything else.
pub(in crate::screens) fn first_pin(gate: Gate, account: Account, whom: &str) -> AnyView {
    let said = words::gate();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let chosen = Rc::new(move |pin: Pin| {
        let account = account.clone();
        busy.set(true);
        spawn_local(async move {
            frame::drawn().await;
            if let Err(error) = set_first(gate, account, pin).await {
                trouble.set(Some(error));
            }
            busy.try_set(false);
        });
    });
    let how = said.must_how(whom);
    view! {
        <Strip tone=Tone::Amber><b>{said.must()}</b><span>{how}</span></Strip>
        {choose_pin(busy, chosen)}
        {parts::trouble(trouble)}
    }
    .into_any()
}

async fn set_first(gate: Gate, account: Account, pin: Pin) -> Result<(), String> {
    let device = gate.device();
    let vault = device.open(account.id).await.map_err(|error| error.in_words())?;
    let vault = vault.ok_or_else(|| VaultError::Outdated.in_words())?;
    let changed = device.change_pin(account.id, None, Some(&pin)).await;
    changed.map_err(|error| error.in_words())?;
    let opens_by = if pin.is_digits() { OpensBy::Digits } else { OpensBy::Passphrase };
    locking::follow(&Account { opens_by, ..account });
    gate.open(vault);
    Ok(())
}
