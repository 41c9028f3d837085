//! Words and numbers, typed.

mod counter;
mod lines;
mod masked;

use form::model::Question;
use leptos::html::Input;
use leptos::prelude::*;

use super::Asked;
use crate::effect::effect;
use crate::filling::{Keyboard, Typing};

pub(super) use counter::Counter;
pub(super) use lines::Lines;
pub(super) use masked::Masked;

/// A line, a number, an identifier.
#[component]
pub(super) fn TextQuestion(asked: Asked, question: Question) -> impl IntoView {
    let Asked { form, at, .. } = asked;
    let typing = form.look(|session, _| Typing::of(session.form(), at.node, &question));
    let is_number = matches!(typing.keyboard, Keyboard::Digits | Keyboard::Decimal);
    let line = NodeRef::<Input>::new();
    let show = move |words: String| {
        if let Some(line) = line.try_get_untracked().flatten() {
            line.set_value(&words);
        }
    };
    let is_typing = StoredValue::new(false);
    // What the form itself changes, and nobody is typing just now.
    effect(move || {
        let value = asked.value();
        if !is_typing.get_value() {
            show(typing.shown(&value));
        }
    });
    let begin = move |_| {
        is_typing.set_value(true);
        let kept = form.look(|session, _| session.value(at).to_owned());
        if typing.shown(&kept) != kept {
            show(kept);
        }
    };
    let take = move |typed: String| {
        form.hush(at);
        asked.type_in(&typing.kept(&typed));
    };
    let end = move |typed: String| {
        is_typing.try_set_value(false);
        let kept = typing.kept(&typed);
        asked.type_in(&kept);
        show(typing.shown(&kept));
        // An empty one is told when the person goes on, not in passing.
        if !kept.is_empty() {
            asked.left();
        }
    };
    let invalid = move || asked.is_invalid().then_some("true");
    let value = typing.shown(&form.look(|session, _| session.value(at).to_owned()));
    view! {
        <input class="field" class:field--number=is_number id=asked.id_of("answer") node_ref=line type="text"
            prop:value=value inputmode=typing.keyboard.input_mode() enterkeyhint="next" autocomplete="off"
            autocapitalize=if typing.compact { "characters" } else { "off" } spellcheck="false"
            aria-invalid=invalid aria-describedby=asked.described_by()
            on:focus=begin
            on:input=move |event| take(event_target_value(&event))
            on:blur=move |event| end(event_target_value(&event)) />
    }
}
