//! A long list: closed it shows what is chosen; opened it covers the page and is searched.

mod readings;
mod search;

use leptos::html::Dialog;
use leptos::prelude::*;

use super::Asked;
use super::choices::{Choose, Rows};
use super::illustration::face;
use crate::device::dialog;
use crate::effect::effect;
use crate::filling::value_words;
use crate::parts::Glyph;
use crate::words;
pub(super) use search::Search;

/// So few choices are seen at a glance, and not searched.
const FEW: usize = 8;
/// So many rows are made at a time: more than fit on a screen, and soon made on a slow phone.
const AT_ONCE: usize = 60;

/// A long list.
#[component]
pub(super) fn Sheet(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    /// Whether several may be chosen.
    many: bool,
    choose: Choose,
) -> impl IntoView {
    let sheet = NodeRef::<Dialog>::new();
    // Dozens of rows come into being when they are wanted.
    let is_open = RwSignal::new(false);
    let chosen = move || {
        asked.value();
        asked.form.look(|session, _| value_words(session, asked.at))
    };
    let open = move |_| {
        is_open.set(true);
        dialog::open(sheet);
    };
    view! {
        <button type="button" class="picker" class:picker--empty=move || chosen().is_none() id=asked.id_of("answer")
            data-action="open-list" aria-haspopup="dialog" aria-describedby=asked.described_by()
            aria-invalid=move || asked.is_invalid().then_some("true") on:click=open>
            <span>{move || chosen().unwrap_or_else(|| words::filling().choose().to_owned())}</span>
            {Glyph::Down.drawn()}
        </button>
        <dialog class="sheet" class:sheet--searched=move || is_searched(choices) node_ref=sheet data-sheet=asked.name() aria-labelledby=asked.id_of("label")
            on:close=move |_| is_open.set(false)>
            {move || is_open.get().then(|| view! { <Open asked choices many choose sheet /> })}
        </dialog>
    }
}

fn is_searched(choices: Signal<Vec<(String, String)>>) -> bool {
    choices.with(Vec::len) > FEW
}

/// What the list shows while it is open.
#[component]
fn Open(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
    sheet: NodeRef<Dialog>,
) -> impl IntoView {
    let filling = words::filling();
    let search = Search::new();
    let found = Memo::new(move |_| {
        choices.with(|choices| search.find(choices, |(_, words)| words.as_str()))
    });
    let choose = Callback::new(move |name| {
        choose.run(name);
        if !many {
            dialog::close(sheet);
        }
    });
    view! {
        <div class="sheet__head">
            <div class="sheet__title">
                <span>{move || asked.form.label(asked.at)}</span>
                <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>
                    {if many { filling.done() } else { words::app().close() }}
                </button>
            </div>
            <label class="search" hidden=move || !is_searched(choices)>
                {search.field()}
            </label>
        </div>
        <div class="sheet__list" role=if many { "group" } else { "radiogroup" } aria-labelledby=asked.id_of("label")>
            <Found asked found many choose />
        </div>
    }
}

/// What was found: as many rows as are looked over at a time, and the way to more.
#[component]
fn Found(
    asked: Asked,
    found: Memo<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
) -> impl IntoView {
    let said = words::list();
    let most = RwSignal::new(AT_ONCE);
    effect(move || {
        found.track();
        most.set(AT_ONCE);
    });
    let rows = Signal::derive(move || {
        let most = most.get();
        found.with(|found| found.iter().take(most).cloned().collect::<Vec<_>>())
    });
    let left = move || found.with(Vec::len).saturating_sub(most.get());
    let state = move || match (found.with(Vec::is_empty), left()) {
        (true, _) => words::filling().nothing_found().to_owned(),
        (_, 0) => String::new(),
        (_, left) => said.left(left),
    };
    view! {
        <Rows asked choices=rows many choose face />
        <p class="question__hint" role="status">{state}</p>
        {move || (left() > 0).then(|| view! {
            <button type="button" class="button button--tool" data-action="more"
                on:click=move |_| most.update(|most| *most += AT_ONCE)>{said.more()}</button>
        })}
    }
}
