//! 账户密码: who uses this phone, and how what is theirs is locked.

mod by_authenticator;
mod choose_pin;
mod own;
mod people;
mod said;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use protocol::Holder;

use crate::device::authenticator;
use crate::effect::loaded;
use crate::parts::{Glyph, Header, Strip, Tone};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::vault::{Account, Device, OpensBy, VaultError};
use crate::words::{self, InWords as _};
pub(super) use choose_pin::{choose_pin, first_pin};
use own::own;
use people::people;
pub(super) use said::{Said, counted_down};

/// What is known of the accounts.
struct Known {
    own: Account,
    others: Vec<Account>,
    /// To whom the phone was given, and for how many days it may be without a network.
    given: Option<(String, i64)>,
    /// Whether the phone's authenticator opens the account; none where the phone has none.
    by_authenticator: Option<bool>,
}

async fn known(phone: Phone) -> Result<Known, VaultError> {
    let (device, id) = (phone.device(), phone.vault().account());
    let (own, others): (Vec<_>, Vec<_>) =
        device.accounts().await?.into_iter().partition(|account| account.id == id);
    let own = own.into_iter().next().ok_or(VaultError::Gone)?;
    let given = match (device.certificate().await?, device.offline_days_left().await?) {
        (Some(certificate), Some(days)) => Some((holder(&certificate.holder), days)),
        _ => None,
    };
    let is_bound = device.authenticator(id).await?.is_some();
    let by_authenticator = (is_bound || authenticator::is_there().await).then_some(is_bound);
    Ok(Known { own, others, given, by_authenticator })
}

/// 账户密码.
#[component]
pub(crate) fn AccountsScreen() -> impl IntoView {
    let phone = phone();
    let again = RwSignal::new(());
    let done = RwSignal::new(None::<&'static str>);
    let known = loaded(move || {
        again.track();
        known(phone)
    });
    let content = move || {
        known.with(|known| match known {
            None => ().into_any(),
            Some(Err(error)) => {
                let words = error.in_words();
                view! { <Strip tone=Tone::Red urgent=true><span>{words}</span></Strip> }.into_any()
            }
            Some(Ok(known)) => view! {
                {done.get().map(|words| view! { <Strip tone=Tone::Green urgent=true><span>{words}</span></Strip> })}
                {known.given.clone().map(|(whom, days)| given(&whom, days))}
                {own(phone, known, again, done)}
                {people(phone, &known.others, again)}
                {number(&phone.device())}
            }
            .into_any(),
        })
    };
    let title = Signal::derive(|| words::accounts().title().to_owned());
    view! {
        <div class="screen">
            <Header title back=Route::Settings />
            <main data-screen="accounts">{content}</main>
        </div>
    }
}

/// What the township calls this phone: 32 digits, in groups that can be read out.
pub(super) fn number(device: &Device) -> AnyView {
    let said = words::accounts();
    let id = device.key().device_id().to_string();
    let digits: Vec<char> = id.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    view! {
        <section class="stack">
            <h2 class="section-title">{said.device()}</h2>
            <p class="number" dir="ltr" data-device=id>{groups.join(" ")}</p>
            <p class="question__hint">{said.device_how()}</p>
        </section>
    }
    .into_any()
}

/// To whom the phone was given, and until when it has to be in contact.
fn given(whom: &str, days: i64) -> AnyView {
    let said = words::accounts();
    let days = u32::try_from(days.max(0)).unwrap_or(u32::MAX);
    let tone = if days <= 3 { Tone::Amber } else { Tone::Blue };
    let (whom, days) = (said.given_to(whom), said.days_left(days));
    view! { <Strip tone><b>{whom}</b><span>{days}</span></Strip> }.into_any()
}

/// Somebody who uses this phone.
pub(super) fn person(account: &Account, open: impl Fn(MouseEvent) + 'static) -> AnyView {
    let state = (account.opens_by != OpensBy::Device).then(|| words::accounts().locked());
    view! {
        <button type="button" class="choice" data-account=account.id.to_string() on:click=open>
            {Glyph::Person.drawn()}
            <b class="choice__words">{called(account)}</b>
            <span class="question__hint">{state}</span>
        </button>
    }
    .into_any()
}

/// What an account is called.
pub(super) fn called(account: &Account) -> String {
    match account.name.as_str() {
        "" => words::accounts().first().to_owned(),
        name => name.to_owned(),
    }
}

/// To whom a phone was given.
pub(super) fn holder(holder: &Holder) -> String {
    match holder {
        Holder::Officer(name) | Holder::Other(name) => name.clone(),
    }
}
