//! A PIN that was forgotten on a phone which the township gave to somebody: the township can help, and
//! nothing is lost.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::RecoveryAnswer;

use crate::device::frame;
use crate::gate::Gate;
use crate::locking;
use crate::parts::{Glyph, Strip, Tone};
use crate::phone::delivery;
use crate::screens::accounts::{Said, choose_pin, number};
use crate::vault::{Account, AccountId, OpensBy, Pin, VaultError};
use crate::words::{self, InWords as _};

/// What to tell the township, and whether it has said yes: then a secret is `given`.
pub(super) fn asking(gate: Gate, id: AccountId, given: RwSignal<Option<[u8; 32]>>) -> AnyView {
    let said = words::gate();
    let (told, busy) = (Said::new(), RwSignal::new(false));
    let delivery = delivery();
    let ask = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        told.say(said.asking());
        let delivery = delivery.clone();
        spawn_local(async move {
            match delivery.ask_recovery(id).await {
                Ok(Some(RecoveryAnswer::Given(secret))) => given.set(Some(secret)),
                Ok(Some(RecoveryAnswer::Asked)) => told.warn(said.not_yet()),
                Ok(Some(RecoveryAnswer::Denied)) => told.warn(said.not_given()),
                Ok(None) => told.warn(said.no_answer()),
                Err(error) => told.complain(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="stack" data-helped>
        <Strip tone=Tone::Blue><b>{said.can_help()}</b><span>{said.can_help_how()}</span></Strip>
        {number(&gate.device())}
        {told.shown()}
        <button type="button" class="button button--primary" data-action="recover" on:click=ask>
            {Glyph::Lock.drawn()}{said.allowed()}
        </button>
        </section>
    }
    .into_any()
}

/// Asks for another PIN for the account that the township's `secret` opens.
pub(super) fn new_pin(gate: Gate, account: Account, secret: [u8; 32]) -> AnyView {
    let (told, busy) = (Said::new(), RwSignal::new(false));
    let chosen = Rc::new(move |pin: Pin| {
        let account = account.clone();
        busy.set(true);
        told.say(words::gate().opening());
        spawn_local(async move {
            frame::drawn().await;
            if let Err(error) = recover(gate, account, secret, pin).await {
                told.warn(&error.in_words());
            }
            busy.try_set(false);
        });
    });
    view! {
        {choose_pin(busy, chosen)}
        {told.shown()}
    }
    .into_any()
}

async fn recover(
    gate: Gate,
    account: Account,
    secret: [u8; 32],
    pin: Pin,
) -> Result<(), VaultError> {
    let vault = gate.device().recover(account.id, &secret, &pin).await?;
    let opens_by = if pin.is_digits() { OpensBy::Digits } else { OpensBy::Passphrase };
    locking::follow(&Account { opens_by, ..account });
    gate.open(vault);
    Ok(())
}
