//! Why the device has dropped its keys.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::gate::Gate;
use crate::vault::{Dropped, WhyDropped};
use crate::words;

/// What happened, until somebody has read it.
pub(super) fn dropped(gate: Gate, dropped: Dropped, again: RwSignal<()>) -> AnyView {
    let said = words::gate();
    let (what, how, why) = match dropped.why {
        WhyDropped::Revoked => (said.revoked(), said.revoked_how(), "revoked"),
        WhyDropped::TooLongOffline => (said.too_long(), said.too_long_how(), "too-long"),
    };
    let understood = move |_| {
        spawn_local(async move {
            // Where it cannot be written, it is said once more.
            let _ = gate.device().accept_dropped().await;
            again.set(());
        });
    };
    view! {
        <div class="outcome outcome--red" data-dropped=why>
            <h1>{what}</h1>
            <p>{how}</p>
        </div>
        <div class="actions__row">
            <button type="button" class="button button--primary" data-action="understood" on:click=understood>{said.understood()}</button>
        </div>
    }
    .into_any()
}
