//! What was asked of a case and is not taken yet: that it waits; or, where the case has changed
//! meanwhile, what was meant and what is so now, side by side, and the way to do it again.

use leptos::prelude::*;
use protocol::ApplicationId;
use protocol::fact::CaseState;
use protocol::sync::RefusalReason;

use super::asking::{Doing, ask};
use super::rate::{face, level};
use super::sent::{Opened, opened};
use super::visit::finding_words;
use crate::effect::loaded;
use crate::filling::{Changed, at_path, changes, record};
use crate::navigation::navigation;
use crate::parts::{Strip, Tone};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::vault::{CaseCommand, Meant};
use crate::words::{self, InWords as _};

/// What it is called.
pub(crate) fn what(meant: &Meant) -> &'static str {
    let said = words::asking();
    match meant {
        Meant::Supplement(_) => said.supplement(),
        Meant::Withdraw { .. } => said.withdrawal(),
        Meant::Rate { .. } => said.rating(),
        Meant::Visit { .. } => said.visit(),
        Meant::Confirm { .. } => said.confirmation(),
        Meant::Appeal { .. } => said.appeal(),
    }
}

/// A command that the township has not taken.
pub(super) fn command(
    application: ApplicationId,
    state: Option<CaseState>,
    command: CaseCommand,
) -> AnyView {
    match command.refused() {
        None => waits(&command),
        Some(refused) if is_answered(state.as_ref(), &command) => {
            let is_changed = refused.reason == RefusalReason::Superseded;
            refused_command(application, state, &command, is_changed, refused.words.clone())
        }
        Some(_) => view! {
            <Strip tone=Tone::Amber><b>{words::asking().changed()}</b><span>{words::asking().coming()}</span></Strip>
        }
        .into_any(),
    }
}

/// Whether what the phone knows of the case says why the command was refused: a refusal itself is not
/// signed, and anybody on the way may have said it.
fn is_answered(state: Option<&CaseState>, command: &CaseCommand) -> bool {
    let is_superseded =
        command.refused().is_some_and(|refused| refused.reason == RefusalReason::Superseded);
    let is_newer = state.and_then(|state| state.version) > Some(command.record.seen);
    is_newer || !is_superseded || matches!(command.record.meant, Meant::Rate { .. })
}

fn waits(command: &CaseCommand) -> AnyView {
    let said = words::asking();
    let title = said.waits(what(&command.record.meant));
    let given = match &command.record.meant {
        Meant::Rate { satisfaction, .. } => Some(words::rating().given(level(*satisfaction))),
        _ => None,
    };
    view! {
        <div data-command="waiting">
            <Strip tone=Tone::Amber>
                <b>{title}</b>
                {given.map(|given| view! { <span>{given}</span> })}
                <span>{said.waits_how()}</span>
            </Strip>
        </div>
    }
    .into_any()
}

fn refused_command(
    application: ApplicationId,
    state: Option<CaseState>,
    command: &CaseCommand,
    is_changed: bool,
    refusal: String,
) -> AnyView {
    let said = words::asking();
    let what = what(&command.record.meant);
    let (title, how) = match is_changed {
        true => (said.changed().to_owned(), said.changed_how(what)),
        false => (said.not_taken(what), refusal),
    };
    let again = state.as_ref().and_then(|state| redo(application, state, command));
    view! {
        <section class="stack" data-command="refused">
            <Strip tone=Tone::Red><b>{title}</b><span>{how}</span></Strip>
            <div class="both">
                <section class="both__side" data-meant>
                    <h2>{said.meant()}</h2>
                    {meant(application, command.record.meant.clone())}
                </section>
                <section class="both__side" data-now>
                    <h2>{said.now()}</h2>
                    {state.map(|state| now(application, state))}
                </section>
            </div>
            {again}
            {let_be(application, command)}
        </section>
    }
    .into_any()
}

/// What the person wanted.
fn meant(application: ApplicationId, meant: Meant) -> AnyView {
    let said = words::asking();
    match meant {
        Meant::Withdraw { reason } => {
            view! { <p><b>{said.meant_withdrawal()}</b></p><p>{reason}</p> }.into_any()
        }
        Meant::Rate { satisfaction, words } => view! {
            <p class="both__face">{face(satisfaction)}<b>{level(satisfaction)}</b></p>
            <p>{words}</p>
        }
        .into_any(),
        Meant::Visit { finding, words } => {
            view! { <p><b>{finding_words(finding)}</b></p><p>{words}</p> }.into_any()
        }
        Meant::Confirm { is_mended, words } => {
            let said = words::confirming();
            let told = if is_mended { said.mended() } else { said.not_mended() };
            view! { <p><b>{told}</b></p><p>{words}</p> }.into_any()
        }
        Meant::Appeal { words } => {
            view! { <p><b>{words::appealing().title()}</b></p><p>{words}</p> }.into_any()
        }
        Meant::Supplement(correction) => {
            let phone = phone();
            let changed = loaded(move || {
                let correction = correction.clone();
                async move {
                    let sent = phone.vault().sent(application).await.ok()?;
                    let before = opened(phone, &sent).await?;
                    let after = opened(phone, &correction).await?;
                    let read = |Opened { session, plan }: &Opened| record(session, plan);
                    Some(changes(&read(&before), &read(&after)))
                }
            });
            let lines = move || changed.get().flatten().map(changed_lines);
            view! { <p><b>{said.meant_supplement()}</b></p>{lines} }.into_any()
        }
    }
}

