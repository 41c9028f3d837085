//! Before the first answer: who collects what for what (个人信息保护法 第十七条、第三十条).

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use protocol::pack::Notice;
use protocol::{Digest, Informed};

use super::Filling;
use crate::device::{clock, page};
use crate::parts::Header;
use crate::route::Route;
use crate::words;

/// What the person is told, and has not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Untold {
    pub(super) digest: Digest,
    pub(super) notice: Notice,
}

/// The notice. Whoever has understood it begins.
#[component]
pub(super) fn NoticeScreen(untold: Untold) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let said = words::notice();
    let Untold { digest, notice } = untold;
    let understood = move |_| {
        let informed = Informed { notice: digest, at: clock::now(), guardian: None };
        filling.keeper.with_value(|keeper| keeper.inform(informed));
        filling.untold.set(None);
        // After the first page stands.
        spawn_local(async {
            tick().await;
            page::begin_at_top();
        });
    };
    let title = Signal::derive(move || filling.item.get_value());
    view! {
        <div class="screen">
            <Header title quiet=true />
            <main data-screen="notice">
                <h2 class="question__label">{said.title()}</h2>
                {points(notice)}
            </main>
            <footer class="actions">
                <div class="actions__row">
                    <a class="button" href=Route::Home.path() data-action="back">{words::app().back()}</a>
                    <button type="button" class="button button--primary" data-action="understood" on:click=understood>{said.understood()}</button>
                </div>
            </footer>
        </div>
    }
}

/// What the notice says, point by point.
pub(super) fn points(notice: Notice) -> AnyView {
    let is_foreign = words::in_use().code != words::CHINESE;
    let points = notice
        .points
        .into_iter()
        .map(|point| view! { <dt>{point.heading}</dt><dd>{point.words}</dd> }.into_any());
    view! {
        {is_foreign.then(|| view! { <p class="question__hint">{words::settings().law_is_chinese()}</p> })}
        <dl class="notice" dir="auto">{points.collect_view()}</dl>
    }
    .into_any()
}
