//! One item: what it is, what to bring, where it is done, and the way in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::ItemId;
use protocol::pack::{Guide, Item, Office, PhonePack};

use crate::effect::loaded;
use crate::later;
use crate::navigation::navigation;
use crate::parts::{Card, Header, Icon, Strip, Tone};
use crate::phone::phone;
use crate::route::Route;
use crate::words;

mod begin;

/// The page of an item.
#[component]
pub(crate) fn ItemScreen(item: ItemId) -> impl IntoView {
    let pack = Memo::new(|_| phone().delivery().pack());
    let item = Memo::new(move |_| {
        let found = |pack: &PhonePack| pack.items.iter().find(|each| each.id == item).cloned();
        pack.with(|pack| pack.as_deref().and_then(found))
    });
    let title = Signal::derive(move || {
        item.with(|item| item.as_ref().map(|item| item.name.clone())).unwrap_or_default()
    });
    let office = move |id: &str| {
        let found = |pack: &PhonePack| pack.offices.iter().find(|each| each.id == id).cloned();
        pack.with(|pack| pack.as_deref().and_then(found))
    };
    let content = move || match (item.get(), pack.with(Option::is_some)) {
        (Some(item), _) => {
            let office = office(&item.office);
            view! { <Content item office /> }.into_any()
        }
        (None, true) => {
            view! { <main data-screen="item"><p class="empty">{words::item().unknown()}</p></main> }
                .into_any()
        }
        (None, false) => view! { <main data-screen="item" aria-busy="true"></main> }.into_any(),
    };
    view! {
        <div class="screen">
            <Header title back=Route::Home />
            {content}
        </div>
    }
}

#[component]
fn Content(item: Item, office: Option<Office>) -> impl IntoView {
    let said = words::item();
    let id = item.id.clone();
    let latest = loaded(move || {
        let (vault, id) = (phone().vault(), id.clone());
        async move {
            if !vault.has_drafts().await.unwrap_or_default() {
                return None;
            }
            let later = later::load().await.ok()?;
            (later.latest_draft)(vault, id).await
        }
    });
    let digest = item.guide;
    let guide = loaded(move || {
        let delivery = phone().delivery();
        async move { delivery.guide(digest).await.ok() }
    });
    let before = move || guide.get().flatten().map(|guide| before(guide, office.clone()));
    view! {
        <main data-screen="item" aria-busy=move || guide.with(Option::is_none).to_string()>
            <div class="item-head"><Icon name=crate::parts::of_item(&item.icon) /><p>{item.tagline.clone()}</p></div>
            {before}
            <Strip tone=Tone::Green><span>{said.offline()}</span></Strip>
        </main>
        <Begin item latest=Signal::derive(move || latest.get().flatten()) />
    }
}

/// What to know before: what to bring, how long it takes, what happens, whom to ask.
fn before(guide: Guide, office: Option<Office>) -> AnyView {
    let said = words::item();
    let office = office.into_iter().flat_map(|office| {
        let whereabouts = office.clone();
        let way = later::show(move |later| (later.way)(whereabouts.clone()), |_| ().into_any());
        let detail = format!("{} · {}", office.phone, office.hours);
        let href = format!("tel:{}", office.phone);
        [view! { <Card href name=office.name detail /> }.into_any(), way]
    });
    let office = office.collect();
    view! {
        {part(said.bring(), lines("guide", guide.bring))}
        {part(said.takes(), lines("guide", vec![guide.limit, guide.fee]))}
        {part(said.steps(), lines("guide guide--steps", guide.steps))}
        {part(said.who(), lines("guide", guide.who))}
        {part(said.know(), lines("guide", guide.know))}
        {part(said.office(), office)}
    }
    .into_any()
}

fn part(heading: &'static str, content: Vec<AnyView>) -> AnyView {
    if content.is_empty() {
        return ().into_any();
    }
    view! { <section class="stack"><h2 class="section-title">{heading}</h2>{content}</section> }
        .into_any()
}

fn lines(class: &'static str, lines: Vec<String>) -> Vec<AnyView> {
    if lines.is_empty() {
        return Vec::new();
    }
    let line = |line: String| view! { <li>{line}</li> }.into_any();
    let lines: Vec<_> = lines.into_iter().map(line).collect();
    vec![view! { <ul class=class dir="auto">{lines}</ul> }.into_any()]
}

/// The way in: goes on with what was begun, or begins.
#[component]
fn Begin(item: Item, latest: Signal<Option<protocol::ApplicationId>>) -> impl IntoView {
    let said = words::item();
    let trouble = RwSignal::new(None::<String>);
    let (phone, navigation) = (phone(), navigation());
    let item = StoredValue::new(item);
    let begin = move |_| {
        let item = item.get_value();
        spawn_local(async move {
            match begin::begin(phone, &item).await {
                Ok(application) => navigation.go(Route::Filling(application, None)),
                Err(words) => {
                    trouble.try_set(Some(words));
                }
            }
        });
    };
    let buttons = move || {
        match latest.get() {
        Some(application) => view! {
            <button type="button" class="button" data-action="start-another" on:click=begin>{said.start_another()}</button>
            <a class="button button--primary" data-action="start" href=Route::Filling(application, None).path()>{said.go_on()}</a>
        }
        .into_any(),
        None => view! {
            <button type="button" class="button button--primary" data-action="start" on:click=begin>{said.start()}</button>
        }
        .into_any(),
    }
    };
    view! {
        <footer class="actions">
            {move || trouble.get().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
            <div class="actions__row">{buttons}</div>
        </footer>
    }
}