fn changed_lines(changed: Vec<Changed>) -> AnyView {
    let said = words::asking();
    if changed.is_empty() {
        return view! { <p>{said.meant_nothing()}</p> }.into_any();
    }
    let lines = changed.into_iter().map(|Changed { label, before, after }| {
        view! {
            <div class="both__line">
                <dt>{label}</dt>
                {before.map(|before| view! { <dd><del>{before}</del></dd> })}
                <dd>{after.unwrap_or_else(|| said.none().to_owned())}</dd>
            </div>
        }
    });
    view! { <dl>{lines.collect_view()}</dl> }.into_any()
}

/// What the township says now.
fn now(application: ApplicationId, state: CaseState) -> AnyView {
    let wanted = corrections(application, &state);
    view! { <p><b>{state.words}</b></p>{state.said.map(|said| view! { <p>{said}</p> })}{wanted} }
        .into_any()
}

/// What the office wants corrected, each with the question's own words.
pub(super) fn corrections(application: ApplicationId, state: &CaseState) -> AnyView {
    let wanted = state.corrections.clone();
    if wanted.is_empty() {
        return ().into_any();
    }
    let phone = phone();
    let paths: Vec<String> = wanted.iter().map(|one| one.path.clone()).collect();
    let labels = loaded(move || labels(phone, application, paths.clone()));
    let lines = move || {
        let labels = labels.get().unwrap_or_default();
        let lines = wanted.iter().enumerate().map(|(place, one)| {
            let label = labels.get(place).cloned().flatten();
            view! {
                <div class="both__line">
                    {label.map(|label| view! { <dt>{label}</dt> })}
                    <dd>{one.words.clone()}</dd>
                </div>
            }
        });
        lines.collect_view()
    };
    view! { <dl data-corrections>{lines}</dl> }.into_any()
}

async fn labels(
    phone: Phone,
    application: ApplicationId,
    paths: Vec<String>,
) -> Vec<Option<String>> {
    let Ok(sent) = phone.vault().sent(application).await else { return Vec::new() };
    let Some(Opened { session, .. }) = opened(phone, &sent).await else { return Vec::new() };
    let label = |path: &String| session.label(at_path(&session, path)?);
    paths.iter().map(label).collect()
}

/// The way to do it again on what is so now, where that may be.
fn redo(application: ApplicationId, state: &CaseState, command: &CaseCommand) -> Option<AnyView> {
    let (phone, navigation, doing) = (phone(), navigation(), Doing::new());
    let (version, envelope) = (state.version?, command.record.envelope);
    let meant = command.record.meant.clone();
    let is_offered = match meant {
        Meant::Supplement(_) => state.offers.correct,
        Meant::Withdraw { .. } => state.offers.withdraw,
        Meant::Rate { .. } => state.offers.rate,
        Meant::Confirm { .. } => state.offers.confirm,
        Meant::Appeal { .. } => state.offers.appeal,
        // What was found is below, to be looked through once more.
        Meant::Visit { .. } => false,
    };
    let redo = move |_| {
        let meant = meant.clone();
        doing.begin(async move {
            match meant {
                Meant::Supplement(_) => {
                    let begun = phone.vault().correct(application, version).await;
                    begun.map_err(|error| error.in_words())?;
                    phone.delivery().forget(envelope);
                    navigation.go(Route::Review(application));
                }
                meant => {
                    ask(phone, application, version, meant).await?;
                    phone.delivery().forget(envelope);
                }
            }
            Ok(())
        });
    };
    let button = view! {
        {doing.shown()}
        <button type="button" class="button button--primary button--wide" data-action="redo" on:click=redo>{words::asking().redo()}</button>
    };
    is_offered.then(|| button.into_any())
}

fn let_be(application: ApplicationId, command: &CaseCommand) -> AnyView {
    let (phone, doing) = (phone(), Doing::new());
    let envelope = command.record.envelope;
    let let_be = move |_| {
        doing.begin(async move {
            let gone = phone.vault().let_be(application).await;
            gone.map_err(|error| error.in_words())?;
            phone.delivery().forget(envelope);
            Ok(())
        });
    };
    view! {
        {doing.shown()}
        <button type="button" class="button button--wide" data-action="let-be" on:click=let_be>{words::asking().let_be()}</button>
    }
    .into_any()
}
