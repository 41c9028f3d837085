//! The account that is open: its name, its PIN, how it behaves.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::by_authenticator::by_authenticator;
use super::choose_pin::choose_pin;
use super::{Known, Said, counted_down};
use crate::device::frame;
use crate::locking;
use crate::parts::{self, Glyph, PinEntry};
use crate::phone::Phone;
use crate::vault::{Account, Habits, LockError, OpensBy, Pin, VaultError};
use crate::words::{self, InWords as _};

/// What is being done with the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Nothing,
    /// The present one is asked for, and then another, or none.
    Another,
    NoMore,
}

/// The account that is open. On a phone that the township gave to somebody it needs a PIN.
pub(super) fn own(
    phone: Phone,
    known: &Known,
    again: RwSignal<()>,
    done: RwSignal<Option<&'static str>>,
) -> AnyView {
    let (account, needs_pin) = (&known.own, known.given.is_some());
    let has_pin = account.opens_by != OpensBy::Device;
    let is_bound = known.by_authenticator.filter(|_| has_pin);
    view! {
        {pin(phone, account, needs_pin, again, done)}
        {is_bound.map(|is_bound| by_authenticator(phone, account, is_bound, again))}
        {has_pin.then(|| hidden(phone, account, again))}
        {erase(phone, account, again)}
        {has_pin.then(lock)}
        {name(phone, account, again)}
    }
    .into_any()
}

fn pin(
    phone: Phone,
    account: &Account,
    needs_pin: bool,
    again: RwSignal<()>,
    done: RwSignal<Option<&'static str>>,
) -> AnyView {
    let said = words::accounts();
    let has_pin = account.opens_by != OpensBy::Device;
    let change = RwSignal::new(Change::Nothing);
    let account = StoredValue::new(account.clone());
    let content = move || {
        match change.get() {
        Change::Nothing => view! {
            <p>{if needs_pin { said.why_given() } else { said.why() }}</p>
            <button type="button" class="button" data-action="change-pin" on:click=move |_| change.set(Change::Another)>
                {Glyph::Lock.drawn()}{if has_pin { said.change() } else { said.set() }}
            </button>
            {(has_pin && !needs_pin).then(|| view! {
                <button type="button" class="link" data-action="no-pin" on:click=move |_| change.set(Change::NoMore)>{said.no_more()}</button>
            })}
        }
        .into_any(),
        wanted => {
            let changed = move |is_set: bool| {
                done.set(Some(if is_set { said.is_set() } else { said.is_gone() }));
                change.set(Change::Nothing);
                again.set(());
            };
            steps(phone, account.get_value(), wanted, change, changed)
        }
    }
    };
    view! { <section class="stack" data-pin=if has_pin { "yes" } else { "no" }>{content}</section> }
        .into_any()
}

/// The present PIN, then the new one twice.
fn steps(
    phone: Phone,
    account: Account,
    wanted: Change,
    change: RwSignal<Change>,
    changed: impl Fn(bool) + Copy + Send + 'static,
) -> AnyView {
    let said = words::pin();
    let has_pin = account.opens_by != OpensBy::Device;
    let (busy, told) = (RwSignal::new(false), Said::new());
    let present = RwSignal::new(None::<String>);
    let account = StoredValue::new(account);
    let do_it = move |new: Option<Pin>| {
        let old = present.get_untracked();
        busy.set(true);
        spawn_local(async move {
            frame::drawn().await;
            let old = old.as_deref().map(Pin::typed);
            match change_pin(phone, account.get_value(), old, new).await {
                Ok(()) => changed(wanted == Change::Another),
                Err(error) => {
                    present.set(None);
                    told.complain(&error);
                    if let LockError::Wrong { wait_ms } | LockError::Wait { wait_ms } = error {
                        counted_down(told, wait_ms).await;
                    }
                }
            }
            busy.try_set(false);
        });
    };
    let is_digits = account.with_value(|account| account.opens_by == OpensBy::Digits);
    let ask_present = move || {
        let given = Rc::new(move |typed: String| {
            present.set(Some(typed));
            if wanted == Change::NoMore {
                do_it(None);
            }
        });
        view! {
            <h2 class="pad__title">{said.now()}</h2>
            <PinEntry digits=is_digits next=said.next() busy given />
        }
        .into_any()
    };
    let content = move || match has_pin && present.with(Option::is_none) {
        true => ask_present(),
        false if wanted == Change::NoMore => ().into_any(),
        false => choose_pin(busy, Rc::new(move |pin| do_it(Some(pin)))),
    };
    view! {
        {told.shown()}
        {content}
        <button type="button" class="link" on:click=move |_| change.set(Change::Nothing)>{words::app().back()}</button>
    }
    .into_any()
}

