//! What is told of a child under fourteen needs a guardian who agrees (个人信息保护法 第三十一条). Who is a
//! child, their identity numbers tell.

use leptos::prelude::*;
use protocol::Informed;

use super::Filling;
use crate::device::clock;
use crate::words;

/// How many children the answers are of.
pub(super) fn children(filling: Filling) -> usize {
    filling.form.look(|session, _| {
        let answers = session.answers();
        let values = answers.values();
        checks::children::count(values.iter().map(|(_, value)| *value), session.moment().date())
    })
}

/// The id of where the guardian is asked.
pub(super) const ID: &str = "guardian";

/// Whether a guardian agreed.
pub(super) fn is_agreed(filling: Filling) -> bool {
    filling
        .keeper
        .with_value(|keeper| keeper.draft().informed.is_some_and(|it| it.guardian.is_some()))
}

/// Asks the guardian.
#[component]
pub(super) fn Guardian(children: usize, agreed: RwSignal<bool>) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let said = words::notice();
    let turn = move |_| {
        let guardian = (!agreed.get_untracked()).then(clock::now);
        filling.keeper.with_value(|keeper| {
            if let Some(informed) = keeper.draft().informed {
                keeper.inform(Informed { guardian, ..informed });
            }
        });
        agreed.set(guardian.is_some());
    };
    view! {
        <section class="stack" id=ID data-guardian>
            <h2 class="section-title">{said.children(children)}</h2>
            <button type="button" class="choice" role="checkbox" data-choice="guardian" aria-checked=move || agreed.get().to_string() on:click=turn>
                <span class="choice__mark choice__mark--box" aria-hidden="true"><crate::parts::Icon name="check" /></span>
                {said.guardian()}
            </button>
        </section>
    }
}
