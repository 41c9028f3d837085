//! Things put in order: each is moved up or down with buttons. The order on the screen is an answer
//! only when the person moved something, or said that it is right.

use leptos::prelude::*;

use super::Asked;
use crate::device::page;
use crate::filling::{moved, ranking};
use crate::parts::{Glyph, Icon};
use crate::words;

/// All choices, in order.
#[component]
pub(super) fn RankQuestion(asked: Asked) -> impl IntoView {
    let ranked = Ranked {
        asked,
        choices: Memo::new(move |_| asked.form.choices(asked.at)),
        announced: RwSignal::new(String::new()),
    };
    let said = words::rank();
    let count = Memo::new(move |_| ranked.choices.with(Vec::len));
    let is_answered = move || asked.value() == ranked.order().join(" ");
    let confirm = move |_| ranked.answer(&ranked.order());
    view! {
        <ol class="rank" id=asked.id_of("answer") aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()>
            {move || (0..count.get()).map(|place| view! { <Place ranked place count=count.get() /> }.into_any()).collect_view()}
        </ol>
        <p class="spoken" role="status">{ranked.announced}</p>
        {move || match (count.get(), is_answered()) {
            (0, _) => view! { <p class="question__hint">{words::filling().nothing_to_choose()}</p> }.into_any(),
            (_, true) => view! {
                <p class="strip" data-ranked><Icon name="check" /><span>{said.answered()}</span></p>
            }.into_any(),
            (_, false) => view! {
                <button type="button" class="button button--tool button--confirm" data-action="confirm" on:click=confirm>
                    <Icon name="check" />
                    {said.confirm()}
                </button>
            }.into_any(),
        }}
    }
}

#[derive(Clone, Copy)]
struct Ranked {
    asked: Asked,
    choices: Memo<Vec<(String, String)>>,
    /// What those who listen are told.
    announced: RwSignal<String>,
}

impl Ranked {
    /// The names in their present order.
    fn order(self) -> Vec<String> {
        let value = self.asked.value();
        self.choices.with(|choices| ranking(&value, choices))
    }

    fn words(self, name: &str) -> String {
        self.choices
            .with(|choices| {
                choices.iter().find(|(own, _)| own == name).map(|(_, words)| words.clone())
            })
            .unwrap_or_default()
    }

    fn answer(self, order: &[String]) {
        self.asked.answer(&order.join(" "));
        self.asked.left();
    }

    /// The focus goes with what is moved, so that it can be moved on.
    fn shift(self, place: usize, up: bool) {
        let order = untrack(move || self.order());
        let (order, to) = moved(order, place, up);
        self.answer(&order);
        let words = order.get(to).map(|name| self.words(name)).unwrap_or_default();
        self.announced.set(words::rank().moved(&words, to + 1, order.len()));
        page::focus_at(&self.button(to, up));
    }

    fn button(self, place: usize, up: bool) -> String {
        self.asked.id_of(&format!("{}-{place}", if up { "up" } else { "down" }))
    }
}

/// One place in the order, and what stands on it.
#[component]
fn Place(ranked: Ranked, place: usize, count: usize) -> impl IntoView {
    let said = words::rank();
    let name = Memo::new(move |_| ranked.order().get(place).cloned().unwrap_or_default());
    let words = move || ranked.words(&name.get());
    let arrow = move |up: bool| {
        let is_end = if up { place == 0 } else { place + 1 == count };
        let label = move || if up { said.up(&words()) } else { said.down(&words()) };
        let glyph = if up { Glyph::Up } else { Glyph::Down };
        view! {
            <button type="button" class="step step--small" id=ranked.button(place, up)
                data-action=if up { "move-up" } else { "move-down" } aria-label=label
                aria-disabled=is_end.to_string() on:click=move |_| ranked.shift(place, up)>
                {glyph.drawn()}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="rank__place" data-choice=name>
            <span class="rank__number" aria-hidden="true">{place + 1}</span>
            <span class="rank__words">{words}</span>
            {arrow(true)}
            {arrow(false)}
        </li>
    }
}
