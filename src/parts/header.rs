//! Where one is, the way back, and whether everything arrived.

use leptos::prelude::*;

use super::{Icon, Pill};
use crate::device::page;
use crate::effect::effect;
use crate::route::Route;
use crate::words;

/// The head of a screen.
#[component]
pub(crate) fn Header(
    /// What the screen is called.
    #[prop(into)]
    title: Signal<String>,
    /// What it is a part of: smaller, above.
    #[prop(optional, into)]
    over: Option<Signal<Option<String>>>,
    /// The screen above this one.
    #[prop(optional)]
    back: Option<Route>,
    /// Whether the largest words stand below, and not here.
    #[prop(optional)]
    quiet: bool,
    /// What stands below the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    effect(move || page::set_title(&title.get()));
    view! {
        <header class="header">
            <div class="header__row">
                {back.map(|route| {
                    view! {
                        <a class="header__back" href=route.path() aria-label=words::app().back() data-action="back">
                            <Icon name="back" />
                        </a>
                    }
                })}
                <h1 class="header__title" class:header__title--quiet=quiet tabindex="-1">
                    {move || over.and_then(|over| over.get()).map(|over| view! { <small>{over}</small> })}
                    {title}
                </h1>
                <Pill />
            </div>
            {children.map(|children| children())}
        </header>
    }
}
