//! A long list: closed it shows what is chosen; opened it covers the page and is searched.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::Asked;
use super::choices::{Choose, Rows};
use crate::device::dialog;
use crate::filling::value_words;
use crate::later;
use crate::parts::Icon;
use crate::screens::part_on_its_way;
use crate::words;

/// So few choices are seen at a glance, and not searched.
const FEW: usize = 8;

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
    let list = List { asked, choices, many, choose, sheet };
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
            <Icon name="down" />
        </button>
        <dialog class="sheet" node_ref=sheet data-sheet=asked.name() aria-labelledby=asked.id_of("label")
            on:close=move |_| is_open.set(false)>
            {move || is_open.get().then(|| later::show(move |later| (later.list)(list), part_on_its_way))}
        </dialog>
    }
}

/// A long list that is open.
#[derive(Clone, Copy)]
pub(crate) struct List {
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
    sheet: NodeRef<Dialog>,
}

/// What the list shows while it is open.
pub(crate) fn opened(list: List) -> AnyView {
    let List { asked, choices, many, choose, sheet } = list;
    let filling = words::filling();
    let wanted = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = wanted.get();
        let mut choices = choices.get();
        choices.retain(|(_, words)| words.contains(wanted.trim()));
        choices
    });
    let choose = Callback::new(move |name| {
        choose.run(name);
        if !many {
            dialog::close(sheet);
        }
    });
    let nothing = move || {
        found
            .with(Vec::is_empty)
            .then(|| view! { <p class="question__hint">{filling.nothing_found()}</p> })
    };
    view! {
        <div class="sheet__head">
            <div class="sheet__title">
                <span>{move || asked.form.label(asked.at)}</span>
                <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>
                    {if many { filling.done() } else { words::app().close() }}
                </button>
            </div>
            <label class="search" hidden=move || choices.with(Vec::len) <= FEW>
                <Icon name="search" />
                <input type="search" placeholder=filling.search() aria-label=filling.search()
                    on:input=move |event| wanted.set(event_target_value(&event)) />
            </label>
        </div>
        <div class="sheet__list" role=if many { "group" } else { "radiogroup" }>
            <Rows asked choices=found.into() many choose />
            {nothing}
        </div>
    }
    .into_any()
}
