//! What somebody brings: as a file, or from another phone's screen.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::film::Film;
use delivery::TakenIn;

use crate::delivery::Brought;
use crate::device::pictures::ChosenFile;
use crate::parts::{Glyph, Strip, Tone};
use crate::phone::phone;
use crate::questions::TakeFiles;
use crate::words::{self, InWords as _};

/// What comes.
#[component]
pub(super) fn TakeIn() -> impl IntoView {
    let said = words::mailbag();
    let phone = phone();
    let outcome = RwSignal::new(None::<Result<TakenIn, String>>);
    let is_working = RwSignal::new(false);
    let take_in = move |brought: Brought| {
        outcome.set(None);
        is_working.set(true);
        spawn_local(async move {
            let taken = phone.delivery().take_in_mailbag(&brought).await;
            outcome.try_set(Some(taken.map_err(|reason| reason.in_words())));
            is_working.try_set(false);
        });
    };
    let take = Callback::new(move |files: Vec<ChosenFile>| {
        if let Some(file) = files.into_iter().next() {
            take_in(Brought::File(file.content()));
        }
    });
    let seen = Callback::new(move |bag| take_in(Brought::Bytes(bag)));
    let told = move || {
        let (tone, lines) = match outcome.get()? {
            Ok(taken) => (Tone::Green, lines(taken)),
            Err(words) => (Tone::Red, vec![words]),
        };
        let lines = lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view();
        Some(view! { <div data-taken role="status"><Strip tone>{lines}</Strip></div> })
    };
    view! {
        <section class="stack">
            <h2 class="section-title">{said.come()}</h2>
            <p>{said.come_how()}</p>
            <div class="tools">
                <TakeFiles words=said.open() icon=Glyph::Paper accept="" take />
                <Film seen />
            </div>
            {move || is_working.get().then(|| view! { <p class="question__hint" role="status">{said.working()}</p> })}
            {told}
        </section>
    }
}

fn lines(taken: TakenIn) -> Vec<String> {
    let said = words::mailbag();
    let TakenIn { carried, proven, damaged, .. } = taken;
    let mut lines = Vec::new();
    if carried > 0 {
        lines.push(said.carried(carried));
    }
    if proven > 0 {
        lines.push(said.proven(proven));
    }
    if damaged > 0 {
        lines.push(said.files_damaged(damaged));
    }
    if lines.is_empty() {
        lines.push(said.nothing_new().to_owned());
    }
    lines
}
