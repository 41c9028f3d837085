//! Words that the app has to say between the answers.

use leptos::prelude::*;

use super::{Icon, Tone};

/// A sentence or two on a soft ground.
#[component]
pub(crate) fn Strip(
    /// What kind of word it is.
    tone: Tone,
    /// Read aloud as soon as it appears.
    #[prop(optional)]
    urgent: bool,
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Green => "check",
        Tone::Blue => "clock",
        Tone::Amber | Tone::Red => "alert",
    };
    view! {
        <div class=format!("strip strip--{}", tone.name()) role=if urgent { "alert" } else { "note" }>
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}

/// What went wrong, as soon as something did.
pub(crate) fn trouble(words: RwSignal<Option<String>>) -> AnyView {
    let strip = |words| view! { <p class="strip strip--red" role="alert">{words}</p> };
    (move || words.get().map(strip)).into_any()
}

/// Nothing here yet: one sentence, and one thing to do.
#[component]
pub(crate) fn Empty(icon: &'static str, words: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <p>{words}</p>
            {children()}
        </div>
    }
}
