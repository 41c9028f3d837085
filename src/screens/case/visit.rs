//! 核查: what the holder of this phone was asked to look at, and what they found.

use leptos::prelude::*;
use protocol::{ApplicationId, Finding};

use super::asking::{Doing, ask, said_freely};
use super::command::command;
use crate::effect::loaded;
use crate::parts::{Header, Strip, Tone};
use crate::phone::phone;
use crate::route::Route;
use crate::vault::{Meant, VisitTask};
use crate::words::{self, InWords as _};

/// What a finding is called.
pub(super) fn finding_words(finding: Finding) -> &'static str {
    let said = words::visiting();
    match finding {
        Finding::AsStated => said.as_stated(),
        Finding::Different => said.different(),
        Finding::Absent => said.absent(),
    }
}

/// The page of a case that somebody else applied for.
#[component]
pub(super) fn VisitScreen(application: ApplicationId) -> impl IntoView {
    let said = words::visiting();
    let loaded = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { phone.vault().visit(application).await }
    });
    // What did not change is not drawn anew under the fingers of who is writing.
    let task = Memo::new(move |_| loaded.get());
    let content = move || match task.get() {
        None => ().into_any(),
        Some(Ok(task)) => content(task),
        Some(Err(error)) => {
            let words = match error {
                crate::vault::VaultError::Gone => words::case().unknown().to_owned(),
                other => other.in_words(),
            };
            view! { <Strip tone=Tone::Amber><span>{words}</span></Strip> }.into_any()
        }
    };
    view! {
        <div class="screen">
            <Header title=Signal::derive(move || said.title().to_owned()) back=Route::Mine quiet=true />
            <main data-screen="visit">{content}</main>
        </div>
    }
}

fn content(task: VisitTask) -> AnyView {
    let VisitTask { state, command: before } = task;
    let said = words::visiting();
    let asked = state.visit.clone();
    let meant = before.as_ref().map(|before| before.record.meant.clone());
    let is_waiting = before.as_ref().is_some_and(|before| !before.is_refused());
    let form = (asked.is_some() && !is_waiting)
        .then(|| form(state.application, state.version.unwrap_or_default(), meant));
    view! {
        {asked.map(|asked| view! {
            <h2 class="question__label">{asked.about}</h2>
            <Strip tone=Tone::Blue><b>{said.asked()}</b><span>{asked.words}</span></Strip>
        })}
        {before.map(|before| command(state.application, Some(state.clone()), before))}
        {form}
    }
    .into_any()
}

/// What was found; begins with what was `meant` before, where that was refused.
fn form(application: ApplicationId, version: u64, meant: Option<Meant>) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let said = words::visiting();
    let (found, written) = match meant {
        Some(Meant::Visit { finding, words }) => (Some(finding), words),
        _ => (None, String::new()),
    };
    let (found, written) = (RwSignal::new(found), RwSignal::new(written));
    let one = move |finding: Finding| {
        let checked = move || (found.get() == Some(finding)).to_string();
        view! {
            <button type="button" class="choice" role="radio" data-choice=(finding as u8).to_string() aria-checked=checked
                on:click=move |_| found.set(Some(finding))>
                <span class="choice__mark" aria-hidden="true"></span>
                {finding_words(finding)}
            </button>
        }
    };
    let done = move |_| {
        let Some(finding) = found.get_untracked() else { return };
        let words = written.get_untracked().trim().to_owned();
        doing.begin(async move {
            if finding == Finding::Different && words.is_empty() {
                return Err(words::visiting().say_what().to_owned());
            }
            let before = phone.vault().command(application).await.ok().flatten();
            ask(phone, application, version, Meant::Visit { finding, words }).await?;
            if let Some(before) = before {
                phone.delivery().forget(before.record.envelope);
            }
            Ok(())
        });
    };
    view! {
        <section class="stack" data-visit>
            <h2 class="section-title" id="found">{said.found()}</h2>
            <div class="choices" role="radiogroup" aria-labelledby="found">{Finding::ALL.map(one).collect_view()}</div>
            {said_freely("visit-words", said.words(), written)}
            {doing.shown()}
            <button type="button" class="button button--primary button--wide" data-action="visit" on:click=done>{said.done()}</button>
        </section>
    }
    .into_any()
}
