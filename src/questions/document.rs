//! A film, or any file: taken or chosen, kept at once, and shown as a card.

use ::vault::Source as _;
use leptos::prelude::*;

use super::Asked;
use super::files::{self, Attachments, TakeFiles, names};
use crate::device::media;
use crate::device::pictures::ChosenFile;
use crate::parts::{Glyph, Icon};
use crate::when::size;
use crate::words::{self, InWords as _};

/// The most bytes: over a village's link they are on their way for more than half an hour.
const MOST: u64 = 100 * 1024 * 1024;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A film, of so many seconds at most.
    Film(Option<u32>),
    /// Any file.
    File,
}

/// One film or file.
#[component]
pub(super) fn DocumentQuestion(asked: Asked, wanted: Wanted) -> impl IntoView {
    let taking = Taking {
        asked,
        attachments: Attachments::here(),
        called: RwSignal::new(None),
        is_working: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    let said = words::document();
    let kept = Memo::new(move |_| names(&asked.value()).pop());
    let take = Callback::new(move |files| taking.take(files));
    let how = move || match wanted {
        Wanted::Film(Some(most)) => format!("{} {}", said.longest(most), said.how_film()),
        Wanted::Film(None) => said.how_film().to_owned(),
        Wanted::File => said.how_file().to_owned(),
    };
    let choose = move || if kept.with(Option::is_some) { said.replace() } else { said.choose() };
    let tools = move || {
        match wanted {
        Wanted::Film(_) => view! {
            <TakeFiles words=choose() icon=Glyph::Picture accept="video/*" id=asked.id_of("answer") take />
            <TakeFiles words=said.film() icon=Glyph::Camera accept="video/*" camera=true take />
        }
        .into_any(),
        Wanted::File => view! {
            <TakeFiles words=choose() icon=Glyph::Paper accept="" id=asked.id_of("answer") take />
        }
        .into_any(),
    }
    };
    view! {
        {move || kept.get().map(|name| view! { <Card taking name wanted /> })}
        <div class="tools tools--document">
            {tools}
            {move || kept.with(Option::is_some).then(|| view! {
                <button type="button" class="button button--tool button--danger" data-action="remove-file" on:click=move |_| taking.remove()>
                    {Glyph::Trash.drawn()}
                    {said.remove()}
                </button>
            })}
        </div>
        {move || taking.is_working.get().then(|| view! { <p class="question__hint" role="status">{said.working()}</p> })}
        {move || match taking.trouble.get() {
            Some(words) => view! { <p class="strip strip--amber" role="alert">{words}</p> }.into_any(),
            None => view! { <p class="question__hint">{how}</p> }.into_any(),
        }}
    }
}

#[derive(Clone, Copy)]
struct Taking {
    asked: Asked,
    attachments: Attachments,
    /// A file's name in the answer, and what it is called on this phone. That is not handed in: it
    /// may say more than is asked.
    called: RwSignal<Option<(String, String)>>,
    is_working: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
}

impl Taking {
    fn take(self, files: Vec<ChosenFile>) {
        let Some(file) = files.into_iter().next() else { return };
        let said = words::document();
        let bytes = file.content().length();
        if bytes > MOST {
            return self.trouble.set(Some(said.too_large(&size(bytes), &size(MOST))));
        }
        self.trouble.set(None);
        self.is_working.set(true);
        leptos::task::spawn_local(async move {
            self.keep(&file).await;
            self.is_working.try_set(false);
        });
    }

    /// Keeps the new one before the one whose place it takes is removed.
    async fn keep(self, file: &ChosenFile) {
        match self.attachments.keep(&file.media_type(), &file.content()).await {
            Ok(name) => {
                let mut replaced = Vec::new();
                self.called.try_set(Some((name.clone(), file.name())));
                self.asked.form.answer_late(self.asked.at, |value| {
                    replaced = names(value);
                    name.clone()
                });
                replaced.into_iter().for_each(|name| self.attachments.remove(name));
            }
            Err(error) => {
                self.trouble.try_set(Some(error.in_words()));
            }
        }
    }

    fn remove(self) {
        let value = self.asked.form.look(|session, _| session.value(self.asked.at).to_owned());
        self.called.set(None);
        self.trouble.set(None);
        self.asked.answer("");
        self.asked.left();
        names(&value).into_iter().for_each(|name| self.attachments.remove(name));
    }
}

/// What is kept: its name and size, and a way to see it.
#[component]
fn Card(taking: Taking, name: String, wanted: Wanted) -> impl IntoView {
    let said = words::document();
    let opened = files::open(name.clone());
    let kind = move || {
        opened.about.with(|about| said.kind(about.as_ref().map_or("", |it| &it.media_type)))
    };
    let called = move || {
        let called = taking.called.get().filter(|(own, _)| *own == name);
        called.map_or_else(|| kind().to_owned(), |(_, called)| called)
    };
    let bytes = move || opened.about.with(|about| about.as_ref().map(|about| size(about.bytes)));
    let show = move |url: String| {
        match wanted {
        Wanted::Film(most) => view! { <Film taking url most /> }.into_any(),
        Wanted::File => view! {
            <a class="button button--tool" href=url target="_blank" rel="noopener" data-action="open-file">
                {Glyph::Eye.drawn()}
                {said.open()}
            </a>
        }
        .into_any(),
    }
    };
    view! {
        <div class="document" data-file=move || opened.digest.get()>
            <div class="document__about">
                {match wanted {
                    Wanted::Film(_) => Glyph::Film.drawn(),
                    Wanted::File => view! { <Icon name="paper" /> }.into_any(),
                }}
                <div class="document__words">
                    <span class="document__name">{called}</span>
                    <span class="question__hint">{bytes}</span>
                </div>
            </div>
            {move || opened.url.get().map(show)}
            {move || opened.problem.get().map(|words| view! { <p class="question__hint">{words}</p> })}
        </div>
    }
}

/// A film to be looked at. One that is too long is told, and kept: it may be all there is.
#[component]
fn Film(taking: Taking, url: String, most: Option<u32>) -> impl IntoView {
    let measure = move |event| {
        let seconds = media::seconds(&event);
        if let (Some(seconds), Some(most)) = (seconds, most)
            && seconds > most
        {
            taking.trouble.set(Some(words::document().too_long(seconds, most)));
        }
    };
    view! { <video controls playsinline preload="metadata" src=url on:loadedmetadata=measure></video> }
}
