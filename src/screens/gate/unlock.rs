//! An account's PIN.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::forgotten::forgotten;
use super::helped::new_pin;
use crate::device::{authenticator, frame, page};
use crate::effect::loaded;
use crate::gate::Gate;
use crate::locking;
use crate::parts::{Glyph, PinEntry};
use crate::screens::accounts::{Said, called, counted_down};
use crate::vault::{Account, AccountId, LockError, OpensBy, Pin};
use crate::words;

/// Asks for the PIN of `account`, or for another one where the township has helped; `others` leads back
/// to who else there is.
pub(super) fn unlock(
    gate: Gate,
    account: &Account,
    others: Option<RwSignal<Option<AccountId>>>,
    again: RwSignal<()>,
) -> AnyView {
    let helped = RwSignal::new(None::<[u8; 32]>);
    let account = StoredValue::new(account.clone());
    let content = move || match helped.get() {
        Some(secret) => new_pin(gate, account.get_value(), secret),
        None => ask(gate, &account.get_value(), others, helped, again),
    };
    view! { {content} }.into_any()
}

fn ask(
    gate: Gate,
    account: &Account,
    others: Option<RwSignal<Option<AccountId>>>,
    helped: RwSignal<Option<[u8; 32]>>,
    again: RwSignal<()>,
) -> AnyView {
    let said = words::gate();
    let (id, digits) = (account.id, account.opens_by == OpensBy::Digits);
    let (own, busy) = (account.clone(), RwSignal::new(false));
    let told = Said::new();
    let given = Rc::new(move |typed: String| {
        let own = own.clone();
        busy.set(true);
        told.say(said.opening());
        spawn_local(async move {
            // Trying takes the whole phone for a while: what was typed is seen first.
            frame::drawn().await;
            match gate.device().unlock(id, &Pin::typed(&typed)).await {
                Ok(vault) => {
                    locking::follow(&own);
                    return gate.open(vault);
                }
                Err(error) => {
                    told.complain(&error);
                    if let LockError::Wrong { wait_ms } | LockError::Wait { wait_ms } = error {
                        counted_down(told, wait_ms).await;
                    }
                }
            }
            busy.try_set(false);
            page::focus_at("pin");
        });
    });
    let name = (!account.name.is_empty()).then(|| called(account));
    let title = name.map_or_else(|| said.pin().to_owned(), |name| said.pin_of(&name));
    view! {
        {by_authenticator(gate, account, busy, told)}
        <h2 class="pad__title">{title}</h2>
        {told.shown()}
        <PinEntry digits next=said.open() busy given />
        {others.map(|chosen| view! {
            <button type="button" class="link" data-action="another" on:click=move |_| chosen.set(None)>{said.another()}</button>
        })}
        {forgotten(gate, id, helped, again)}
    }
    .into_any()
}

/// The phone's authenticator in the PIN's place, where the account's owner wanted that.
fn by_authenticator(gate: Gate, account: &Account, busy: RwSignal<bool>, told: Said) -> AnyView {
    let account = StoredValue::new(account.clone());
    let id = account.with_value(|account| account.id);
    let bound = loaded(move || async move { gate.device().authenticator(id).await });
    let ask = move |_| {
        let Some(Ok(Some(authenticator))) = bound.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match authenticator::ask(&authenticator).await {
                Err(no_secret) => told.complain(&no_secret),
                Ok(secret) => match gate.device().unlock_by_authenticator(id, &secret).await {
                    Err(error) => told.complain(&error),
                    Ok(vault) => {
                        locking::follow(&account.get_value());
                        return gate.open(vault);
                    }
                },
            }
            busy.try_set(false);
        });
    };
    let button = move || {
        let is_bound = bound.with(|bound| matches!(bound, Some(Ok(Some(_)))));
        is_bound.then(|| view! {
            <button type="button" class="button button--primary" data-action="authenticator" on:click=ask>
                {Glyph::Lock.drawn()}{words::accounts().finger()}
            </button>
        })
    };
    view! { <div class="stack">{button}</div> }.into_any()
}
