//! What was told before the first answer, to be read once more.

use leptos::prelude::*;

use super::Filling;
use crate::effect::loaded;
use crate::phone::phone;
use crate::screens::form::notice::points;
use crate::screens::form::opening::{item_of, notice_of};
use crate::words;

/// The notice, closed until somebody wants to read it; nothing where the item has none.
#[component]
pub(super) fn Told() -> impl IntoView {
    let filling = expect_context::<Filling>();
    let phone = phone();
    let item = item_of(phone, &filling.keeper.with_value(|keeper| keeper.draft()));
    // It was there before the first answer: what cannot be read now is shown by nothing.
    let told = loaded(move || {
        let item = item.clone();
        async move { notice_of(phone, &item?).await.ok().flatten() }
    });
    let show = move || {
        let told = told.get().flatten()?;
        let notice = view! {
            <details class="told">
                <summary class="link" data-action="read-notice">{words::notice().again()}</summary>
                {points(told.notice)}
            </details>
        };
        Some(notice.into_any())
    };
    show.into_any()
}
