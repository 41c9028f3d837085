//! One application after it was sealed: where it is, its receipt, and what was sent.

mod appeal;
mod asking;
mod command;
mod confirm;
mod rate;
mod receipt;
mod sent;
mod visit;

use leptos::prelude::*;
use protocol::{ApplicationId, EnvelopeId};

use super::form::BETWEEN;
use super::mine::OutboxState;
use crate::device::{clock, page};
use crate::effect::loaded;
use crate::parts::{Header, Icon, Strip, Tone};
use crate::phone::phone;
use crate::route::Route;
use crate::surroundings::moment;
use crate::vault::{Case, CaseCommand, Meant, VaultError};
use crate::when::{by_township, when};
use crate::words;
use asking::offers;
use command::{command, corrections};
use rate::{face, level};
use receipt::Receipt;
use sent::SentAnswers;
use visit::VisitScreen;

pub(crate) use command::what;

/// The page of a case: of one's own, or of one that one was asked to look at.
#[component]
pub(crate) fn CaseScreen(application: ApplicationId) -> impl IntoView {
    let vault = phone().vault();
    let is_own = loaded(move || {
        let vault = vault.clone();
        async move { vault.case(application).await.is_ok() || vault.visit(application).await.is_err() }
    });
    move || match is_own.get() {
        None => ().into_any(),
        Some(true) => view! { <OwnCase application /> }.into_any(),
        Some(false) => view! { <VisitScreen application /> }.into_any(),
    }
}

#[component]
fn OwnCase(application: ApplicationId) -> impl IntoView {
    let loaded = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        async move { phone.vault().case(application).await }
    });
    // What did not change is not drawn anew under the fingers of who is writing.
    let case = Memo::new(move |_| loaded.get());
    let whole = move || {
        case.with(|case| Some(case.as_ref()?.as_ref().ok()?.sent.title.clone())).unwrap_or_default()
    };
    // Whose it is stands below, where there is room for it.
    let title = Signal::derive(move || parts(&whole()).0);
    let whose =
        move || parts(&whole()).1.map(|whose| view! { <h2 class="question__label">{whose}</h2> });
    let lost = Memo::new(|_| phone().delivery().status().lost);
    let content = move || {
        case.with(|case| match case {
            None => ().into_any(),
            Some(Ok(case)) => content(case.clone(), &lost.get()),
            Some(Err(error)) => trouble(error),
        })
    };
    view! {
        <div class="screen">
            <Header title back=Route::Mine quiet=true />
            <main data-screen="case">
                {whose}
                {content}
                <SentAnswers application />
                <button type="button" class="link no-print" data-action="print" on:click=|_| page::print()>
                    <Icon name="paper" />
                    {words::case().print()}
                </button>
            </main>
        </div>
    }
}

/// The item of a title, and the rest.
fn parts(title: &str) -> (String, Option<String>) {
    match title.split_once(BETWEEN) {
        Some((item, whose)) => (item.to_owned(), Some(whose.to_owned())),
        None => (title.to_owned(), None),
    }
}

fn trouble(error: &VaultError) -> AnyView {
    let words = match error {
        VaultError::Gone => words::case().unknown().to_owned(),
        other => other.to_string(),
    };
    view! { <Strip tone=Tone::Amber><span>{words}</span></Strip> }.into_any()
}

fn content(case: Case, lost: &[EnvelopeId]) -> AnyView {
    let state = OutboxState::of(&case, lost);
    let office = case.state.as_ref().map(|state| state.office.clone());
    let (application, sealed_at) = (case.sent.application, case.sent.finished_at);
    let is_own = state == OutboxState::Delivered || state == OutboxState::Sending;
    let asked = match (&case.state, case.open_command().cloned()) {
        (state, Some(open)) => command(case.sent.application, state.clone(), open),
        (Some(state), None) if is_own => offers(case.sent.application, state),
        _ => ().into_any(),
    };
    view! {
        {standing(&case, state)}
        {asked}
        {given(&case)}
        {case.delivery.map(|delivery| view! { <Receipt application delivery office sealed_at /> })}
    }
    .into_any()
}

/// What was said by who rated it.
fn given(case: &Case) -> Option<AnyView> {
    let taken = case.command.as_ref().filter(|command| command.is_taken())?;
    let Meant::Rate { satisfaction, .. } = taken.record.meant else { return None };
    let words = words::rating().given(level(satisfaction));
    Some(view! { <p class="both__face" data-rated>{face(satisfaction)}{words}</p> }.into_any())
}

/// Where it stands, in the largest words of the page.
fn standing(case: &Case, state: OutboxState) -> AnyView {
    let said = words::case();
    let now = moment(clock::now());
    match (state, &case.state) {
        (OutboxState::Refused, _) => {
            let (phone, envelope) = (phone(), case.sent.envelope);
            let refused = case.delivery.as_ref().and_then(|delivery| delivery.refused.clone());
            let why = refused.map(|refused| refused.words);
            view! {
                <Strip tone=Tone::Red>
                    <b>{said.refused()}</b>
                    <span>{why}</span>
                    <span>{said.refused_what_to_do()}</span>
                    <button type="button" class="link" data-action="try-again" on:click=move |_| phone.delivery().try_again(envelope)>
                        {said.send_again()}
                    </button>
                    <a class="link" href=Route::Offices.path()>{words::home().call()}</a>
                </Strip>
            }
            .into_any()
        }
        (OutboxState::Damaged, _) => view! {
            <Strip tone=Tone::Red><b>{words::mine().damaged()}</b><span>{words::mine().damaged_how()}</span></Strip>
        }
        .into_any(),
        (OutboxState::Waiting, _) => view! {
            <Strip tone=Tone::Amber><b>{said.still_here()}</b><span>{said.still_here_detail()}</span></Strip>
        }
        .into_any(),
        (_, Some(state)) => {
            let since = when(by_township(state.since, now), now);
            let words = state.words.clone();
            let wanted = corrections(case.sent.application, state);
            let office = state.said.clone().map(|said| view! {
                <div><h2>{words::asking().said()}</h2><p>{said}</p></div>
            });
            // What was refused shows it beside what was meant.
            let is_beside = case.open_command().is_some_and(CaseCommand::is_refused);
            let has_said = !is_beside && (state.said.is_some() || !state.corrections.is_empty());
            view! {
                <Strip tone=Tone::Blue><b>{words}</b><span>{since}</span></Strip>
                {has_said.then(|| view! { <section class="said" data-said>{office}{wanted}</section> })}
            }
            .into_any()
        }
        (_, None) => view! { <Strip tone=Tone::Green><b>{said.received()}</b></Strip> }.into_any(),
    }
}
