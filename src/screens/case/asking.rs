//! What a person may ask of a case now: to correct it, to take it back, to have it looked at again, to
//! say how it was done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::ApplicationId;
use protocol::fact::CaseState;

use super::appeal::appeal;
use super::confirm::confirm;
use super::rate::rate;
use crate::effect::loaded;
use crate::navigation::navigation;
use crate::parts::{Glyph, Strip, Tone};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::vault::{Ask, Meant};
use crate::words::{self, InWords as _};

/// As many characters as somebody may say; the township takes no more.
pub(super) const MOST_WORDS: usize = protocol::command::MOST_WORDS;

/// Seals what is meant and puts it in the outbox; or tells, in words, why not.
pub(super) async fn ask(
    phone: Phone,
    application: ApplicationId,
    seen: u64,
    meant: Meant,
) -> Result<(), String> {
    let Some(pack) = untrack(|| phone.delivery().pack()) else {
        return Err(words::home().first_load_offline().to_owned());
    };
    let (township, sealing_key) = (pack.township.clone(), pack.sealing_key);
    let ask = Ask { township, sealing_key, application, seen, meant };
    phone.vault().ask(ask).await.map_err(|error| error.in_words())?;
    phone.delivery().deliver();
    Ok(())
}

/// Something that is being done, and why it was not.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    is_busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
}

impl Doing {
    pub(super) fn new() -> Self {
        Self { is_busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    /// Does it, unless it is being done.
    pub(super) fn begin(self, work: impl Future<Output = Result<(), String>> + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            if let Err(words) = work.await {
                self.trouble.try_set(Some(words));
            }
            self.is_busy.try_set(false);
        });
    }

    pub(super) fn shown(self) -> AnyView {
        let trouble = move || {
            let words = self.trouble.get()?;
            Some(view! { <p class="strip strip--red" role="alert" data-trouble>{words}</p> })
        };
        trouble.into_any()
    }
}

/// What may be asked, each a way to it. Nothing while something that was asked is not taken.
pub(super) fn offers(application: ApplicationId, state: &CaseState) -> AnyView {
    let Some(version) = state.version else { return ().into_any() };
    let offers = state.offers;
    let is_wanted = !state.corrections.is_empty() || state.stage == "returned";
    view! {
        {offers.confirm.then(|| confirm(application, version))}
        {offers.rate.then(|| rate(application, version))}
        {offers.correct.then(|| correct(application, version, is_wanted))}
        {offers.withdraw.then(|| withdraw(application, version))}
        {offers.appeal.then(|| appeal(application, version))}
    }
    .into_any()
}

/// The way to what was sent, to be filled in anew.
fn correct(application: ApplicationId, version: u64, is_wanted: bool) -> AnyView {
    let (phone, navigation, doing) = (phone(), navigation(), Doing::new());
    let said = words::asking();
    let has_draft = loaded(move || async move { phone.vault().draft(application).await.is_ok() });
    let words = move || match has_draft.get() {
        Some(true) => said.go_on(),
        _ if is_wanted => said.correct(),
        _ => said.correct_anyway(),
    };
    let go = move |_| {
        doing.begin(async move {
            let begun = phone.vault().correct(application, version).await;
            begun.map_err(|error| error.in_words())?;
            navigation.go(Route::Review(application));
            Ok(())
        });
    };
    let class = if is_wanted { "button button--primary button--wide" } else { "link" };
    view! {
        {doing.shown()}
        <button type="button" class=class data-action="correct" on:click=go>{Glyph::Pencil.drawn()}{words}</button>
    }
    .into_any()
}

/// Asked twice: what is taken back has to be filled in anew.
fn withdraw(application: ApplicationId, version: u64) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let said = words::asking();
    let is_asked = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let withdraw = move |_| {
        let reason = reason.get_untracked().trim().to_owned();
        doing.begin(ask(phone, application, version, Meant::Withdraw { reason }));
    };
    let sure = move || {
        is_asked.get().then(|| view! {
            <section class="stack" data-withdraw>
                <Strip tone=Tone::Amber><b>{said.withdraw_sure()}</b><span>{said.withdraw_what()}</span></Strip>
                {said_freely("withdraw-why", said.why(), reason)}
                {doing.shown()}
                <div class="actions__row">
                    <button type="button" class="button button--primary" data-action="keep" on:click=move |_| is_asked.set(false)>{said.keep()}</button>
                    <button type="button" class="button button--danger" data-action="withdraw-really" on:click=withdraw>{said.withdraw_now()}</button>
                </div>
            </section>
        })
    };
    view! {
        <button type="button" class="link link--danger" data-action="withdraw" aria-expanded=move || is_asked.get().to_string()
            hidden=move || is_asked.get() on:click=move |_| is_asked.set(true)>
            {Glyph::Undo.drawn()}{said.withdraw()}
        </button>
        {sure}
    }
    .into_any()
}

/// A few lines for whatever somebody wants to say.
pub(super) fn said_freely(
    id: &'static str,
    label: &'static str,
    words: RwSignal<String>,
) -> AnyView {
    view! {
        <div class="stack">
            <label class="section-title" for=id>{label}</label>
            <textarea class="field" id=id rows="3" maxlength=MOST_WORDS.to_string() prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))></textarea>
        </div>
    }
    .into_any()
}
