//! The rows of a repeat: people of a household, things of a list.

use form::model::Kind;
use form::{InstanceId, Session};
use leptos::prelude::*;

use super::Filling;
use super::page::route;
use crate::device::page::hold_focus_in;
use crate::filling::{Row, problem_words, rows};
use crate::navigation::navigation;
use crate::parts::{Glyph, Icon, pieces};
use crate::questions::pick_household;
use crate::words;

/// The id of the list's block.
pub(super) const LIST: &str = "rows";

/// The list, how many may be in it, and a way to add one.
///
/// `stuck`: whether the person tried to go on while something is wrong.
pub(crate) fn list(repeat: InstanceId, stuck: RwSignal<bool>) -> AnyView {
    let filling = expect_context::<Filling>();
    let form = filling.form;
    let navigation = navigation();
    let said = words::rows();
    let label = form.look(|session, _| session.label(repeat)).unwrap_or_default();
    let name = form.look(|session, _| session.form().node(repeat.node).name.clone());
    let bounds = form.look(|session, _| match &session.form().node(repeat.node).kind {
        Kind::Repeat { bounds, count: None, .. } => Some(*bounds),
        _ => None,
    });
    let told = Memo::new(move |_| form.follow_all(|session, plan| rows(session, plan, repeat)));
    let most = bounds.and_then(|bounds| bounds.max);
    let is_full = move || most.is_some_and(|most| told.with(Vec::len) >= most as usize);
    let count = move || match most {
        _ if bounds.is_none() => said.count(told.with(Vec::len)),
        Some(most) if is_full() => said.full(most),
        Some(most) => said.count_of(told.with(Vec::len), most),
        None => said.count(told.with(Vec::len)),
    };
    let add = move |_| {
        let first = form
            .add_row(repeat)
            .and_then(|row| form.look(|session, plan| plan.first(session, row)));
        if let Some(step) = first {
            navigation.go(route(filling, step));
        }
    };
    let knows_people = bounds.is_some() && form.look(|session, _| has_people(session, repeat));
    let removed = RwSignal::new_local(None::<Removed>);
    let problem = move || {
        form.follow_all(|_, _| ());
        stuck.get().then(|| form.look(|session, _| problem_words(session, repeat))).flatten()
    };
    let of = StoredValue::new(name.clone());
    let card = move |row: Row| card(filling, of.get_value(), row, stuck, removed);
    view! {
        <section class="question" data-question=name id=LIST>
            <div class="question__words">
                <h2 class="question__label">{label.clone()}</h2>
                <p class="question__hint" role="status">{count}</p>
            </div>
            <div class="stack">{pieces(told, card)}</div>
            {move || removed.get().map(|gone| view! { <Undo gone removed /> })}
            {move || problem().map(|words| view! {
                <p class="problem" data-problem role="alert"><Icon name="alert" /><span>{words}</span></p>
            })}
            {move || (knows_people && !is_full()).then(|| pick_household(form, repeat))}
            <button type="button" class="button button--tool" data-action="add-row" hidden=move || bounds.is_none() || is_full() on:click=add>
                {Glyph::Plus.drawn()}
                {said.add(&label)}
            </button>
        </section>
    }
    .into_any()
}

/// Whether its rows are people of the roster.
fn has_people(session: &Session, repeat: InstanceId) -> bool {
    let form = session.form();
    form.node(repeat.node).children.iter().any(|child| form.node(*child).prefill().is_some())
}

/// A row that was removed, and how everything was before.
#[derive(Clone)]
struct Removed {
    name: String,
    before: form::Snapshot,
}

fn card(
    filling: Filling,
    list: String,
    row: Row,
    stuck: RwSignal<bool>,
    removed: RwSignal<Option<Removed>, LocalStorage>,
) -> AnyView {
    let said = words::rows();
    let form = filling.form;
    let name = row.name.clone().unwrap_or_else(|| said.unnamed(row.number));
    let href = form
        .look(|session, plan| plan.first(session, row.at))
        .map(|step| route(filling, step).path());
    let is_begun = row.name.is_some() || !row.details.is_empty();
    let state = match row.unfinished {
        0 => None,
        _ if !is_begun => Some(said.not_begun().to_owned()),
        count => Some(said.unfinished(count)),
    };
    let is_wrong = row.unfinished > 0;
    let detail = row.details.join(" · ");
    let gone = name.clone();
    let remove = move |_| {
        let before = form.look(|session, _| session.snapshot());
        form.remove_row(row.at);
        removed.set(Some(Removed { name: gone.clone(), before }));
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            hold_focus_in(LIST);
        });
    };
    view! {
        <div class="row-card" data-repeat=list data-row=row.number.to_string()>
            <a class="card" class:card--problem=move || stuck.get() && is_wrong href=href data-action="edit-row">
                <span class="card__body">
                    <span class="card__name">{name.clone()}</span>
                    {(!detail.is_empty()).then(|| view! { <span class="card__detail">{detail}</span> })}
                </span>
                {match state {
                    Some(state) => view! { <span class="tag tag--amber">{state}</span> }.into_any(),
                    None => view! { <span class="tag tag--green">{said.complete()}</span> }.into_any(),
                }}
            </a>
            <button type="button" class="row-card__remove" data-action="remove-row" aria-label=format!("{} {name}", said.remove()) on:click=remove>
                {Glyph::Trash.drawn()}
            </button>
        </div>
    }
    .into_any()
}

/// Said where the row was, with a way back.
#[component]
fn Undo(gone: Removed, removed: RwSignal<Option<Removed>, LocalStorage>) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let said = words::rows();
    let words = said.removed(&gone.name);
    let undo = move |_| {
        removed.set(None);
        filling.form.go_back(gone.before.clone());
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            hold_focus_in(LIST);
        });
    };
    view! {
        <div class="undo" role="status">
            <span>{words}</span>
            <button type="button" class="link" data-action="undo" on:click=undo>{said.undo()}</button>
        </div>
    }
}
