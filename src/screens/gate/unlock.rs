//! An account's PIN.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::forgotten::forgotten;
use crate::device::{frame, page};
use crate::gate::Gate;
use crate::locking;
use crate::parts::PinEntry;
use crate::screens::accounts::{Said, called, counted_down};
use crate::vault::{Account, AccountId, LockError, OpensBy, Pin};
use crate::words;

/// Asks for the PIN of `account`; `others` leads back to who else there is.
pub(super) fn unlock(
    gate: Gate,
    account: &Account,
    others: Option<RwSignal<Option<AccountId>>>,
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
        <h2 class="pad__title">{title}</h2>
        {told.shown()}
        <PinEntry digits next=said.open() busy given />
        {others.map(|chosen| view! {
            <button type="button" class="link" data-action="another" on:click=move |_| chosen.set(None)>{said.another()}</button>
        })}
        {forgotten(gate, id, again)}
    }
    .into_any()
}
