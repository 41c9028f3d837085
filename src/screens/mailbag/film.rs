//! Codes on another phone's screen, filmed until the mailbag is whole.

use std::rc::Rc;

use leptos::html::{Dialog, Video};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::camera::Camera;
use crate::device::clock::pause;
use crate::device::codes::{Codes, NoReader, Reader, Seen};
use crate::device::dialog;
use crate::parts::{Glyph, part_of_width};
use crate::questions::reader_and_camera;
use crate::words;

/// Between two looks. A code stands for four times as long.
const PAUSE_MS: u32 = 60;

/// Films when asked; hands over what was filmed.
#[component]
pub(super) fn Film(seen: Callback<Vec<u8>>) -> impl IntoView {
    let said = words::mailbag();
    let filming = Filming {
        seen,
        sheet: NodeRef::new(),
        video: NodeRef::new(),
        is_open: RwSignal::new(false),
        percent: RwSignal::new(0),
        trouble: RwSignal::new(None),
    };
    let title = said.film();
    view! {
        <button type="button" class="button button--tool" data-action="film-codes" on:click=move |_| filming.open()>
            {Glyph::Camera.drawn()}
            {title}
        </button>
        {move || filming.trouble.get().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
        <dialog class="sheet" node_ref=filming.sheet data-sheet="film" aria-label=title on:close=move |_| filming.is_open.set(false)>
            <div class="sheet__head">
                <div class="sheet__title">
                    <span>{title}</span>
                    <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(filming.sheet)>{words::app().close()}</button>
                </div>
            </div>
            <div class="scan">
                <video class="scan__view" node_ref=filming.video muted autoplay playsinline></video>
                <div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || filming.percent.get().to_string() aria-label=title>
                    <span class="progress__done" style:transform=move || part_of_width(filming.percent.get().into())></span>
                </div>
                <p class="question__hint">{said.film_how()}</p>
            </div>
        </dialog>
    }
}

#[derive(Clone, Copy)]
struct Filming {
    seen: Callback<Vec<u8>>,
    sheet: NodeRef<Dialog>,
    video: NodeRef<Video>,
    is_open: RwSignal<bool>,
    percent: RwSignal<u8>,
    trouble: RwSignal<Option<&'static str>>,
}

impl Filming {
    fn open(self) {
        if self.is_open.get_untracked() {
            return;
        }
        self.is_open.set(true);
        self.percent.set(0);
        self.trouble.set(None);
        spawn_local(async move {
            match Self::ready().await {
                Ok((reader, codes, camera)) => self.watch(&reader, &codes, &camera).await,
                Err(words) => {
                    self.is_open.try_set(false);
                    self.trouble.try_set(Some(words));
                }
            }
        });
    }

    async fn ready() -> Result<(Rc<Reader>, Rc<Codes>, Camera), &'static str> {
        let codes = Codes::get().await.map_err(|NoReader| words::code().missing())?;
        let (reader, camera) = reader_and_camera().await?;
        Ok((reader, codes, camera))
    }

    async fn watch(self, reader: &Reader, codes: &Codes, camera: &Camera) {
        dialog::open(self.sheet);
        camera.show(self.video);
        codes.film();
        while self.is_open.try_get_untracked() == Some(true) {
            let words = match camera.look(self.video) {
                Some(picture) => reader.read(&picture).await,
                None => None,
            };
            match words.map(|words| codes.see(&words)) {
                Some(Seen::Whole(bag)) => {
                    dialog::close(self.sheet);
                    self.seen.run(bag);
                    return;
                }
                Some(Seen::Part(percent)) => {
                    self.percent.try_set(percent);
                }
                Some(Seen::Nothing) | None => {}
            }
            pause(PAUSE_MS).await;
        }
    }
}
