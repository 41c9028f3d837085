//! 好差评: five faces with words, and a few lines for who wants to say more (国办发〔2019〕51号).

use leptos::prelude::*;
use protocol::{ApplicationId, Satisfaction};

use super::asking::{Doing, ask, said_freely};
use crate::phone::phone;
use crate::vault::Meant;
use crate::words;

/// What a level is called.
pub(super) fn level(satisfaction: Satisfaction) -> &'static str {
    let said = words::rating();
    match satisfaction {
        Satisfaction::Delighted => said.delighted(),
        Satisfaction::Satisfied => said.satisfied(),
        Satisfaction::Content => said.content(),
        Satisfaction::Dissatisfied => said.dissatisfied(),
        Satisfaction::Appalled => said.appalled(),
    }
}

/// The face of a level. It says nothing by itself: the words stand beside it.
pub(super) fn face(satisfaction: Satisfaction) -> AnyView {
    let (eyes, mouth) = match satisfaction {
        Satisfaction::Delighted => (EYES, "M7.5 13.5a4.7 4.7 0 0 0 9 0z"),
        Satisfaction::Satisfied => (EYES, "M8 14.2c1.1 1.5 2.4 2.2 4 2.2s2.9-.7 4-2.2"),
        Satisfaction::Content => (EYES, "M8.5 15.2h7"),
        Satisfaction::Dissatisfied => (EYES, "M8 16.6c1.1-1.5 2.4-2.2 4-2.2s2.9.7 4 2.2"),
        Satisfaction::Appalled => (ANGRY, "M7.6 17.2c1-2.4 2.5-3.5 4.4-3.5s3.4 1.1 4.4 3.5"),
    };
    view! {
        <svg class="icon face" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z" />
            <path d=eyes />
            <path d=mouth />
        </svg>
    }
    .into_any()
}

const EYES: &str = "M9 9.3v.8M15 9.3v.8";
const ANGRY: &str = "M7.5 8.3 10 9.6M16.5 8.3 14 9.6M9.3 10.6v.4M14.7 10.6v.4";

/// Rates what was done.
pub(super) fn rate(application: ApplicationId, version: u64) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let said = words::rating();
    let chosen = RwSignal::new(None::<Satisfaction>);
    let more = RwSignal::new(String::new());
    let one = move |satisfaction: Satisfaction| {
        let checked = move || (chosen.get() == Some(satisfaction)).to_string();
        view! {
            <button type="button" class="choice" role="radio" data-choice=(satisfaction as u8 + 1).to_string() aria-checked=checked
                on:click=move |_| chosen.set(Some(satisfaction))>
                {face(satisfaction)}
                {level(satisfaction)}
            </button>
        }
    };
    let give = move |_| {
        let Some(satisfaction) = chosen.get_untracked() else { return };
        let words = more.get_untracked().trim().to_owned();
        doing.begin(ask(phone, application, version, Meant::Rate { satisfaction, words }));
    };
    let rest = move || {
        chosen.get().is_some().then(|| view! {
            {said_freely("rate-more", said.more(), more)}
            {doing.shown()}
            <button type="button" class="button button--primary button--wide" data-action="rate" on:click=give>{said.give()}</button>
        })
    };
    view! {
        <section class="stack" data-rate>
            <h2 class="question__label" id="rate">{said.title()}</h2>
            <p class="question__hint">{said.secret()}</p>
            <div class="choices" role="radiogroup" aria-labelledby="rate">{Satisfaction::ALL.map(one).collect_view()}</div>
            {rest}
        </section>
    }
    .into_any()
}
