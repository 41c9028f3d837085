//! 设置: 长辈版, the size of letters, the light, the language.

use leptos::prelude::*;

use crate::device::{link, page, preferences, speech};
use crate::effect::loaded;
use crate::parts::{Glyph, Header, Icon};
use crate::phone::phone;
use crate::preferences::{Mode, preferences as of_this_phone};
use crate::route::Route;
use crate::words::{self, LANGUAGES};

/// What a person can choose for this phone.
#[component]
pub(crate) fn SettingsScreen() -> impl IntoView {
    let said = words::settings();
    let title = Signal::derive(move || said.title().to_owned());
    view! {
        <div class="screen">
            <Header title back=Route::Home />
            <main data-screen="settings">
                <ElderSwitch />
                {letters()}
                {aloud()}
                {light()}
                {link::is_told().then(files)}
                {language()}
                <a class="help" href=Route::Accounts.path() data-action="accounts">{Glyph::Lock.drawn()}<span>{words::accounts().title()}</span></a>
            </main>
        </div>
    }
}

/// On or off: 长辈版.
#[component]
fn ElderSwitch() -> impl IntoView {
    let said = words::settings();
    let preferences = of_this_phone();
    let is_on = move || preferences.mode() == Mode::Elder;
    let turn = move |_| {
        preferences.choose_mode(if is_on() { Mode::Usual } else { Mode::Elder });
    };
    view! {
        <button type="button" class="switch" role="switch" data-action="elder" aria-checked=move || is_on().to_string() on:click=turn>
            <Icon name="elder" />
            <span class="switch__words">
                <b>{said.elder()}</b>
                <span>{said.elder_how()}</span>
            </span>
            <span class="switch__mark" aria-hidden="true"></span>
        </button>
    }
}

/// One thing that is kept by name, with what it may be; the first is what it is by itself.
fn choice(
    name: &'static str,
    title: &'static str,
    ways: Vec<(&'static str, &'static str)>,
) -> AnyView {
    let chosen = RwSignal::new(preferences::chosen(name).unwrap_or_default());
    let label = format!("setting-{name}");
    let one = move |(value, words): (&'static str, &'static str)| {
        let choose = move |_| {
            preferences::remember(name, (!value.is_empty()).then_some(value));
            chosen.set(value.to_owned());
        };
        let is_chosen = Signal::derive(move || chosen.with(|chosen| chosen == value));
        radio(words, None, value, is_chosen, choose)
    };
    let ways = ways.into_iter().map(one).collect_view();
    group(name, label, title, ways.into_any())
}

fn letters() -> AnyView {
    let said = words::settings();
    let ways = vec![("", said.usual()), ("large", said.large()), ("largest", said.largest())];
    choice("letters", said.letters(), ways)
}

/// What a mobile link may carry, where the browser tells that it is one.
fn files() -> AnyView {
    let (said, phone) = (words::settings(), phone());
    let kept = loaded(move || async move { phone.device().files_wait().await.unwrap_or_default() });
    let chosen = RwSignal::new(None);
    let one = move |(wait, value, words): (bool, &'static str, &'static str)| {
        let choose = move |_| {
            leptos::task::spawn_local(async move {
                // Shown when it is kept and not before: one that was shown and lost spends money.
                if phone.device().let_files_wait(wait).await.is_ok() {
                    chosen.set(Some(wait));
                    phone.delivery().follow_link();
                }
            });
        };
        let is_chosen = Signal::derive(move || chosen.get().or(kept.get()) == Some(wait));
        radio(words, None, value, is_chosen, choose)
    };
    let ways = [(false, "", said.any_link()), (true, "wait", said.free_link())];
    let ways = ways.into_iter().map(one).collect_view();
    view! {
        {group("files", "setting-files".to_owned(), said.files(), ways.into_any())}
        <p class="question__hint">{said.free_link_how()}</p>
    }
    .into_any()
}

fn aloud() -> AnyView {
    let said = words::settings();
    let ways = vec![("", said.in_elder()), ("yes", said.always()), ("no", said.never())];
    let can = loaded(|| speech::has_voice(words::in_use().code));
    let missing = move || {
        (can.get() == Some(false))
            .then(|| view! { <p class="question__hint">{said.no_voice()}</p> })
    };
    view! {
        {choice("aloud", said.aloud(), ways)}
        {missing}
    }
    .into_any()
}

fn light() -> AnyView {
    let said = words::settings();
    let ways = vec![
        ("", said.like_phone()),
        ("day", said.day()),
        ("dark", said.dark()),
        ("sun", said.sun()),
    ];
    choice("light", said.light(), ways)
}

/// Another language is spoken from the next start on: right away.
fn language() -> AnyView {
    let here = words::in_use();
    let one = move |language: &words::Language| {
        let code = language.code;
        let choose = move |_| {
            preferences::remember("language", Some(code));
            page::load_again();
        };
        let is_chosen = Signal::derive(move || here.code == code);
        radio(language.name, Some(code), code, is_chosen, choose)
    };
    let ways = LANGUAGES.iter().map(one).collect_view();
    let said = words::settings();
    view! {
        {group("language", "setting-language".to_owned(), said.language(), ways.into_any())}
        <p class="question__hint">{said.law_is_chinese()}</p>
    }
    .into_any()
}

fn group(name: &'static str, id: String, title: &'static str, ways: AnyView) -> AnyView {
    view! {
        <section class="stack" data-setting=name>
            <h2 class="section-title" id=id.clone()>{title}</h2>
            <div class="choices choices--grid" role="radiogroup" aria-labelledby=id>{ways}</div>
        </section>
    }
    .into_any()
}

fn radio(
    words: &'static str,
    // Where it is another one than the page's.
    language: Option<&'static str>,
    value: &'static str,
    is_chosen: Signal<bool>,
    choose: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    view! {
        <button type="button" class="choice" role="radio" lang=language data-choice=value aria-checked=move || is_chosen.get().to_string() on:click=choose>
            <span class="choice__mark" aria-hidden="true"></span>
            {words}
        </button>
    }
    .into_any()
}
