//! 接着填: what was begun, as cards.

use leptos::prelude::*;
use protocol::{ApplicationId, ItemId};

use crate::device::clock;
use crate::effect::loaded;
use crate::later;
use crate::parts::{Card, Tone};
use crate::phone::phone;
use crate::route::Route;
use crate::screens::part_on_its_way;
use crate::surroundings::moment;
use crate::vault::{DraftSummary, Vault};
use crate::when::{by_phone, when};
use crate::words;

/// The drafts, if there are any.
pub(super) fn drafts() -> AnyView {
    let any = loaded(|| {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { matches!(phone.vault().has_drafts().await, Ok(true)) }
    });
    let show = move || {
        (any.get() == Some(true)).then(|| later::show(|later| (later.drafts)(), part_on_its_way))
    };
    show.into_any()
}

/// The drafts, the one changed last first.
pub(crate) fn draft_cards() -> AnyView {
    let drafts = loaded(|| {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { phone.vault().drafts().await.map(|listing| listing.records).unwrap_or_default() }
    });
    let show = move || {
        let drafts = drafts.get().unwrap_or_default();
        (!drafts.is_empty()).then(|| {
            view! {
                <h2 class="section-title">{words::home().go_on()}</h2>
                {drafts.into_iter().map(card).collect_view()}
            }
            .into_any()
        })
    };
    show.into_any()
}

/// The draft of an item that was changed last.
pub(crate) async fn latest_draft(vault: Vault, item: ItemId) -> Option<ApplicationId> {
    let drafts = vault.drafts().await.ok()?.records;
    drafts.into_iter().find(|draft| draft.item == item).map(|draft| draft.application)
}

/// One draft.
pub(crate) fn card(draft: DraftSummary) -> AnyView {
    let said = words::mine();
    let percent = 100 * draft.progress.done / draft.progress.of.max(1);
    let when = when(by_phone(draft.updated_at), moment(clock::now()));
    let detail = match percent {
        0 => said.begun_at(&when),
        100 => said.filled_at(&when),
        _ => said.stopped_at(percent, &when),
    };
    let href = Route::Filling(draft.application, None).path();
    view! {
        <Card href name=draft.title detail application=draft.application.to_string() state="draft" tag=(Tone::Blue, said.draft()) />
    }
    .into_any()
}
