//! 用指纹或面容打开: the phone's own authenticator beside the PIN.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Said, counted_down};
use crate::device::{authenticator, frame};
use crate::parts::{self, PinEntry};
use crate::phone::Phone;
use crate::vault::{Account, LockError, OpensBy, Pin};
use crate::words::{self, InWords as _};

/// Turned on with the PIN, and off without. Only where the phone has an authenticator.
pub(super) fn by_authenticator(
    phone: Phone,
    account: &Account,
    is_bound: bool,
    again: RwSignal<()>,
) -> AnyView {
    let said = words::accounts();
    let asks_pin = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let id = account.id;
    let turn = move |_| {
        if !is_bound {
            return asks_pin.update(|asks| *asks = !*asks);
        }
        spawn_local(async move {
            match phone.device().forget_authenticator(id).await {
                Ok(()) => again.set(()),
                Err(error) => trouble.set(Some(error.in_words())),
            }
        });
    };
    let account = StoredValue::new(account.clone());
    let entry = move || asks_pin.get().then(|| ask_pin(phone, account.get_value(), again));
    view! {
        <button type="button" class="switch" role="switch" data-action="authenticator" aria-checked=is_bound.to_string() on:click=turn>
            <span class="switch__words"><b>{said.finger()}</b><span>{said.finger_how()}</span></span>
            <span class="switch__mark" aria-hidden="true"></span>
        </button>
        {entry}
        {parts::trouble(trouble)}
    }
    .into_any()
}

fn ask_pin(phone: Phone, account: Account, again: RwSignal<()>) -> AnyView {
    let (busy, told) = (RwSignal::new(false), Said::new());
    let digits = account.opens_by == OpensBy::Digits;
    let given = Rc::new(move |typed: String| {
        let account = account.clone();
        busy.set(true);
        spawn_local(async move {
            frame::drawn().await;
            let name = super::called(&account);
            let make = async || authenticator::make(&name).await;
            let (device, pin) = (phone.device(), Pin::typed(&typed));
            match device.bind_authenticator(account.id, &pin, make).await {
                Ok(Ok(())) => again.set(()),
                Ok(Err(no_secret)) => told.complain(&no_secret),
                Err(error) => {
                    told.complain(&error);
                    if let LockError::Wrong { wait_ms } | LockError::Wait { wait_ms } = error {
                        counted_down(told, wait_ms).await;
                    }
                }
            }
            busy.try_set(false);
        });
    });
    view! {
        <h2 class="pad__title">{words::pin().now()}</h2>
        {told.shown()}
        <PinEntry digits next=words::pin().next() busy given />
    }
    .into_any()
}
