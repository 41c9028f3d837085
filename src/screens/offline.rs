//! 没有网怎么用: what is ready on this phone, what needs a network once, and how to put the app on the
//! home screen, with pictures.

use leptos::prelude::*;

use crate::device::install::{self, System};
use crate::device::{page, storage};
use crate::effect::loaded;
use crate::parts::{Glyph, Header, Icon};
use crate::phone::phone;
use crate::route::Route;
use crate::when::{about, size};
use crate::words;

/// Bytes of a photo as forms take it, rather too many than too few.
const PHOTO: u64 = 500_000;
/// Bytes that are too few for a day in the villages: 60 households with 10 photos each.
const LITTLE: u64 = 600 * PHOTO;

/// How it works without a network.
#[component]
pub(crate) fn OfflineScreen() -> impl IntoView {
    let said = words::offline();
    let title = Signal::derive(move || said.title().to_owned());
    view! {
        <div class="screen">
            <Header title back=Route::Home />
            <main data-screen="offline">
                {ready()}
                {list(said.works(), "check", vec![said.fill(), said.photograph(), said.seal(), said.look_up()])}
                {list(said.needs(), "clock", vec![said.first(), said.send(), said.answer()])}
                <a class="button" href=Route::Mailbag.path() data-action="mailbag">{Glyph::Seal.drawn()}{words::mine().mailbag()}</a>
                <Install />
            </main>
        </div>
    }
}

/// What is on this phone already.
fn ready() -> AnyView {
    let said = words::offline();
    let phone = phone();
    let forms = loaded(move || {
        phone.delivery().pack();
        async move { matches!(phone.device().pack().await, Ok(Some(_))) }
    });
    let room = loaded(storage::room);
    let has_forms = move || forms.get() == Some(true);
    // From the second start on the browser has the app itself.
    let has_app = move || has_forms() && (page::is_marked("shell") || page::is_kept());
    let room = move || {
        let bytes = room.get().flatten()?;
        let (is_little, photos) = (bytes < LITTLE, about(bytes / PHOTO));
        let words = match is_little {
            true => said.little_room(&size(bytes), photos),
            false => said.room(&size(bytes), photos),
        };
        Some((if is_little { "alert" } else { "check" }, words))
    };
    view! {
        <section class="stack">
            <h2 class="section-title">{said.ready()}</h2>
            <ul class="states">
                {state(has_forms, said.forms())}
                {state(has_app, said.app())}
                {move || room().map(|(icon, words)| view! {
                    <li class:states__missing=icon == "alert"><Icon name=icon /><span>{words}</span></li>
                })}
            </ul>
        </section>
    }
    .into_any()
}

fn state(
    is_there: impl Fn() -> bool + Copy + Send + Sync + 'static,
    words: &'static str,
) -> AnyView {
    let state =
        move || if is_there() { words::offline().there() } else { words::offline().coming() };
    view! {
        <li class:states__missing=move || !is_there()>
            {move || view! { <Icon name=if is_there() { "check" } else { "clock" } /> }}
            <span>{words}</span>
            <b>{state}</b>
        </li>
    }
    .into_any()
}

fn list(title: &'static str, icon: &'static str, lines: Vec<&'static str>) -> AnyView {
    let line = |words| view! { <li><Icon name=icon /><span>{words}</span></li> };
    view! {
        <section class="stack">
            <h2 class="section-title">{title}</h2>
            <ul class="states">{lines.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The way to the home screen.
#[component]
fn Install() -> impl IntoView {
    let said = words::offline();
    let system = RwSignal::new(install::system());
    if install::is_installed() {
        return view! { <p class="question__hint">{said.installed()}</p> }.into_any();
    }
    let offered = install::can_offer().then(|| {
        view! {
            <button type="button" class="button button--primary" data-action="install" on:click=|_| install::ask()>{said.install()}</button>
        }
    });
    let choice = move |of: System, name: &'static str| {
        view! {
            <button type="button" class="choice" role="radio" aria-checked=move || (system.get() == of).to_string() on:click=move |_| system.set(of)>
                <span class="choice__mark" aria-hidden="true"></span>
                {name}
            </button>
        }
    };
    let steps = move || match system.get() {
        System::Android => ("android", said.android()),
        System::Harmony => ("harmony", said.harmony()),
        System::Ios => ("ios", said.ios()),
    };
    view! {
        <section class="stack" data-install>
            <h2 class="section-title" id="install">{said.install_title()}</h2>
            <p>{said.install_why()}</p>
            {offered}
            <div class="choices choices--grid" role="radiogroup" aria-labelledby="install">
                {choice(System::Android, "Android")}
                {choice(System::Harmony, "HarmonyOS")}
                {choice(System::Ios, "iPhone")}
            </div>
            <p>{move || steps().1}</p>
            <img class="install" width="200" height="240" src=move || format!("/install/{}.svg", steps().0) alt="" />
        </section>
    }
    .into_any()
}
