//! The app: opens the vault, begins to deliver, and shows the screen that the address names.

use std::panic;

use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{ApplicationId, ItemId};
// Leptos' own is there once something is mounted.
use wasm_bindgen_futures::spawn_local;

use crate::delivery::Delivery;
use crate::device::page;
use crate::effect::{effect, loaded};
use crate::later;
use crate::navigation::{Navigation, navigation};
use crate::phone::{self, Phone, phone, provide_delivery};
use crate::preferences::Preferences;
use crate::route::Route;
use crate::screens::{FormScreens, HomeScreen, ItemScreen, TroubleScreen, screen_on_its_way};
use crate::vault::{self, NAME, Opened, Vault, VaultError};
use crate::words;

/// Starts the app in the page.
pub fn start() {
    panic::set_hook(Box::new(|stopped| {
        // Where, and not why: words may hold what a person has answered.
        if let Some(place) = stopped.location() {
            page::mark("stopped", place.file());
            page::mark("line", &place.line().to_string());
        }
    }));
    words::take_up();
    spawn_local(async {
        // The page keeps what it showed before for this moment.
        let opened = vault::take_up(NAME).await;
        if let Some(place) = page::mount_point() {
            mount_to(place, move || view! { <App opened /> }).forget();
            page::mark("app", "started");
        }
    });
}

/// The screen that one sees; a form keeps its screen from page to page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Screen {
    Home,
    Item(ItemId),
    Form(ApplicationId),
    Finished(ApplicationId),
    Mine,
    Case(ApplicationId),
    Offices,
    Settings,
    Accounts,
    Certificates,
    Offline,
    Mailbag,
}

impl Screen {
    fn of(route: Route) -> Self {
        match route {
            Route::Home => Self::Home,
            Route::Item(item) => Self::Item(item),
            Route::Filling(id, _) | Route::Review(id) => Self::Form(id),
            Route::Finished(id) => Self::Finished(id),
            Route::Mine => Self::Mine,
            Route::Case(id) => Self::Case(id),
            Route::Offices => Self::Offices,
            Route::Settings => Self::Settings,
            Route::Accounts => Self::Accounts,
            Route::Certificates => Self::Certificates,
            Route::Offline => Self::Offline,
            Route::Mailbag => Self::Mailbag,
        }
    }
}

#[component]
fn App(opened: Result<Opened, VaultError>) -> impl IntoView {
    Preferences::begin();
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => return view! { <TroubleScreen error /> }.into_any(),
    };
    provide_delivery(Delivery::start(opened.device().clone()));
    provide_context(Navigation::start());
    match opened {
        Opened::Vault(vault) => screens(vault),
        Opened::Closed(_) => later::show(|later| (later.gate)(screens), screen_on_its_way),
    }
}

/// What an account that is open can be used for.
fn screens(vault: Vault) -> AnyView {
    phone::delivery().serve(vault.clone());
    provide_context(Phone::new(vault, phone::delivery()));
    mark_kept_pack();
    let navigation = navigation();
    let screen = Memo::new(move |_| Screen::of(navigation.route()));
    let show = move || match screen.get() {
        Screen::Home => view! { <HomeScreen /> }.into_any(),
        Screen::Item(item) => view! { <ItemScreen item /> }.into_any(),
        Screen::Form(application) => view! { <FormScreens application /> }.into_any(),
        Screen::Finished(application) => {
            later::show(move |later| (later.finished)(application), screen_on_its_way)
        }
        Screen::Mine => later::show(|later| (later.mine)(), screen_on_its_way),
        Screen::Case(application) => {
            later::show(move |later| (later.case)(application), screen_on_its_way)
        }
        Screen::Offices => later::show(|later| (later.offices)(), screen_on_its_way),
        Screen::Settings => later::show(|later| (later.settings)(), screen_on_its_way),
        Screen::Accounts => later::show(|later| (later.accounts)(), screen_on_its_way),
        Screen::Offline => later::show(|later| (later.offline)(), screen_on_its_way),
        Screen::Mailbag => later::show(|later| (later.mailbag)(), screen_on_its_way),
        Screen::Certificates => later::show(|later| (later.certificates)(), screen_on_its_way),
    };
    show.into_any()
}

/// Says on the page once the pack and all its forms are in the vault: from then on everything
/// works without a network.
fn mark_kept_pack() {
    let kept = loaded(|| {
        let phone = phone();
        phone.delivery().pack();
        async move { matches!(phone.device().pack().await, Ok(Some(_))) }
    });
    effect(move || {
        if kept.get() == Some(true) {
            page::mark("pack", "kept");
        }
    });
}
