//! 公开: the offices, their telephones and hours.

use leptos::prelude::*;
use protocol::pack::Office;

use crate::parts::{Header, Icon, Tabs};
use crate::phone::phone;
use crate::words;

/// Whom to ask.
#[component]
pub(crate) fn OfficesScreen() -> impl IntoView {
    let said = words::offices();
    let pack = Memo::new(|_| phone().delivery().pack());
    let offices = move || pack.get().map(|pack| pack.offices.clone()).unwrap_or_default();
    let title = Signal::derive(|| words::app().public().to_owned());
    view! {
        <div class="screen">
            <Header title />
            <main data-screen="public">
                <h2 class="section-title">{said.title()}</h2>
                <p class="lead">{said.lead()}</p>
                <div class="stack">
                    <For each=offices key=|office| office.id.clone() children=|office| card(office) />
                </div>
            </main>
            <Tabs />
        </div>
    }
}

fn card(office: Office) -> AnyView {
    let Office { name, phone, hours, .. } = office;
    let href = format!("tel:{phone}");
    view! {
        <a class="card" href=href>
            <span class="card__body">
                <span class="card__name">{name}</span>
                <span class="card__detail">{hours}</span>
                <span class="card__call">{phone}</span>
            </span>
            <Icon name="phone" />
        </a>
    }
    .into_any()
}