async fn change_pin(
    phone: Phone,
    account: Account,
    old: Option<Pin>,
    new: Option<Pin>,
) -> Result<(), LockError> {
    let device = phone.device();
    device.change_pin(account.id, old.as_ref(), new.as_ref()).await?;
    let opens_by = match &new {
        None => OpensBy::Device,
        Some(pin) if pin.is_digits() => OpensBy::Digits,
        Some(_) => OpensBy::Passphrase,
    };
    locking::follow(&Account { opens_by, ..account });
    Ok(())
}

/// Something of an account that can be on or off.
struct Switch {
    name: &'static str,
    title: &'static str,
    how: &'static str,
    is_on: bool,
    /// How the account behaves when it is turned.
    turned: Habits,
}

fn hidden(phone: Phone, account: &Account, again: RwSignal<()>) -> AnyView {
    let said = words::accounts();
    let habits = account.habits;
    let is_on = habits.locks_when_hidden;
    let turned = Habits { locks_when_hidden: !is_on, ..habits };
    let (title, how) = (said.hidden(), said.hidden_how());
    Switch { name: "hidden", title, how, is_on, turned }.shown(phone, account, again)
}

fn erase(phone: Phone, account: &Account, again: RwSignal<()>) -> AnyView {
    let said = words::accounts();
    let habits = account.habits;
    let is_on = habits.erases_what_arrived;
    let turned = Habits { erases_what_arrived: !is_on, ..habits };
    let (title, how) = (said.erase(), said.erase_how());
    Switch { name: "erase", title, how, is_on, turned }.shown(phone, account, again)
}

impl Switch {
    fn shown(self, phone: Phone, account: &Account, again: RwSignal<()>) -> AnyView {
        let Self { name, title, how, is_on, turned } = self;
        let account = Account { habits: turned, ..account.clone() };
        let trouble = RwSignal::new(None::<String>);
        let turn = move |_| {
            let account = account.clone();
            spawn_local(async move {
                match change_habits(phone, account).await {
                    Ok(()) => again.set(()),
                    Err(error) => trouble.set(Some(error.in_words())),
                }
            });
        };
        view! {
            <button type="button" class="switch" role="switch" data-action=name aria-checked=is_on.to_string() on:click=turn>
                <span class="switch__words"><b>{title}</b><span>{how}</span></span>
                <span class="switch__mark" aria-hidden="true"></span>
            </button>
            {parts::trouble(trouble)}
        }
        .into_any()
    }
}

async fn change_habits(phone: Phone, account: Account) -> Result<(), VaultError> {
    let vault = phone.vault();
    vault.device().change_account(account.id, &account.name, account.habits).await?;
    locking::follow(&account);
    match account.habits.erases_what_arrived {
        true => vault.erase_what_arrived().await,
        false => vault.keep_what_arrives().await,
    }
}

fn lock() -> AnyView {
    view! {
        <button type="button" class="button" data-action="lock" on:click=|_| locking::lock()>
            {Glyph::Lock.drawn()}{words::accounts().lock()}
        </button>
    }
    .into_any()
}

fn name(phone: Phone, account: &Account, again: RwSignal<()>) -> AnyView {
    let said = words::accounts();
    let typed = RwSignal::new(account.name.clone());
    let account = account.clone();
    let trouble = RwSignal::new(None::<String>);
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, habits, name) = (account.id, account.habits, typed.get_untracked());
        spawn_local(async move {
            match phone.device().change_account(id, name.trim(), habits).await {
                Ok(()) => again.set(()),
                Err(error) => trouble.set(Some(error.in_words())),
            }
        });
    };
    view! {
        <form class="stack" on:submit=keep>
            <label class="stack">
                <b>{said.name()}</b>
                <span class="question__hint">{said.name_how()}</span>
                <input class="field" name="called" maxlength="20" autocomplete="off" prop:value=move || typed.get()
                    placeholder=said.first() on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
            <button class="button" data-action="keep-name">{said.keep_name()}</button>
            {parts::trouble(trouble)}
        </form>
    }
    .into_any()
}
