//! Before any account is open: who it is, and their PIN. Delivery goes on behind it.

mod dropped;
mod forgotten;
mod helped;
mod unlock;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::page;
use crate::effect::loaded;
use crate::gate::Gate;
use crate::locking;
use crate::parts::{self, Header, Strip, Tone};
use crate::phone::delivery;
use crate::screens::accounts::{first_pin, holder, person};
use crate::vault::{Account, AccountId, Dropped, OpensBy, Vault, VaultError};
use crate::words::{self, InWords as _};
use dropped::dropped;
use unlock::unlock;

/// What stands before the screens.
enum Before {
    /// The page is loaded anew, or nothing had to be asked.
    Nothing,
    /// Why the device has dropped its keys, to be read.
    Dropped(Dropped),
    /// Who may open something, and to whom the phone was given, if it was: then nobody opens
    /// anything without a PIN.
    Accounts(Vec<Account>, Option<String>),
}

async fn before(gate: Gate) -> Result<Before, VaultError> {
    let device = gate.device();
    if device.drop_if_offline_too_long().await? {
        // It is another device that goes on.
        page::load_again();
        return Ok(Before::Nothing);
    }
    if let Some(dropped) = device.dropped().await? {
        return Ok(Before::Dropped(dropped));
    }
    let accounts = device.accounts().await?;
    let given_to = device.certificate().await?.map(|certificate| holder(&certificate.holder));
    let is_alone = accounts.len() == 1 && accounts[0].opens_by == OpensBy::Device;
    if is_alone
        && given_to.is_none()
        && let Some(vault) = device.open(accounts[0].id).await?
    {
        gate.open(vault);
        return Ok(Before::Nothing);
    }
    Ok(Before::Accounts(accounts, given_to))
}

/// The screens of the account that is opened; in their place, as long as none is, who it is.
#[component]
pub(crate) fn GateScreen(screens: fn(Vault) -> AnyView) -> impl IntoView {
    let gate = Gate::before(delivery().device().clone());
    move || match gate.opened() {
        Some(vault) => screens(vault),
        None => view! { <Closed gate /> }.into_any(),
    }
}

#[component]
fn Closed(gate: Gate) -> impl IntoView {
    let again = RwSignal::new(());
    let before = loaded(move || {
        again.track();
        before(gate)
    });
    let chosen = RwSignal::new(None::<AccountId>);
    let content = move || {
        before.with(|before| match before {
            None | Some(Ok(Before::Nothing)) => ().into_any(),
            Some(Err(error)) => trouble(error),
            Some(Ok(Before::Dropped(why))) => dropped(gate, *why, again),
            Some(Ok(Before::Accounts(accounts, given_to))) => {
                let is_alone = accounts.len() == 1;
                let id = if is_alone { Some(accounts[0].id) } else { chosen.get() };
                let account = accounts.iter().find(|account| Some(account.id) == id);
                match (account, given_to) {
                    (None, _) => choose(gate, accounts, given_to.is_some(), chosen),
                    (Some(account), Some(whom)) if account.opens_by == OpensBy::Device => {
                        first_pin(gate, account.clone(), whom)
                    }
                    (Some(account), _) => {
                        unlock(gate, account, (!is_alone).then_some(chosen), again)
                    }
                }
            }
        })
    };
    let title = Signal::derive(|| words::app().name().to_owned());
    view! {
        <div class="screen">
            <Header title />
            <main data-screen="gate">{content}</main>
        </div>
    }
}

/// Who it is.
fn choose(
    gate: Gate,
    accounts: &[Account],
    needs_pin: bool,
    chosen: RwSignal<Option<AccountId>>,
) -> AnyView {
    let trouble = RwSignal::new(None::<String>);
    let one = |account: &Account| {
        let (id, opens_by) = (account.id, account.opens_by);
        let own = account.clone();
        let open = move |_| {
            if needs_pin || opens_by != OpensBy::Device {
                return chosen.set(Some(id));
            }
            let own = own.clone();
            spawn_local(async move {
                match gate.device().open(id).await {
                    Ok(Some(vault)) => {
                        locking::follow(&own);
                        gate.open(vault);
                    }
                    Ok(None) => chosen.set(Some(id)),
                    Err(error) => trouble.set(Some(error.in_words())),
                }
            });
        };
        person(account, open)
    };
    view! {
        <h2 class="pad__title">{words::gate().who()}</h2>
        <div class="stack">{accounts.iter().map(one).collect_view()}</div>
        {parts::trouble(trouble)}
    }
    .into_any()
}

fn trouble(error: &VaultError) -> AnyView {
    let words = error.in_words();
    view! { <Strip tone=Tone::Red urgent=true><span>{words}</span></Strip> }.into_any()
}
