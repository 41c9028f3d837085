//! Rows to choose from.

use leptos::prelude::*;

use super::Asked;
use crate::parts::Icon;

/// The circle or the box before a choice.
#[component]
pub(super) fn Mark(
    /// Whether several may be chosen.
    many: bool,
) -> impl IntoView {
    if many {
        view! { <span class="choice__mark choice__mark--box" aria-hidden="true"><Icon name="check" /></span> }.into_any()
    } else {
        view! { <span class="choice__mark" aria-hidden="true"></span> }.into_any()
    }
}

/// What is done when a choice is touched.
pub(super) type Choose = Callback<String>;

/// What stands on a choice, of its name and words.
pub(super) type Face = fn(Asked, &str, String) -> AnyView;

/// The words alone.
pub(super) fn plain(_: Asked, _: &str, words: String) -> AnyView {
    words.into_any()
}

/// The rows of `choices` (name and words). Their order is the author's.
#[component]
pub(super) fn Rows(
    asked: Asked,
    /// Which rows.
    choices: Signal<Vec<(String, String)>>,
    /// Whether several may be chosen.
    many: bool,
    choose: Choose,
    face: Face,
) -> impl IntoView {
    let row = move |(name, words): (String, String)| {
        let own = name.clone();
        let checked = move || is_chosen(&asked.value(), &own).to_string();
        let touched = name.clone();
        let face = face(asked, &name, words);
        view! {
            <button type="button" class="choice" role=if many { "checkbox" } else { "radio" } data-choice=name
                aria-checked=checked on:click=move |_| choose.run(touched.clone())>
                <Mark many />
                {face}
            </button>
        }
        .into_any()
    };
    move || choices.get().into_iter().map(row).collect_view()
}

/// Whether `name` is among the chosen names.
pub(super) fn is_chosen(value: &str, name: &str) -> bool {
    value.split(' ').any(|chosen| chosen == name)
}

/// `value` with `name` chosen, or not any more.
pub(super) fn turned(value: &str, name: &str) -> String {
    let mut chosen: Vec<&str> = value.split(' ').filter(|chosen| !chosen.is_empty()).collect();
    match chosen.iter().position(|chosen| *chosen == name) {
        Some(place) => {
            chosen.remove(place);
        }
        None => chosen.push(name),
    }
    chosen.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_a_choice_twice_leaves_things_as_they_were() {
        let once = turned("dibao", "youfu");
        assert_eq!(once, "dibao youfu");
        assert!(is_chosen(&once, "youfu") && !is_chosen(&once, "you"));
        assert_eq!(turned(&once, "youfu"), "dibao");
        assert_eq!(turned("dibao", "dibao"), "");
    }
}
