//! 公开: the offices, their telephones and hours.

use leptos::prelude::*;
use protocol::pack::{MediaFile, Office};

use crate::device::install::{self, System};
use crate::device::page;
use crate::parts::{Glyph, Header, Icon, LargePicture, Source, Tabs};
use crate::phone::phone;
use crate::words;

/// Whom to ask.
#[component]
pub(crate) fn OfficesScreen() -> impl IntoView {
    let said = words::offices();
    let pack = Memo::new(|_| phone().delivery().pack());
    let offices = move || pack.get().map(|pack| pack.offices.clone()).unwrap_or_default();
    let maps = move || {
        let mut maps = Vec::<(MediaFile, String)>::new();
        for office in offices() {
            let Some(map) = office.map else { continue };
            match maps.iter_mut().find(|(own, _)| own.digest == map.digest) {
                Some((_, names)) => {
                    *names = format!("{names}{}{}", words::value().between(), office.name)
                }
                None => maps.push((map, office.name)),
            }
        }
        maps
    };
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
                <For each=maps key=|(map, _)| map.digest children=|(map, names)| map_part(map, &names) />
            </main>
            <Tabs />
        </div>
    }
}

fn card(office: Office) -> AnyView {
    let Office { name, phone, hours, address, way, .. } = office;
    let href = format!("tel:{phone}");
    view! {
        <div class="stack">
        <a class="card" href=href>
            <span class="card__body">
                <span class="card__name">{name}</span>
                <span class="card__detail">{hours}</span>
                <span class="card__call">{phone}</span>
            </span>
            <Icon name="phone" />
        </a>
        {place(address, way)}
        </div>
    }
    .into_any()
}

/// Where an office is and how to get there, with a drawing of the way where there is one.
pub(crate) fn way(office: Office) -> AnyView {
    let Office { name, address, way, map, .. } = office;
    view! {
        {place(address, way)}
        {map.map(|map| map_part(map, &name))}
    }
    .into_any()
}

/// A touch opens it in whatever map the phone has.
fn place(address: String, way: String) -> AnyView {
    let href = map_link(&address);
    view! {
        <a class="card" href=href>
            <span class="card__body">
                <span class="card__name">{address}</span>
                <span class="card__detail">{way}</span>
            </span>
            {Glyph::Place.drawn()}
        </a>
    }
    .into_any()
}

/// A drawing of the way to these offices.
fn map_part(map: MediaFile, names: &str) -> AnyView {
    let (small, large) = (Source::OfOffice(map.clone()), Source::OfOffice(map));
    let words = words::offices().way(names);
    view! { <div data-map><LargePicture small large words /></div> }.into_any()
}

/// RFC 5870, with the search that maps on Android and HarmonyOS take; iPhones have a scheme of their
/// own. By name and not by coordinates: maps in China are off from those of a satellite.
fn map_link(address: &str) -> String {
    let address = page::for_link(address);
    match install::system() {
        System::Ios => format!("maps:?q={address}"),
        System::Android | System::Harmony => format!("geo:0,0?q={address}"),
    }
}
