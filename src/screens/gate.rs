//! Before any account is open: who it is, and their PIN. Delivery goes on behind it.

mod dropped;
mod forgotten;
mod unlock;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::page;
use crate::effect::loaded;
use crate::gate::Gate;
use crate::locking;
use crate::parts::{self, Glyph, Header, Strip, Tone};
use crate::phone::delivery;
use crate::screens::accounts::{called, first_pin, holder};
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
    /// The phone was given to this one, who has no PIN yet.
    NoPin(Account, String),
    /// Who may open something.
    Accounts(Vec<Account>),
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
    let mut accounts = device.accounts().await?;
    let is_alone = accounts.len() == 1 && accounts[0].opens_by == OpensBy::Device;
    match device.certificate().await? {
        Some(certificate) if is_alone => {
            Ok(Before::NoPin(accounts.remove(0), holder(&certificate.holder)))
        }
        None if is_alone => match device.open(accounts[0].id).await? {
            Some(vault) => {
                gate.open(vault);
                Ok(Before::Nothing)
            }
            None => Ok(Before::Accounts(accounts)),
        },
        _ => Ok(Before::Accounts(accounts)),
    }
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
            Some(Ok(Before::NoPin(account, whom))) => {
                first_pin(gate, account.clone(), whom.clone())
            }
            Some(Ok(Before::Accounts(accounts))) => {
                let is_alone = accounts.len() == 1;
                let id = if is_alone { Some(accounts[0].id) } else { chosen.get() };
                match accounts.iter().find(|account| Some(account.id) == id) {
                    Some(account) => unlock(gate, account, (!is_alone).then_some(chosen), again),
                    None => choose(gate, accounts, chosen),
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
fn choose(gate: Gate, accounts: &[Account], chosen: RwSignal<Option<AccountId>>) -> AnyView {
    let said = words::accounts();
    let trouble = RwSignal::new(None::<String>);
    let one = |account: &Account| {
        let (id, opens_by) = (account.id, account.opens_by);
        let own = account.clone();
        let open = move |_| {
            if opens_by != OpensBy::Device {
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
        let state = (opens_by != OpensBy::Device).then(|| said.locked());
        view! {
            <button type="button" class="person" data-account=id.to_string() on:click=open>
                {Glyph::Person.drawn()}
                <b>{called(account)}</b>
                <span>{state}</span>
            </button>
        }
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
