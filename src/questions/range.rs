//! A number between two: pulled along a line, or touched towards with buttons. Never only pulled:
//! not every hand can (WCAG 2.5.7).

mod rating;

use form::model::Range;
use leptos::prelude::*;

use super::Asked;
use super::choices::Choose;
use super::sheet::Sheet;
use crate::filling::Scale;
use crate::parts::Glyph;
use crate::words;
use rating::Rating;

/// So many ticks can still be told apart on a phone.
const TICKS: u32 = 20;

/// A number between two.
#[component]
pub(super) fn RangeQuestion(asked: Asked, range: Range) -> impl IntoView {
    let ranged = Ranged { asked, scale: Scale::of(&range) };
    if asked.appears("rating") {
        view! { <Rating ranged /> }.into_any()
    } else if asked.appears("picker") {
        view! { <Picker ranged /> }.into_any()
    } else {
        view! { <Slider ranged /> }.into_any()
    }
}

/// A range question and its numbers.
#[derive(Clone, Copy)]
struct Ranged {
    asked: Asked,
    scale: Scale,
}

impl Ranged {
    /// The place of the answer; none while nothing is chosen.
    fn place(self) -> Option<u32> {
        self.scale.place(&self.asked.value())
    }

    fn answer(self, place: u32) {
        self.asked.answer(&self.scale.value(place));
        self.asked.left();
    }

    fn step(self, forward: bool) {
        let place = self
            .asked
            .form
            .look(|session, _| self.scale.beside(session.value(self.asked.at), forward));
        self.answer(place);
    }

    /// Takes the answer back, where nothing need be answered.
    fn clear(self) {
        self.asked.answer("");
        self.asked.left();
    }

    /// What the author calls the number at a place (`tick_labelset`).
    fn label(self, place: u32) -> Option<String> {
        self.asked.form.look(|session, _| {
            let form = session.form();
            let list = form.node(self.asked.at.node).parameter("tick_labelset")?;
            let list = form.lists.iter().find(|own| own.name == list)?;
            let choice = list.find(list.column("name")?, &self.scale.value(place))?;
            Some(list.label(choice, session.language()).to_owned())
                .filter(|label| !label.is_empty())
        })
    }

    /// The number at a place, and what the author calls it.
    fn words(self, place: u32) -> String {
        let value = self.scale.value(place);
        match self.label(place) {
            Some(label) if label != value => format!("{value} · {label}"),
            _ => value,
        }
    }
}

/// The line, a button on either side, and the number large above them.
#[component]
fn Slider(ranged: Ranged) -> impl IntoView {
    let Ranged { asked, scale } = ranged;
    let said = words::range();
    let last = scale.last();
    let chosen = move || ranged.place().map(|place| ranged.words(place));
    let shown = move || chosen().unwrap_or_else(|| said.nothing().to_owned());
    let take = move |place: String| {
        if let Ok(place) = place.parse() {
            ranged.answer(place);
        }
    };
    let has_ticks = last <= TICKS && !asked.appears("no-ticks");
    let end = move |place| ranged.label(place).unwrap_or_else(|| scale.value(place));
    view! {
        <div class="range" class:range--vertical=asked.appears("vertical") class:range--empty=move || ranged.place().is_none()>
            <output class="range__value" aria-hidden="true">{shown}</output>
            <div class="range__row">
                <Step ranged forward=false />
                <div class="range__line" style=("--steps", move || last.max(1).to_string())>
                    {has_ticks.then(|| view! { <span class="range__ticks" aria-hidden="true"></span> })}
                    <input type="range" id=asked.id_of("answer") min="0" max=last.to_string() step="1"
                        prop:value=move || ranged.place().unwrap_or(0).to_string()
                        aria-valuetext=shown aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()
                        aria-invalid=move || asked.is_invalid().then_some("true")
                        on:input=move |event| take(event_target_value(&event))
                        // A touch right where the line begins changes nothing that a browser tells of.
                        on:click=move |event| {
                            if ranged.place().is_none() {
                                take(event_target_value(&event));
                            }
                        } />
                </div>
                <Step ranged forward=true />
            </div>
            <div class="range__ends" aria-hidden="true"><span>{end(0)}</span><span>{end(last)}</span></div>
        </div>
        <Clear ranged />
    }
}

/// One step on or back.
#[component]
fn Step(ranged: Ranged, forward: bool) -> impl IntoView {
    let Ranged { asked, scale } = ranged;
    let said = words::range();
    let end = if forward { scale.last() } else { 0 };
    let is_end = move || ranged.place() == Some(end);
    let (action, glyph, words) = if forward {
        ("step-up", Glyph::Plus, said.more())
    } else {
        ("step-down", Glyph::Minus, said.less())
    };
    view! {
        <button type="button" class="step" data-action=action aria-label=words aria-describedby=asked.id_of("label")
            aria-disabled=move || is_end().to_string() on:click=move |_| ranged.step(forward)>
            {glyph.drawn()}
        </button>
    }
}

/// The way back to no answer.
#[component]
fn Clear(ranged: Ranged) -> impl IntoView {
    let Ranged { asked, .. } = ranged;
    let can = move || !asked.form.is_required(asked.at) && !asked.value().is_empty();
    move || {
        can().then(|| {
            view! {
                <button type="button" class="link" data-action="clear" on:click=move |_| ranged.clear()>
                    {words::range().clear()}
                </button>
            }
        })
    }
}

/// `picker`: the numbers as a closed list.
#[component]
fn Picker(ranged: Ranged) -> impl IntoView {
    let choices = Memo::new(move |_| {
        let choice = |place| (ranged.scale.value(place), ranged.words(place));
        (0..=ranged.scale.last()).map(choice).collect::<Vec<_>>()
    });
    let choose: Choose = Callback::new(move |value: String| {
        ranged.asked.answer(&value);
        ranged.asked.left();
    });
    view! {
        <Sheet asked=ranged.asked choices=choices.into() many=false choose />
        <Clear ranged />
    }
}
