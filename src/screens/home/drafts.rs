//! 接着填: what was begun, as cards.

use leptos::prelude::*;

use crate::device::clock;
use crate::parts::{Card, Tone};
use crate::phone::{loaded, phone};
use crate::route::Route;
use crate::surroundings::moment;
use crate::vault::DraftSummary;
use crate::when::{by_phone, when};
use crate::words::words;

/// The drafts, the one changed last first.
#[component]
pub(crate) fn Drafts() -> impl IntoView {
    let drafts = loaded(|| {
        let phone = phone();
        phone.delivery().follow_changes();
        async move {
            let mut drafts =
                phone.vault().drafts().await.map(|listing| listing.records).unwrap_or_default();
            drafts.sort_by_key(|draft| core::cmp::Reverse(draft.updated_at));
            drafts
        }
    });
    move || {
        let drafts = drafts.get().unwrap_or_default();
        (!drafts.is_empty()).then(|| {
            view! {
                <h2 class="section-title">{words().home.go_on}</h2>
                {drafts.into_iter().map(card).collect_view()}
            }
            .into_any()
        })
    }
}

/// One draft.
pub(crate) fn card(draft: DraftSummary) -> AnyView {
    let said = &words().mine;
    let percent = 100 * draft.progress.done / draft.progress.of.max(1);
    let detail =
        (said.stopped_at)(percent, &when(by_phone(draft.updated_at), moment(clock::now())));
    let href = Route::Filling(draft.application, None).path();
    view! {
        <Card href name=draft.title detail application=draft.application.to_string() state="draft" tag=(Tone::Blue, said.draft) />
    }
    .into_any()
}
