//! 办事, 我的, 公开.

use leptos::prelude::*;

use super::Icon;
use crate::navigation::navigation;
use crate::route::Route;
use crate::words;

/// The three places of the app, at the thumb.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let app = words::app();
    view! {
        <nav class="tabs">
            <ul>
                {tab(Route::Home, "home", "list", app.home())}
                {tab(Route::Mine, "mine", "tray", app.mine())}
                {tab(Route::Offices, "public", "horn", app.public())}
            </ul>
        </nav>
    }
}

fn tab(to: Route, action: &'static str, icon: &'static str, name: &'static str) -> impl IntoView {
    let href = to.path();
    let current = move || (navigation().route() == to).then_some("page");
    view! {
        <li>
            <a href=href aria-current=current data-action=action>
                <Icon name=icon />
                {name}
            </a>
        </li>
    }
}
