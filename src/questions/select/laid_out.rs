//! Choices side by side: a scale, and a table of them. Where there is no room for that (a narrow
//! screen, large letters) the style lays them out as rows, with their words.

use leptos::prelude::*;

use super::super::choices::{Choose, Face, Mark, is_chosen, plain};
use super::super::illustration::face;
use super::Asked;

/// The words over a table. Read by the eye alone: each choice below says its own.
#[component]
pub(super) fn Headings(asked: Asked, choices: Signal<Vec<(String, String)>>) -> impl IntoView {
    let heading = move |(name, words): (String, String)| {
        view! { <span class="table-head__words">{face(asked, &name, words)}</span> }
    };
    view! {
        <div class="table-head" id=asked.id_of("answer") aria-hidden="true">
            {move || choices.get().into_iter().map(heading).collect_view()}
        </div>
    }
}

/// A line of a table: its words stand over the first one.
#[component]
pub(super) fn Line(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
) -> impl IntoView {
    view! { <Cells asked choices many choose face=plain class="cells cells--line" /> }
}

/// A scale, from one end to the other.
#[component]
pub(super) fn Scale(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
) -> impl IntoView {
    view! { <Cells asked choices many choose face class="cells cells--scale" /> }
}

#[component]
fn Cells(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
    face: Face,
    class: &'static str,
) -> impl IntoView {
    let cell = move |(name, words): (String, String)| {
        let own = name.clone();
        let checked = move || is_chosen(&asked.value(), &own).to_string();
        let touched = name.clone();
        let face = face(asked, &name, words);
        view! {
            <button type="button" class="choice cell" role=if many { "checkbox" } else { "radio" } data-choice=name
                aria-checked=checked on:click=move |_| choose.run(touched.clone())>
                <Mark many />
                <span class="cell__words">{face}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class=class role=if many { "group" } else { "radiogroup" } aria-labelledby=asked.id_of("label")
            aria-describedby=asked.described_by() aria-invalid=move || asked.is_invalid().then_some("true")>
            {move || choices.get().into_iter().map(cell).collect_view()}
        </div>
    }
}
