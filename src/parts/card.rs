//! One thing in a list, and the word for its state.

use leptos::prelude::*;

use super::Icon;

/// What kind of word it is; the word itself stands beside the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// All is well.
    Green,
    /// Something waits.
    Amber,
    /// A person must act.
    Red,
    /// Something goes on.
    Blue,
}

impl Tone {
    /// As the style sheets call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Blue => "blue",
        }
    }
}

/// The word for a state.
#[component]
pub(crate) fn Tag(tone: Tone, words: &'static str) -> impl IntoView {
    view! { <span class=format!("tag tag--{}", tone.name())>{words}</span> }
}

/// Leads to one thing.
#[component]
pub(crate) fn Card(
    /// The path of its screen.
    href: String,
    #[prop(into)] name: String,
    #[prop(into)] detail: String,
    /// Its id, for the tests.
    #[prop(optional, into)]
    application: Option<String>,
    /// Its state, for the tests.
    #[prop(optional)]
    state: Option<&'static str>,
    /// The word for its state; else an arrow.
    #[prop(optional)]
    tag: Option<(Tone, &'static str)>,
    /// What stands below the words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <a class="card" href=href data-application=application data-state=state>
            <span class="card__body">
                <span class="card__name">{name}</span>
                <span class="card__detail">{detail}</span>
                {children.map(|children| children())}
            </span>
            {match tag {
                Some((tone, words)) => view! { <Tag tone words /> }.into_any(),
                None => view! { <Icon name="on" /> }.into_any(),
            }}
        </a>
    }
}
