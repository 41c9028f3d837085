//! Pictures and films of the pack: kept on the phone, so that they are seen without network.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::ItemId;
use protocol::pack::MediaFile;

use crate::delivery::{Connection, Delivery};
use crate::device::dialog;
use crate::device::object_url::{ObjectUrl, media_type};
use crate::effect::effect;
use crate::later::words_of_author;
use crate::phone::phone;
use crate::words;

/// What shows it.
#[derive(Clone)]
pub(crate) enum Source {
    /// What the form of an item calls so.
    OfForm(ItemId, String),
    /// A drawing of the way to an office.
    OfOffice(MediaFile),
}

/// A picture. Its room is there before it is: nothing moves when it comes. What it shows is said by
/// the words beside it.
pub(crate) fn picture(source: Source, class: &'static str) -> AnyView {
    picture_of(source, class, String::new())
}

fn picture_of(source: Source, class: &'static str, words: String) -> AnyView {
    let address = address(source);
    let picture = move || {
        let alt = words.clone();
        shown(address, |address| view! { <img src=address alt=alt decoding="async" /> }.into_any())
    };
    view! { <span class=class data-missing=move || is_missing(address)>{picture}</span> }.into_any()
}

/// A film, played where it stands.
pub(crate) fn film(source: Source) -> AnyView {
    let address = address(source);
    let film = move || {
        shown(address, |address| {
            view! { <video controls playsinline preload="metadata" src=address></video> }.into_any()
        })
    };
    view! { <span class="illustration" data-missing=move || is_missing(address)>{film}</span> }
        .into_any()
}

/// A picture that fills the screen when it is touched.
#[component]
pub(crate) fn LargePicture(
    small: Source,
    large: Source,
    /// What it shows.
    words: String,
) -> impl IntoView {
    let sheet = NodeRef::<Dialog>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        dialog::open(sheet);
    };
    let heading = words_of_author(words.clone());
    let shown = words.clone();
    view! {
        <div class="enlarge">
            {picture(small, "illustration")}
            <button type="button" class="link enlarge__button" data-action="enlarge" aria-haspopup="dialog" on:click=open>
                {words::illustration().enlarge()}
            </button>
        </div>
        <dialog class="sheet sheet--searched" node_ref=sheet data-sheet="picture" aria-label=words on:close=move |_| is_open.set(false)>
            <div class="sheet__head">
                <div class="sheet__title">
                    <span>{heading}</span>
                    <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>{words::app().close()}</button>
                </div>
            </div>
            {move || is_open.get().then(|| picture_of(large.clone(), "illustration illustration--large", shown.clone()))}
        </dialog>
    }
}

type Address = RwSignal<Option<Option<ObjectUrl>>, LocalStorage>;

/// Where it can be had, once it is here.
fn address(source: Source) -> Address {
    let phone = phone();
    let address: Address = RwSignal::new_local(None);
    let is_reached =
        Memo::new(move |_| phone.delivery().status().connection == Connection::Reached);
    effect(move || {
        // What is missing is asked for again when the township answers.
        is_reached.track();
        if address.with_untracked(|address| matches!(address, Some(Some(_)))) {
            return;
        }
        let source = source.clone();
        spawn_local(async move {
            let had = source.load(phone.delivery()).await;
            address.try_set(Some(had));
        });
    });
    address
}

impl Source {
    async fn load(self, delivery: Delivery) -> Option<ObjectUrl> {
        let (bytes, name) = match self {
            Self::OfForm(item, name) => (delivery.media(&item, &name).await?, name),
            Self::OfOffice(file) => (delivery.media_of(file.digest).await.ok()?, file.name),
        };
        ObjectUrl::new(&bytes, media_type(&name))
    }
}

fn shown(address: Address, show: impl FnOnce(String) -> AnyView) -> Option<AnyView> {
    address.with(|address| Some(show(address.as_ref()?.as_ref()?.as_str().to_owned())))
}

/// Says so in place of what could not be had.
fn is_missing(address: Address) -> Option<&'static str> {
    let is_missing = address.with(|address| matches!(address, Some(None)));
    is_missing.then(|| words::illustration().missing())
}
