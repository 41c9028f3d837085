//! 我的: what is begun, what is still on the phone, what arrived.

mod draft;
mod outbox;

use leptos::prelude::*;
use protocol::{ApplicationId, CaseNumber, EnvelopeId};

use crate::device::clock;
use crate::effect::loaded;
use crate::parts::{Card, Empty, Glyph, Header, Strip, Tabs, Tone, in_pieces};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::surroundings::moment;
use crate::vault::{Case, CaseCommand, DraftSummary, VisitTask};
use crate::when::{by_township, when};
use crate::words::{self, InWords as _};
use draft::removable;
pub(crate) use outbox::OutboxState;
use outbox::{command_card, outbox_card, visit_card};

/// What the vault has for this page.
struct Mine {
    drafts: Vec<DraftSummary>,
    cases: Vec<Case>,
    visits: Vec<VisitTask>,
    set_aside: usize,
}

async fn load(phone: Phone) -> Result<Mine, String> {
    let drafts = phone.vault().drafts().await.map_err(|error| error.in_words())?;
    let cases = phone.vault().cases().await.map_err(|error| error.in_words())?;
    let (drafts, mut cases, set_aside) =
        (drafts.records, cases.records, drafts.damaged.len() + cases.damaged.len());
    cases.reverse();
    let visits = phone.vault().visits().await.map_err(|error| error.in_words())?;
    Ok(Mine { drafts, cases, visits, set_aside })
}

/// Everything of mine.
#[component]
pub(crate) fn MineScreen() -> impl IntoView {
    let phone = phone();
    let mine = loaded(move || {
        phone.delivery().follow_changes();
        load(phone)
    });
    let title = Signal::derive(|| words::app().mine().to_owned());
    let lost = Memo::new(move |_| phone.delivery().status().lost);
    let holds_files = Memo::new(move |_| phone.delivery().status().holds_files);
    let content = move || {
        mine.with(|mine| match mine {
            None => ().into_any(),
            Some(Err(words)) => {
                let words = words.clone();
                view! { <Strip tone=Tone::Red urgent=true><span>{words}</span></Strip> }.into_any()
            }
            Some(Ok(mine)) => content(phone, mine, &lost.get(), holds_files.get()),
        })
    };
    view! {
        <div class="screen">
            <Header title />
            <main data-screen="mine">{content}</main>
            <Tabs />
        </div>
    }
}

fn content(phone: Phone, mine: &Mine, lost: &[EnvelopeId], holds_files: bool) -> AnyView {
    let said = words::mine();
    let (arrived, here): (Vec<_>, Vec<_>) =
        mine.cases.iter().map(|case| (case, OutboxState::of(case, lost))).partition(
            |(case, state)| *state == OutboxState::Delivered && case.open_command().is_none(),
        );
    let (stuck, waiting): (Vec<_>, Vec<_>) = here.into_iter().partition(|(case, state)| {
        state.needs_somebody() || case.open_command().is_some_and(CaseCommand::is_refused)
    });
    let outbox = |cases: Vec<(&Case, OutboxState)>| {
        let card = |(case, state): (&Case, OutboxState)| match case.open_command() {
            Some(command) if state == OutboxState::Delivered => command_card(case, command),
            _ => outbox_card(case, state, holds_files),
        };
        cases.into_iter().map(card).collect()
    };
    let set_aside = mine.set_aside;
    if mine.drafts.is_empty() && mine.cases.is_empty() && mine.visits.is_empty() && set_aside == 0 {
        return view! {
            <Empty icon="tray" words=said.empty()>
                <a class="button button--primary" href=Route::Home.path() data-action="home">{said.start()}</a>
            </Empty>
        }
        .into_any();
    }
    let has_way = !stuck.is_empty() || !waiting.is_empty();
    view! {
        {(set_aside > 0).then(|| view! {
            <div data-set-aside>
                <Strip tone=Tone::Amber><b>{said.set_aside(set_aside)}</b><span>{said.set_aside_how()}</span></Strip>
            </div>
        })}
        {held(phone)}
        {section(words::visiting().tasks(), mine.visits.iter().map(visit_card).collect())}
        {section(said.stuck(), outbox(stuck))}
        {section(said.outbox(), outbox(waiting))}
        {has_way.then(|| view! {
            <a class="link" href=Route::Mailbag.path() data-action="mailbag">{Glyph::Seal.drawn()}{said.mailbag()}</a>
        })}
        {section(said.drafts(), mine.drafts.iter().cloned().map(|draft| removable(phone, draft)).collect())}
        {section(said.cases(), arrived.into_iter().map(|(case, _)| case_card(case)).collect())}
    }
    .into_any()
}

fn section(title: &'static str, cards: Vec<AnyView>) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    view! { <section class="stack"><h2 class="section-title">{title}</h2>{in_pieces(cards)}</section> }
        .into_any()
}

/// That files wait for a link that nobody pays for by the byte, and the way to send them all the same.
fn held(phone: Phone) -> AnyView {
    let said = words::mine();
    let holds = move || {
        let status = phone.delivery().status();
        status.holds_files && status.progress.arrived > 0
    };
    let send = move |_| phone.delivery().send_files_anyway();
    let strip = move || {
        holds().then(|| {
            view! {
                <div data-held>
                    <Strip tone=Tone::Amber>
                        <b>{said.held()}</b>
                        <span>{said.held_how()}</span>
                        <button type="button" class="link" data-action="send-anyway" on:click=send>{said.send_anyway()}</button>
                    </Strip>
                </div>
            }
        })
    };
    view! { {strip} }.into_any()
}

/// The word for how a case that the township has stands.
fn tag(case: &Case) -> (Tone, &'static str) {
    let said = words::mine();
    let Some(state) = &case.state else {
        return (Tone::Green, words::case().received_short());
    };
    match state.stage.as_str() {
        "returned" => (Tone::Amber, said.to_correct()),
        _ if state.offers.confirm => (Tone::Amber, said.to_confirm()),
        "refused" | "declined" | "stopped" => (Tone::Red, said.not_granted()),
        _ if state.offers.rate => (Tone::Blue, said.to_rate()),
        "working" | "approved" => (Tone::Green, said.in_hand()),
        "paused" => (Tone::Amber, said.paused()),
        "finished" | "joined" => (Tone::Green, said.done()),
        "withdrawn" | "lapsed" => (Tone::Blue, said.taken_back()),
        _ => (Tone::Green, words::case().received_short()),
    }
}

/// A case that the township has.
fn case_card(case: &Case) -> AnyView {
    let receipt = case.delivery.as_ref().and_then(|delivery| delivery.receipt());
    let now = moment(clock::now());
    let received = receipt.as_ref().map(|receipt| when(by_township(receipt.received_at, now), now));
    let number = receipt.map(|receipt| short(&receipt.case));
    let detail = [received, number].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let words = case.state.as_ref().map(|state| state.words.clone());
    let is_complete = case.delivery.as_ref().is_some_and(|delivery| delivery.is_delivered());
    let application: ApplicationId = case.sent.application;
    view! {
        <div data-complete=is_complete.then_some("")>
            <Card href=Route::Case(application).path() name=case.sent.title.clone() detail=words.unwrap_or(detail)
                application=application.to_string() state="delivered" tag=tag(case) />
        </div>
    }
    .into_any()
}

/// The end of a case number: enough to tell one from another at a glance.
fn short(number: &CaseNumber) -> String {
    let digits: Vec<char> = number.0.chars().collect();
    let end = &digits[digits.len().saturating_sub(7)..];
    words::case().number_ends(&end.iter().collect::<String>())
}
