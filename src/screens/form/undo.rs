//! Taking back what was just answered on the page that is open.

use form::{InstanceId, Snapshot};
use leptos::prelude::*;

use super::Filling;
use crate::device::page;
use crate::effect::effect;
use crate::parts::Glyph;
use crate::questions::{Attachments, id_at};
use crate::words;

/// So many changes can be taken back,
const MOST: usize = 20;
/// and fewer where one copy of a large form takes as much as many of a small one: in facts.
const MOST_ROOM: usize = 50_000;

/// How everything was before a question was answered.
struct Change {
    at: InstanceId,
    is_typed: bool,
    before: Snapshot,
}

/// The way back from the last change to what stands on the page; nothing while there is none.
pub(crate) fn undo(instances: StoredValue<Vec<InstanceId>>) -> AnyView {
    let form = expect_context::<Filling>().form;
    let attachments = expect_context::<Attachments>();
    on_cleanup(move || attachments.forget(|| form.look(|session, _| session.draft())));
    let changes = RwSignal::new_local(Vec::<Change>::new());
    let newest = StoredValue::new_local(form.look(|session, _| session.snapshot()));
    // What was answered before this stood here.
    form.take_answered();
    let note_newest = move || {
        let Some((at, is_typed)) = form.take_answered() else { return };
        let now = form.look(|session, _| session.snapshot());
        let before = newest.try_update_value(|newest| core::mem::replace(newest, now));
        let is_here = instances.with_value(|all| all.contains(&at));
        changes.update(|changes| match before {
            Some(before) if is_here => note(changes, Change { at, is_typed, before }),
            // A picture of another page was ready: what was before is not to take it away.
            _ => changes.clear(),
        });
    };
    effect(move || {
        form.follow_drawn(|_, _| ());
        note_newest();
    });
    let go_back = move |_| {
        page::leave_field();
        note_newest();
        let Some(Change { at, before, .. }) = changes.try_update(Vec::pop).flatten() else {
            return;
        };
        newest.set_value(before.clone());
        form.go_back(before);
        let place = instances.with_value(|all| all.iter().position(|own| *own == at));
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            page::hold_focus_in(&id_at(place.unwrap_or_default()));
        });
    };
    let button = move || {
        changes.with(|changes| !changes.is_empty()).then(|| {
            view! {
                <button type="button" class="link undo-answer" data-action="undo-answer" on:click=go_back>
                    {Glyph::Undo.drawn()}
                    {words::undo().answer()}
                </button>
            }
        })
    };
    button.into_any()
}

/// What is typed into one question, letter by letter, is one change.
fn note(changes: &mut Vec<Change>, newest: Change) {
    let is_same = |last: &Change| last.is_typed && newest.is_typed && last.at == newest.at;
    if changes.last().is_some_and(is_same) {
        return;
    }
    let most = (MOST_ROOM / newest.before.room().max(1)).clamp(1, MOST);
    while changes.len() >= most {
        changes.remove(0);
    }
    changes.push(newest);
}
