//! What a code says: scanned, found in a photo, or typed. Typing always works.

use std::rc::Rc;

use form::model::Question;
use leptos::html::{Dialog, Video};
use leptos::prelude::*;

use super::Asked;
use super::files::TakeFiles;
use super::text::TextQuestion;
use crate::device::camera::{Camera, NoCamera};
use crate::device::clock::pause;
use crate::device::codes::{NoReader, Reader};
use crate::device::dialog;
use crate::device::pictures::ChosenFile;
use crate::parts::Glyph;
use crate::words;

/// Small codes in a photo of a whole thing are still read.
const LONG_EDGE: u32 = 1600;
/// Between two looks: a slow phone can show the picture in between.
const PAUSE_MS: u32 = 200;

/// A line to type on, with what fills it in.
#[component]
pub(super) fn BarcodeQuestion(asked: Asked) -> impl IntoView {
    let said = words::code();
    let scanning = Scanning {
        asked,
        sheet: NodeRef::new(),
        video: NodeRef::new(),
        camera: RwSignal::new_local(None),
        is_working: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    let take = Callback::new(move |files: Vec<ChosenFile>| scanning.look_at(files));
    view! {
        <TextQuestion asked question=Question::Barcode />
        <div class="tools">
            <button type="button" class="button button--tool" data-action="scan" on:click=move |_| scanning.open()>
                {Glyph::Camera.drawn()}
                {said.scan()}
            </button>
            <TakeFiles words=said.photo() icon=Glyph::Picture accept="image/*" take />
        </div>
        {move || scanning.is_working.get().then(|| view! { <p class="question__hint" role="status">{said.working()}</p> })}
        {move || scanning.trouble.get().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
        <dialog class="sheet" node_ref=scanning.sheet data-sheet=asked.name() aria-label=said.title()
            on:close=move |_| scanning.camera.set(None)>
            {move || scanning.camera.get().map(|camera| view! { <View scanning camera /> })}
        </dialog>
    }
}

/// What the camera sees.
#[component]
fn View(scanning: Scanning, camera: Rc<Camera>) -> impl IntoView {
    let said = words::code();
    let is_lit = RwSignal::new(false);
    let lamp = camera.has_light().then(|| {
        let camera = StoredValue::new_local(Rc::clone(&camera));
        let turn = move |_| {
            is_lit.update(|is_lit| *is_lit = !*is_lit);
            camera.with_value(|camera| camera.light(is_lit.get_untracked()));
        };
        view! {
            <button type="button" class="button button--wide" data-action="light" aria-pressed=move || is_lit.get().to_string()
                on:click=turn>{said.light()}</button>
        }
    });
    view! {
        <div class="sheet__head">
            <div class="sheet__title">
                <span>{said.title()}</span>
                <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(scanning.sheet)>{words::app().close()}</button>
            </div>
        </div>
        <div class="scan">
            <video class="scan__view" node_ref=scanning.video muted autoplay playsinline></video>
            <p class="question__hint">{said.how()}</p>
            {lamp}
        </div>
    }
}

/// What looks for codes through the camera; or why there is none, in words.
pub(crate) async fn reader_and_camera() -> Result<(Rc<Reader>, Camera), &'static str> {
    let said = words::code();
    let reader = Reader::get().await.map_err(|NoReader| said.missing())?;
    let camera = Camera::open().await.map_err(|error| match error {
        NoCamera::Refused => said.refused(),
        NoCamera::Impossible => said.impossible(),
    })?;
    Ok((reader, camera))
}

#[derive(Clone, Copy)]
struct Scanning {
    asked: Asked,
    sheet: NodeRef<Dialog>,
    video: NodeRef<Video>,
    /// On while the sheet is open.
    camera: RwSignal<Option<Rc<Camera>>, LocalStorage>,
    is_working: RwSignal<bool>,
    trouble: RwSignal<Option<&'static str>>,
}

impl Scanning {
    /// Looks through the camera until a code is found or the sheet is closed.
    fn open(self) {
        if self.is_working.get_untracked() {
            return;
        }
        self.begin();
        leptos::task::spawn_local(async move {
            let ready = reader_and_camera().await;
            self.is_working.try_set(false);
            match ready {
                Ok((reader, camera)) => self.watch(&reader, camera).await,
                Err(words) => self.tell(words),
            }
        });
    }

    async fn watch(self, reader: &Reader, camera: Camera) {
        let camera = Rc::new(camera);
        // The person may have left while the camera was asked for.
        if self.camera.try_set(Some(Rc::clone(&camera))).is_some() {
            return;
        }
        dialog::open(self.sheet);
        leptos::task::tick().await;
        camera.show(self.video);
        while self.camera.try_with_untracked(Option::is_some) == Some(true) {
            let found = match camera.look(self.video) {
                Some(picture) => reader.read(&picture).await,
                None => None,
            };
            if let Some(code) = found {
                dialog::close(self.sheet);
                return self.answer(&code);
            }
            pause(PAUSE_MS).await;
        }
    }

    /// Looks for a code in a photo.
    fn look_at(self, files: Vec<ChosenFile>) {
        let Some(file) = files.into_iter().next() else { return };
        self.begin();
        leptos::task::spawn_local(async move {
            match Self::read(&file).await {
                Ok(code) => self.answer(&code),
                Err(words) => self.tell(words),
            }
            self.is_working.try_set(false);
        });
    }

    async fn read(file: &ChosenFile) -> Result<String, &'static str> {
        let picture =
            file.open(LONG_EDGE).await.map_err(|error| words::photo().unreadable(error))?;
        let reader = Reader::get().await.map_err(|NoReader| words::code().missing())?;
        reader.read(&picture).await.ok_or(words::code().none())
    }

    fn begin(self) {
        self.trouble.set(None);
        self.is_working.set(true);
    }

    fn tell(self, words: &'static str) {
        self.trouble.try_set(Some(words));
    }

    fn answer(self, code: &str) {
        self.asked.form.answer_late(self.asked.at, |_| code.to_owned());
        self.asked.left();
    }
}
