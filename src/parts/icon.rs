//! Icons are drawn once, in `index.html`, and named here.

use leptos::prelude::*;

/// The icons that a pack may give its items; what it names besides is drawn as a sheet of paper.
const OF_ITEMS: &[&str] = &[
    "access", "building", "check", "coins", "elder", "hammer", "health", "help", "house", "list",
    "star", "visit", "wrench",
];

/// The icon called `name`. It says nothing by itself: words stand beside it.
#[component]
pub(crate) fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("#icon-{name}") />
        </svg>
    }
}

/// The icon that a pack means.
pub(crate) fn of_item(icon: &str) -> &'static str {
    OF_ITEMS.iter().find(|known| **known == icon).unwrap_or(&"paper")
}
