//! Saying instead of writing, wherever words are asked: the office listens and writes them down.

use form::model::Question;
use leptos::prelude::*;

use super::Asked;
use super::audio::{Kept, Microphone, Recorder};
use crate::device::recording;
use crate::filling::Typing;
use crate::parts::Glyph;
use crate::words;

/// So long may one speak.
const MOST_SECONDS: u32 = 60;

/// The way to speak, the recording once there is one.
pub(crate) fn spoken(asked: Asked, question: &Question) -> AnyView {
    let typing = asked.form.look(|session, _| Typing::of(session.form(), asked.at.node, question));
    // A number has to be right digit by digit.
    let may_speak = !typing.compact && recording::is_possible();
    let said = words::recording();
    let microphone = Microphone::for_words(asked, MOST_SECONDS);
    let kept = Memo::new(move |_| asked.spoken_file());
    let is_open = RwSignal::new(false);
    let show = move || {
        match kept.get() {
        Some(name) => view! { <Kept microphone name /> }.into_any(),
        None if !may_speak => ().into_any(),
        None if is_open.get() => view! { <Recorder microphone /> }.into_any(),
        None => view! {
            <div class="tools">
                <button type="button" class="button button--tool" data-action="speak" on:click=move |_| is_open.set(true)>
                    {Glyph::Microphone.drawn()}
                    {said.instead()}
                </button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        {show}
        {move || microphone.trouble().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
    }
    .into_any()
}
