//! Typing a PIN: a pad of large digits, which no keyboard of another maker listens to, or a field for
//! a passphrase.

use std::rc::Rc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::parts::Glyph;
use crate::vault::Pin;
use crate::words;

/// What is done with what was typed.
type Given = Rc<dyn Fn(String)>;

/// Where a PIN is typed.
#[component]
pub(crate) fn PinEntry(
    /// Six digits, or a passphrase.
    digits: bool,
    /// What the button under a passphrase says.
    next: &'static str,
    /// Nothing is taken while this holds.
    #[prop(into)]
    busy: Signal<bool>,
    given: Rc<dyn Fn(String)>,
) -> impl IntoView {
    if digits { pad(busy, given) } else { phrase(next, busy, given) }
}

fn pad(busy: Signal<bool>, given: Given) -> AnyView {
    let said = words::pin();
    let typed = RwSignal::new(String::new());
    let press = Rc::new(move |key: char| {
        if busy.get_untracked() {
            return;
        }
        typed.update(|typed| typed.push(key));
        if typed.with_untracked(|typed| typed.len() == Pin::DIGITS) {
            given(typed.get_untracked());
            typed.set(String::new());
        }
    });
    let take_back = move || {
        typed.update(|typed| {
            typed.pop();
        });
    };
    let keys = Rc::clone(&press);
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Backspace" => take_back(),
        key => {
            let digit = key.chars().next().filter(|digit| key.len() == 1 && digit.is_ascii_digit());
            digit.into_iter().for_each(|digit| keys(digit));
        }
    };
    let key = |digit: char| {
        let press = Rc::clone(&press);
        view! {
            <button type="button" class="pad__key" data-digit=digit.to_string() on:click=move |_| press(digit)>{digit}</button>
        }
    };
    let dot = move |place: usize| {
        view! { <i class="pad__dot" class:pad__dot--full=move || typed.with(|typed| typed.len() > place)></i> }
    };
    view! {
        <div class="pad" role="group" aria-label=said.label() tabindex="-1" id="pin" on:keydown=on_key>
            <p class="pad__dots" role="img" aria-label=move || said.typed(typed.with(String::len))>
                {(0..Pin::DIGITS).map(dot).collect_view()}
            </p>
            {('1'..='9').map(key).collect_view()}
            <span></span>
            {key('0')}
            <button type="button" class="pad__key pad__key--back" aria-label=said.take_back() on:click=move |_| take_back()>
                {Glyph::Undo.drawn()}
            </button>
        </div>
    }
    .into_any()
}

fn phrase(next: &'static str, busy: Signal<bool>, given: Given) -> AnyView {
    let said = words::pin();
    let typed = RwSignal::new(String::new());
    let give = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            given(typed.get_untracked());
            typed.set(String::new());
        }
    };
    view! {
        <form class="stack" on:submit=give>
            <input type="password" class="field" id="pin" aria-label=said.phrase() autocomplete="off" prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event)) />
            <button class="button button--primary" data-action="next">{next}</button>
        </form>
    }
    .into_any()
}
