//! Pictures: taken or chosen, made small, kept at once.

use form::model::Crop;
use leptos::prelude::*;

use super::Asked;
use super::crop::{CropSheet, asked_for};
use super::files::{self, Attachments, TakeFiles, names, with, without};
use crate::device::pictures::{ChosenFile, Picture};
use crate::parts::{self, Glyph, Icon};
use crate::words::{self, InWords as _};

/// Up to `most` pictures.
#[component]
pub(super) fn ImageQuestion(
    asked: Asked,
    most: u32,
    /// The longer edge after scaling down.
    max_pixels: Option<u32>,
) -> impl IntoView {
    let taking = Taking::new(asked, most, max_pixels);
    let said = words::picture();
    let crop = asked.form.look(|session, _| Crop::of(session.form().node(asked.at.node)));
    // What is cut is cut one by one.
    let several = most > 1 && crop.is_none();
    let chosen = RwSignal::new_local(None);
    let kept = Memo::new(move |_| names(&asked.value()));
    // By itself: a row that was made anew with each picture would open all of them anew.
    let has_any = Memo::new(move |_| kept.with(|kept| !kept.is_empty()));
    let count =
        move || (several && has_any.get()).then(|| said.count_of(kept.with(Vec::len), most));
    let take = Callback::new(move |files: Vec<ChosenFile>| match crop {
        Some(_) => chosen.set(files.into_iter().next()),
        None => taking.take(files),
    });
    let picture = move |name: String| {
        let own = name.clone();
        let number = move || {
            let place = kept.with(|kept| kept.iter().position(|kept| *kept == own));
            place.map_or(1, |place| place + 1)
        };
        view! { <Thumbnail asked name number=Signal::derive(number) /> }.into_any()
    };
    view! {
        <div class="tools">
            <TakeFiles words=said.choose() icon=Glyph::Picture accept="image/*" several id=asked.id_of("answer") take />
            <TakeFiles words=said.take() icon=Glyph::Camera accept="image/*" camera=true take />
        </div>
        {move || has_any.get().then(|| view! {
            <div class="pictures">
                <For each=move || kept.get() key=String::clone children=picture />
            </div>
        })}
        {crop.map(|crop| view! {
            <p class="question__hint">{asked_for(&crop)}</p>
            <CropSheet taking crop chosen />
        })}
        {move || count().map(|words| view! { <p class="question__hint">{words}</p> })}
        <Progress taking />
    }
}

/// What is going on with pictures that were just taken.
#[derive(Clone, Copy)]
pub(super) struct Taking {
    /// The question.
    pub(super) asked: Asked,
    most: u32,
    max_pixels: Option<u32>,
    attachments: Attachments,
    waiting: RwSignal<usize>,
    trouble: RwSignal<Option<String>>,
}

impl Taking {
    pub(super) fn new(asked: Asked, most: u32, max_pixels: Option<u32>) -> Self {
        Self {
            asked,
            most,
            max_pixels,
            attachments: Attachments::here(),
            waiting: RwSignal::new(0),
            trouble: RwSignal::new(None),
        }
    }

    /// Makes them small and keeps them, one after the other.
    pub(super) fn take(self, files: Vec<ChosenFile>) {
        self.trouble.set(None);
        self.waiting.update(|waiting| *waiting += files.len());
        leptos::task::spawn_local(async move {
            for file in files {
                match file.picture(self.max_pixels).await {
                    Ok(picture) => self.keep(&picture).await,
                    Err(error) => self.tell(words::photo().unreadable(error).to_owned()),
                }
                self.waiting.try_update(|waiting| *waiting -= 1);
            }
        });
    }

    /// Keeps one that is ready. Where only one may be, it takes the other's place.
    pub(super) async fn keep(self, picture: &Picture) {
        match self.attachments.keep(picture.media_type, &picture.content).await {
            Ok(name) => {
                let mut replaced = Vec::new();
                self.asked.form.answer_late(self.asked.at, |value| {
                    if self.most == 1 {
                        replaced = names(value);
                        name.clone()
                    } else {
                        with(value, &name)
                    }
                });
                replaced.into_iter().for_each(|name| self.attachments.remove(name));
                self.asked.hold_focus();
            }
            Err(error) => self.tell(error.in_words()),
        }
    }

    /// Says that something is under way, until it is done.
    pub(super) async fn while_working<T>(self, work: impl Future<Output = T>) -> T {
        self.trouble.try_set(None);
        self.waiting.try_update(|waiting| *waiting += 1);
        let done = work.await;
        self.waiting.try_update(|waiting| *waiting -= 1);
        done
    }

    /// Says what went wrong.
    pub(super) fn tell(self, words: String) {
        self.trouble.try_set(Some(words));
    }
}

/// That something is under way, or went wrong.
#[component]
pub(super) fn Progress(taking: Taking) -> impl IntoView {
    let working = move || (taking.waiting.get() > 0).then_some(words::picture().working());
    view! {
        {move || working().map(|words| view! { <p class="question__hint" role="status">{words}</p> })}
        {parts::trouble(taking.trouble)}
    }
}

/// One kept picture.
#[component]
pub(super) fn Thumbnail(asked: Asked, name: String, number: Signal<usize>) -> impl IntoView {
    let said = words::picture();
    let attachments = Attachments::here();
    let opened = files::glance(name.clone());
    let remove = move |_| {
        let value = asked.form.look(|session, _| without(session.value(asked.at), &name));
        asked.answer(&value);
        asked.left();
        asked.hold_focus();
        attachments.remove(name.clone());
    };
    view! {
        <div class="picture" data-file=move || opened.digest.get()>
            {move || opened.url.get().map(|url| view! { <img src=url alt=move || said.shown(number.get()) loading="lazy" decoding="async" /> })}
            {move || opened.problem.get().map(|words| view! { <p class="question__hint">{words}</p> })}
            <button type="button" class="picture__remove" data-action="remove-file" aria-label=move || said.remove(number.get()) on:click=remove>
                <Icon name="close" />
            </button>
        </div>
    }
}
