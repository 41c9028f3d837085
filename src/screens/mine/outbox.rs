//! 还在手机里: what is still to be delivered, how far it is, and what was not taken.

use leptos::prelude::*;
use protocol::EnvelopeId;
use protocol::sync::RefusalReason;

use crate::parts::{Card, Tag, Tone, part_of_width};
use crate::route::Route;
use crate::screens::case::what;
use crate::vault::{Case, CaseCommand, DeliveryRecord, VisitTask};
use crate::when::size;
use crate::words;

/// How far something is that was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutboxState {
    /// Nothing of it is there.
    Waiting,
    /// It is there, but not all of its files.
    Sending,
    /// Everything is there, and proven.
    Delivered,
    /// Not taken so far.
    Refused,
    /// The phone cannot read it any more, or not what was written of its delivery.
    Damaged,
}

impl OutboxState {
    /// How far `case` is, where the phone has lost what is named in `lost`.
    pub(crate) fn of(case: &Case, lost: &[EnvelopeId]) -> Self {
        match &case.delivery {
            Some(delivery) if delivery.is_delivered() => Self::Delivered,
            _ if lost.contains(&case.sent.envelope) => Self::Damaged,
            None => Self::Damaged,
            Some(delivery) if delivery.receipt.is_some() => Self::Sending,
            Some(DeliveryRecord { refused: Some(refused), .. })
                if refused.reason != RefusalReason::Later =>
            {
                Self::Refused
            }
            _ => Self::Waiting,
        }
    }

    /// For the tests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Refused => "refused",
            Self::Damaged => "damaged",
        }
    }

    fn tag(self) -> (Tone, &'static str) {
        let said = words::mine();
        match self {
            Self::Waiting => (Tone::Amber, said.waiting()),
            Self::Sending => (Tone::Amber, said.sending()),
            Self::Delivered => (Tone::Green, words::case().received_short()),
            Self::Refused => (Tone::Red, said.refused()),
            Self::Damaged => (Tone::Red, said.damaged()),
        }
    }

    /// Whether somebody has to look after it.
    pub(super) fn needs_somebody(self) -> bool {
        matches!(self, Self::Refused | Self::Damaged)
    }
}

/// One that is still here.
pub(super) fn outbox_card(case: &Case, state: OutboxState, holds_files: bool) -> AnyView {
    let said = words::mine();
    let (bytes, there) = case.delivery.as_ref().map(DeliveryRecord::bytes).unwrap_or_default();
    let files = case.delivery.as_ref().map_or(0, |delivery| delivery.files.len());
    let files = |bytes| match files {
        0 => size(bytes),
        count => said.files(count, &size(bytes)),
    };
    let refused = case.delivery.as_ref().and_then(|delivery| delivery.refused.as_ref());
    let detail = match (state, refused) {
        (OutboxState::Refused, Some(refused)) => refused.words.clone(),
        (OutboxState::Damaged, _) => said.damaged_how().to_owned(),
        (OutboxState::Sending, _) => {
            format!("{} · {}", said.files_left(), files(bytes - there))
        }
        _ => files(bytes),
    };
    let share = there * 100 / bytes.max(1);
    let (tone, word) = match state {
        OutboxState::Sending if holds_files => (Tone::Amber, said.held_short()),
        _ => state.tag(),
    };
    let application = case.sent.application;
    view! {
        <a class="card" class:card--problem=state.needs_somebody() href=Route::Case(application).path()
            data-application=application.to_string() data-state=state.name()>
            <span class="card__body">
                <span class="card__name">{case.sent.title.clone()}</span>
                <span class="card__detail">{detail}</span>
                {(!state.needs_somebody()).then(|| view! {
                    <span class="progress progress--waiting"><span class="progress__done" style:transform=part_of_width(share)></span></span>
                })}
            </span>
            <Tag tone words=word />
        </a>
    }
    .into_any()
}

/// Something that was asked of a case that the township has, and is not taken.
pub(super) fn command_card(case: &Case, command: &CaseCommand) -> AnyView {
    let said = words::asking();
    let what = what(&command.record.meant);
    let (state, detail, tag) = match command.is_refused() {
        true => ("changed", said.not_taken(what), (Tone::Red, words::mine().changed())),
        false => ("asking", said.waits(what), (Tone::Amber, words::mine().waiting())),
    };
    let application = case.sent.application;
    view! {
        <Card href=Route::Case(application).path() name=case.sent.title.clone() detail
            application=application.to_string() state tag />
    }
    .into_any()
}

/// Something to go and look at.
pub(super) fn visit_card(visit: &VisitTask) -> AnyView {
    let state = &visit.state;
    let asked = state.visit.as_ref();
    let name = asked.map_or_else(|| state.case.0.clone(), |asked| asked.about.clone());
    let detail = asked.map_or_else(|| state.words.clone(), |asked| asked.words.clone());
    let said = words::mine();
    let tag = match &visit.command {
        Some(command) if command.is_refused() => (Tone::Red, said.changed()),
        Some(_) => (Tone::Amber, said.waiting()),
        None => (Tone::Amber, said.to_visit()),
    };
    view! {
        <Card href=Route::Case(state.application).path() name detail
            application=state.application.to_string() state="visit" tag />
    }
    .into_any()
}
