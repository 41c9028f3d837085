//! Pictures and films that an author put beside a question or a choice (`image`, `big-image` and
//! `video` of XLSForm): who does not read well sees what is meant.

use form::model::Medium;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::Asked;
use crate::aloud::OfItem;
use crate::device::dialog;
use crate::device::object_url::{ObjectUrl, media_type};
use crate::effect::loaded;
use crate::phone::phone;
use crate::words;

/// What stands beside the words of a question; nothing where its author put nothing there.
pub(super) fn illustration(asked: Asked) -> AnyView {
    let file = |medium| {
        asked.form.look(|session, _| session.label_media(asked.at, medium).map(str::to_owned))
    };
    if let Some(name) = file(Medium::Video) {
        return view! { <Film name /> }.into_any();
    }
    match (file(Medium::Image), file(Medium::BigImage)) {
        (None, None) => ().into_any(),
        (Some(small), None) => shown(small, "illustration"),
        (small, Some(large)) => {
            let small = small.unwrap_or_else(|| large.clone());
            view! { <Enlarged small large words=asked.form.label(asked.at) /> }.into_any()
        }
    }
}

/// What stands on a choice: its picture above or before its words.
pub(super) fn face(asked: Asked, name: &str, words: String) -> AnyView {
    let file = asked
        .form
        .look(|session, _| session.choice_file(asked.at, name, Medium::Image).map(str::to_owned));
    match file {
        None => words.into_any(),
        Some(file) => view! { {shown(file, "choice__picture")} <span>{words}</span> }.into_any(),
    }
}

/// A picture of the form. Its room is there before it is: nothing moves when it comes.
fn shown(name: String, class: &'static str) -> AnyView {
    let address = address(name);
    // What it shows is said by the words beside it.
    let picture = move || {
        address.with(|address| {
            let address = address.as_ref()?.as_ref()?;
            Some(view! { <img src=address.as_str().to_owned() alt="" decoding="async" /> })
        })
    };
    view! { <span class=class data-missing=move || is_missing(address)>{picture}</span> }.into_any()
}

/// A picture that fills the screen when it is touched.
#[component]
fn Enlarged(small: String, large: String, words: String) -> impl IntoView {
    let sheet = NodeRef::<Dialog>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        dialog::open(sheet);
    };
    let said = words::illustration();
    let heading = words.clone();
    view! {
        <button type="button" class="illustration__enlarge" data-action="enlarge" aria-haspopup="dialog" on:click=open>
            {shown(small, "illustration")}
            <span class="link">{said.enlarge()}</span>
        </button>
        <dialog class="sheet" node_ref=sheet data-sheet="picture" aria-label=words on:close=move |_| is_open.set(false)>
            <div class="sheet__head">
                <div class="sheet__title">
                    <span>{heading}</span>
                    <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>{words::app().close()}</button>
                </div>
            </div>
            {move || is_open.get().then(|| shown(large.clone(), "illustration illustration--large"))}
        </dialog>
    }
}

/// A film, played where it stands.
#[component]
fn Film(name: String) -> impl IntoView {
    let address = address(name);
    let film = move || {
        address.with(|address| {
            let address = address.as_ref()?.as_ref()?;
            let address = address.as_str().to_owned();
            Some(view! { <video controls playsinline preload="metadata" src=address></video> })
        })
    };
    view! { <span class="illustration" data-missing=move || is_missing(address)>{film}</span> }
}

type Address = RwSignal<Option<Option<ObjectUrl>>, LocalStorage>;

/// Where the file can be had, once it is here.
fn address(name: String) -> Address {
    let (delivery, item) = (phone().delivery(), expect_context::<OfItem>());
    loaded(move || {
        let (delivery, name) = (delivery.clone(), name.clone());
        async move {
            let item = item.0.try_get_value()?;
            let bytes = delivery.media(&item, &name).await?;
            ObjectUrl::new(&bytes, media_type(&name))
        }
    })
}

/// Says so in place of what could not be had.
fn is_missing(address: Address) -> Option<&'static str> {
    let is_missing = address.with(|address| matches!(address, Some(None)));
    is_missing.then(|| words::illustration().missing())
}
