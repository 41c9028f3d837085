//! Sealed just now: what is so, and what happens next.

use leptos::prelude::*;
use protocol::ApplicationId;

use crate::effect::loaded;
use crate::parts::{Glyph, Header, Icon, Strip, Tone};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::vault::{DeliveryRecord, VaultError};
use crate::words;

/// The page after sealing. It follows the truth: once the township has everything, it says so.
#[component]
pub(crate) fn FinishedScreen(application: ApplicationId) -> impl IntoView {
    let said = words::finished();
    let case = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { phone.vault().case(application).await.ok() }
    });
    let erased = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { erased_number(phone, application).await }
    });
    let erased = Memo::new(move |_| erased.get().flatten());
    let office = move || {
        let pack = phone().delivery().pack()?;
        let item = case.with(|case| Some(case.as_ref()?.as_ref()?.sent.item.clone()))?;
        let item = pack.items.iter().find(|each| each.id == item)?;
        Some(pack.offices.iter().find(|office| office.id == item.office)?.name.clone())
    };
    let has_arrived = Memo::new(move |_| {
        case.with(|case| {
            let delivery = case.as_ref()?.as_ref()?.delivery.as_ref()?;
            Some(DeliveryRecord::is_delivered(delivery))
        }) == Some(true)
            || erased.with(Option::is_some)
    });
    let outcome = move || match has_arrived.get() {
        true => (said.arrived_title(), said.arrived()),
        false => (said.title(), said.waits()),
    };
    let state_words = Memo::new(move |_| {
        case.with(|case| Some(case.as_ref()?.as_ref()?.state.as_ref()?.words.clone()))
    });
    let title = Signal::derive(move || {
        case.with(|case| Some(case.as_ref()?.as_ref()?.sent.title.clone())).unwrap_or_default()
    });
    view! {
        <div class="screen">
            <Header title quiet=true />
            <main data-screen="done">
                <div class="outcome" role="status">
                    {move || match has_arrived.get() {
                        true => view! { <Icon name="check" /> }.into_any(),
                        false => Glyph::Seal.drawn(),
                    }}
                    <h1>{move || outcome().0}</h1>
                    <p>{move || outcome().1}</p>
                </div>
                {move || match has_arrived.get() {
                    true => view! { <Arrived words=state_words.get() erased=erased.get() /> }.into_any(),
                    false => view! { <Next office=office().unwrap_or_default() /> }.into_any(),
                }}
            </main>
            <footer class="actions">
                <div class="actions__row">
                    <a class="button" href=Route::Home.path() data-action="home">{said.home()}</a>
                    <a class="button button--primary" hidden=move || erased.with(Option::is_some)
                        href=Route::Case(application).path() data-action="case">{said.see()}</a>
                </div>
            </footer>
        </div>
    }
}

/// What happens from now on.
#[component]
fn Next(office: String) -> impl IntoView {
    let said = words::finished();
    view! {
        <h2 class="section-title">{said.next()}</h2>
        <ol class="steps">
            <li>{said.step_deliver()}</li>
            <li>{said.step_receipt()}</li>
            <li>{said.step_answer(&office)}</li>
        </ol>
        <p class="strip strip--amber">{said.keep_phone()}</p>
    }
}

/// What the township said already.
#[component]
fn Arrived(words: Option<String>, erased: Option<String>) -> impl IntoView {
    let said = words::finished();
    view! {
        {words.map(|words| view! { <Strip tone=Tone::Blue><b>{words}</b></Strip> })}
        {erased.map(|number| view! {
            <div data-erased>
                <Strip tone=Tone::Blue><b>{said.erased()}</b><span>{said.erased_number(&number)}</span></Strip>
            </div>
        })}
    }
}

/// The case number of what arrived and was erased here, because its owner wants that (办完即清).
async fn erased_number(phone: Phone, application: ApplicationId) -> Option<String> {
    if phone.vault().sent(application).await != Err(VaultError::Gone) {
        return None;
    }
    let delivery = phone.device().delivery_of(application).await.ok()??;
    let receipt = delivery.is_delivered().then(|| delivery.receipt())??;
    Some(receipt.case.0)
}
