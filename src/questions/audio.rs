//! Speaking instead of writing.

use form::spoken;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::Asked;
use super::files::{self, Attachments, TakeFiles, names};
use crate::device::clock;
use crate::device::content::Content;
use crate::device::pictures::ChosenFile;
use crate::device::recording::{self, NoRecording, Recording};
use crate::parts::Glyph;
use crate::words::{self, InWords as _};

/// A touch longer than this is speaking while holding; releasing ends it.
const HELD_MS: u64 = 600;

/// One recording.
#[component]
pub(super) fn AudioQuestion(asked: Asked, max_seconds: Option<u32>) -> impl IntoView {
    let said = words::recording();
    let microphone = Microphone::new(asked, max_seconds);
    let kept = Memo::new(move |_| names(&asked.value()).pop());
    let take = Callback::new(move |files| microphone.take(files));
    view! {
        {move || match kept.get() {
            Some(name) => view! { <Kept microphone name /> }.into_any(),
            None if recording::is_possible() => view! { <Recorder microphone /> }.into_any(),
            None => view! { <p class="strip strip--amber">{said.impossible()}</p> }.into_any(),
        }}
        <div class="tools" hidden=move || microphone.passed.get().is_some()>
            <TakeFiles words=said.choose() icon=Glyph::Sound accept="audio/*" take />
        </div>
        {move || microphone.trouble.get().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
    }
}

/// The microphone, and what was said into it.
#[derive(Clone, Copy)]
pub(super) struct Microphone {
    asked: Asked,
    max_seconds: Option<u32>,
    /// Whether the recording stands for words that were asked.
    is_words: bool,
    attachments: Attachments,
    running: StoredValue<Option<Recording>, LocalStorage>,
    /// Seconds since it began; none while it does not run.
    passed: RwSignal<Option<u32>>,
    touched_ms: StoredValue<u64>,
    trouble: RwSignal<Option<String>>,
}

impl Microphone {
    fn new(asked: Asked, max_seconds: Option<u32>) -> Self {
        Self {
            asked,
            max_seconds,
            is_words: false,
            attachments: Attachments::here(),
            running: StoredValue::new_local(None),
            passed: RwSignal::new(None),
            touched_ms: StoredValue::new(0),
            trouble: RwSignal::new(None),
        }
    }

    /// For words that are asked.
    pub(super) fn for_words(asked: Asked, max_seconds: u32) -> Self {
        Self { is_words: true, ..Self::new(asked, Some(max_seconds)) }
    }

    /// What went wrong last.
    pub(super) fn trouble(self) -> Option<String> {
        self.trouble.get()
    }

    /// The recording that stands in a value.
    fn kept(self, value: &str) -> Vec<String> {
        match self.is_words {
            true => spoken::file_in(value).map(str::to_owned).into_iter().collect(),
            false => names(value),
        }
    }

    /// The finger comes down: begins, or ends what a tap began.
    fn touch(self) {
        if self.passed.get_untracked().is_some() {
            return self.end();
        }
        self.trouble.set(None);
        self.touched_ms.set_value(clock::running_ms());
        self.passed.set(Some(0));
        leptos::task::spawn_local(async move {
            match Recording::begin().await {
                Ok(recording) => self.run(recording).await,
                Err(why) => self.tell(why),
            }
        });
    }

    /// The finger leaves: ends it, if the person spoke while holding.
    fn release(self) {
        if self.running.with_value(Option::is_some)
            && clock::running_ms() - self.touched_ms.get_value() > HELD_MS
        {
            self.end();
        }
    }

    async fn run(self, recording: Recording) {
        self.touched_ms.try_set_value(clock::running_ms());
        self.running.try_update_value(|running| *running = Some(recording));
        loop {
            TimeoutFuture::new(250).await;
            let seconds =
                self.running.try_with_value(|running| running.as_ref().map(Recording::seconds));
            let Some(Some(seconds)) = seconds else { return };
            self.passed.try_set(Some(seconds));
            if self.max_seconds.is_some_and(|most| seconds >= most) {
                return self.end();
            }
        }
    }

    fn end(self) {
        let Some(Some(recording)) = self.running.try_update_value(Option::take) else { return };
        leptos::task::spawn_local(async move {
            match recording.end().await {
                Ok(sound) => self.keep(&sound.media_type, &sound.content).await,
                Err(why) => self.tell(why),
            }
            self.passed.try_set(None);
        });
    }

    fn take(self, files: Vec<ChosenFile>) {
        leptos::task::spawn_local(async move {
            for file in files {
                self.keep(&file.media_type(), &file.content()).await;
            }
        });
    }

    async fn keep(self, media_type: &str, content: &Content) {
        match self.attachments.keep(media_type, content).await {
            Ok(name) => {
                let mut replaced = Vec::new();
                self.asked.form.answer_late(self.asked.at, |value| {
                    replaced = self.kept(value);
                    if self.is_words { spoken::value(&name) } else { name.clone() }
                });
                replaced.into_iter().for_each(|name| self.attachments.remove(name));
                self.asked.hold_focus();
            }
            Err(error) => {
                self.trouble.try_set(Some(error.in_words()));
            }
        }
    }

    fn remove(self) {
        let value = self.asked.form.look(|session, _| session.value(self.asked.at).to_owned());
        self.asked.answer("");
        self.kept(&value).into_iter().for_each(|name| self.attachments.remove(name));
        self.asked.hold_focus();
    }

    fn tell(self, why: NoRecording) {
        let said = words::recording();
        let words = match why {
            NoRecording::Refused => said.refused(),
            NoRecording::Impossible => said.impossible(),
        };
        self.trouble.try_set(Some(words.to_owned()));
        self.passed.try_set(None);
    }
}

/// Nothing is recorded yet.
#[component]
pub(super) fn Recorder(microphone: Microphone) -> impl IntoView {
    let said = words::recording();
    let is_running = move || microphone.passed.get().is_some();
    let state = move || if is_running() { said.end() } else { said.begin() };
    let detail = move || match (microphone.passed.get(), microphone.max_seconds) {
        (Some(passed), Some(most)) => said.left(&minutes(most.saturating_sub(passed))),
        (Some(passed), None) => said.passed(&minutes(passed)),
        (None, Some(most)) => format!("{} · {}", said.how(), said.most(most)),
        (None, None) => said.how().to_owned(),
    };
    view! {
        <div class="recorder" class:recorder--running=is_running>
            <button type="button" class="recorder__button" id=microphone.asked.id_of("answer") data-action="record" aria-label=state
                on:pointerdown=move |event| {
                    if event.button() == 0 {
                        microphone.touch();
                    }
                }
                on:pointerup=move |_| microphone.release()
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "Enter" | " ") && !event.repeat() {
                        event.prevent_default();
                        microphone.touch();
                    }
                }>
                {move || if is_running() { view! { {Glyph::Stop.drawn()} } } else { view! { {Glyph::Microphone.drawn()} } }}
            </button>
            <div class="recorder__words">
                <span class="recorder__state" aria-live="polite">{state}</span>
                <span class="question__hint">{detail}</span>
            </div>
        </div>
    }
}

/// Something is recorded: listen, again, or away with it.
#[component]
pub(super) fn Kept(microphone: Microphone, name: String) -> impl IntoView {
    let said = words::recording();
    let opened = files::open(name);
    view! {
        <div class="recorder" data-file=move || opened.digest.get()>
            <div class="recorder__words">
                <span class="recorder__state">{said.recorded()}</span>
                {move || opened.url.get().map(|url| view! { <audio controls preload="metadata" src=url></audio> })}
                {move || opened.problem.get().map(|words| view! { <span class="question__hint">{words}</span> })}
            </div>
        </div>
        <div class="tools">
            <button type="button" class="button button--tool button--danger" data-action="remove-file" on:click=move |_| microphone.remove()>
                {Glyph::Trash.drawn()}
                {said.again()}
            </button>
        </div>
    }
}

/// `1:32`
fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
