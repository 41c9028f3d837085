//! Taking back what was just answered on the page that is open.

use std::rc::Rc;

use form::model::Question;
use form::{Answers, InstanceId, Session};
use leptos::prelude::*;

use super::Filling;
use crate::effect::effect;
use crate::filling::OpenForm;
use crate::parts::Glyph;
use crate::questions::Attachments;
use crate::surroundings::ThisPhone;
use crate::words;

/// So many changes can be taken back.
const MOST: usize = 20;

/// How everything was before a question was answered.
struct Change {
    at: InstanceId,
    before: Answers,
}

/// The way back from the last change; nothing while there is none.
pub(crate) fn undo() -> AnyView {
    let form = expect_context::<Filling>().form;
    let attachments = expect_context::<Attachments>();
    on_cleanup(move || attachments.forget(|| form.look(|session, _| session.draft())));
    let changes = RwSignal::new_local(Vec::<Change>::new());
    let newest = StoredValue::new_local(form.look(|session, _| session.draft()));
    let note_newest = move || {
        let now = form.look(|session, _| session.draft());
        let Some(before) = newest.try_update_value(|newest| core::mem::replace(newest, now)) else {
            return;
        };
        if let Some(at) = form.take_answered() {
            changes.update(|changes| note(changes, Change { at, before }, is_typed(form, at)));
        }
    };
    effect(move || {
        form.follow_drawn(|_, _| ());
        note_newest();
    });
    let go_back = move |_| {
        note_newest();
        let last = changes.try_update(Vec::pop).flatten();
        if let Some(Change { before, .. }) = last {
            let own = form.look(|session, _| Rc::clone(session.form()));
            let (session, _) = Session::resume(own, Rc::new(ThisPhone), &before);
            form.replace(session);
        }
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
fn note(changes: &mut Vec<Change>, newest: Change, is_typed: bool) {
    if is_typed && changes.last().is_some_and(|last| last.at == newest.at) {
        return;
    }
    if changes.len() == MOST {
        changes.remove(0);
    }
    changes.push(newest);
}

fn is_typed(form: OpenForm, at: InstanceId) -> bool {
    form.look(|session, _| {
        let question = session.form().node(at.node).question();
        matches!(question, Some(Question::Text(_) | Question::Integer | Question::Decimal))
    })
}
