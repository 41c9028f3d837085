//! 办事: find an item and start; go on with what was begun.

mod drafts;
mod search;

use leptos::prelude::*;
use protocol::pack::{Item, PhonePack};

use crate::delivery::Connection;
use crate::later;
use crate::parts::{Header, Icon, Strip, Tabs, Tone, of_item};
use crate::phone::phone;
use crate::preferences::{Mode, preferences};
use crate::route::Route;
use crate::words;
use drafts::drafts;
pub(crate) use drafts::{card as draft_card, draft_cards, latest_draft};
use search::found;

/// The home page.
#[component]
pub(crate) fn HomeScreen() -> impl IntoView {
    let said = words::home();
    let pack = Memo::new(|_| phone().delivery().pack());
    let wanted = RwSignal::new(String::new());
    let title = Signal::derive(move || {
        pack.with(|pack| match pack {
            Some(pack) => words::app().service_of(&pack.name),
            None => words::app().name().to_owned(),
        })
    });
    let items = move || {
        match pack.get() {
        Some(pack) => view! { <Items items=wanted_items(&pack, &wanted.get()) searching=!wanted.with(String::is_empty) /> }.into_any(),
        None => view! { <NoPack /> }.into_any(),
    }
    };
    view! {
        <div class="screen">
            <Header title />
            <main data-screen="home">
                <label class="search">
                    <Icon name="search" />
                    <input type="search" placeholder=said.search() aria-label=said.search() enterkeyhint="search"
                        on:input=move |event| wanted.set(event_target_value(&event)) />
                </label>
                <Ways />
                {move || certificates(&wanted.get())}
                {items}
                <div class="stack" hidden=move || !wanted.with(String::is_empty)>{drafts()}</div>
                {help(Route::Offline, "tray", said.offline())}
                {help(Route::Certificates, "paper", said.certificates())}
                {help(Route::Offices, "phone", said.help())}
            </main>
            <Tabs />
        </div>
    }
}

/// A way on from where nothing fits.
fn help(to: Route, icon: &'static str, words: &'static str) -> AnyView {
    view! { <a class="help" href=to.path()><Icon name=icon /><span>{words}</span></a> }.into_any()
}

/// What is not certified any more, where somebody looks for that.
fn certificates(wanted: &str) -> AnyView {
    if wanted.trim().is_empty() {
        return ().into_any();
    }
    let wanted = wanted.to_owned();
    later::show(move |later| (later.certificates_found)(wanted.clone()), |_| ().into_any())
}

/// To 长辈版 and back (工信部《移动互联网应用适老化通用设计规范》: on the home page, by this name), and to
/// the settings.
#[component]
fn Ways() -> impl IntoView {
    let said = words::home();
    let preferences = preferences();
    let is_elder = move || preferences.mode() == Mode::Elder;
    let turn = move |_| {
        preferences.choose_mode(if is_elder() { Mode::Usual } else { Mode::Elder });
    };
    view! {
        <div class="ways">
            <button type="button" class="way" data-action="elder" on:click=turn>
                <Icon name="elder" />
                {move || if is_elder() { said.usual() } else { said.elder() }}
            </button>
            <a class="way" href=Route::Settings.path() data-action="settings">
                <Icon name="settings" />
                {said.settings()}
            </a>
        </div>
    }
}

fn wanted_items(pack: &PhonePack, wanted: &str) -> Vec<Item> {
    found(&pack.items, wanted).cloned().collect()
}

/// The items as tiles.
#[component]
fn Items(items: Vec<Item>, searching: bool) -> impl IntoView {
    let said = words::home();
    if items.is_empty() {
        return view! {
            <div class="empty">
                <p>{said.nothing_found()}</p>
                <a class="button" href=Route::Offices.path()><Icon name="phone" />{said.call()}</a>
            </div>
        }
        .into_any();
    }
    let sections = match searching {
        true => vec![section(said.found(), items)],
        false => items.chunk_by(|one, next| one.section == next.section).map(headed).collect(),
    };
    sections.into_any()
}

/// Items under the heading that the pack gives them.
fn headed(items: &[Item]) -> AnyView {
    let heading = items.first().map(|item| item.section.clone()).unwrap_or_default();
    section(&heading, items.to_vec())
}

fn section(heading: &str, items: Vec<Item>) -> AnyView {
    view! {
        <h2 class="section-title">{heading.to_owned()}</h2>
        <div class="tiles">{items.into_iter().map(tile).collect_view()}</div>
    }
    .into_any()
}

fn tile(item: Item) -> AnyView {
    view! {
        <a class="tile" href=Route::Item(item.id.clone()).path() data-item=item.id.0.clone()>
            <Icon name=of_item(&item.icon) />
            <span class="tile__name">{item.name}</span>
            <span class="tile__tagline">{item.tagline}</span>
        </a>
    }
    .into_any()
}

/// The very first time, before the township was ever reached.
#[component]
fn NoPack() -> impl IntoView {
    let said = words::home();
    let phone = phone();
    let cut_off =
        Memo::new(move |_| phone.delivery().status().connection == Connection::Unreachable);
    move || {
        if cut_off.get() {
            view! {
                <Strip tone=Tone::Amber>
                    <span>{said.first_load_offline()}</span>
                    <button type="button" class="link" data-action="try-again" on:click=move |_| phone.delivery().try_now()>
                        {words::app().try_again()}
                    </button>
                </Strip>
            }
            .into_any()
        } else {
            view! {
                <p class="spoken" role="status">{said.first_load()}</p>
                <div class="tiles" aria-hidden="true">
                    <div class="shell__block shell__block--tile"></div>
                    <div class="shell__block shell__block--tile"></div>
                </div>
            }
            .into_any()
        }
    }
}
