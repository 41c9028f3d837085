//! Everything that was answered, what is missing on top; then it is sealed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Filling;
use super::page::route;
use super::renewal::{offer_again, taken};
use crate::device::page;
use crate::filling::{Line, Step, problem_words, record, title};
use crate::navigation::navigation;
use crate::parts::{Glyph, Header, Icon, Strip, Tone, record_part};
use crate::phone::phone;
use crate::route::Route;
use crate::words;
use corrections::Corrections;
use guardian::{Guardian, children, is_agreed};
use told::Told;

mod corrections;
mod guardian;
mod seal;
mod told;

/// The review.
#[component]
pub(crate) fn ReviewScreen() -> impl IntoView {
    let filling = expect_context::<Filling>();
    let form = filling.form;
    let said = words::review();
    form.tick();
    filling.is_mending.set(false);
    let problems = form.look(|session, _| session.problems());
    let count = problems.len();
    let wrong = form.look(|session, plan| {
        problems
            .iter()
            .filter_map(|(at, _)| {
                let step = plan.locate(session, *at)?;
                let label = session.label(*at).unwrap_or_default();
                let title = title(session, plan, step);
                Some((step, label, title, problem_words(session, *at)))
            })
            .collect::<Vec<_>>()
    });
    let first = wrong.first().map(|(step, ..)| *step);
    let parts = form.look(record);
    let children = children(filling);
    let agreed = RwSignal::new(children == 0 || is_agreed(filling));
    let item = filling.item.get_value();
    let change = |line: &Line| change(filling, line);
    let head = Signal::derive(move || said.title().to_owned());
    let before = form.look(|session, plan| plan.steps(session).pop());
    let back = before.map_or(Route::Home, |step| route(filling, step));
    view! {
        <div class="screen">
            <Header title=head back />
            <main data-screen="review" data-kept=move || filling.is_kept()>
                {taken(filling)}
                {offer_again(filling)}
                {filling.is_correction.then(|| view! { <Corrections /> })}
                {if count == 0 {
                    let good = if filling.is_correction { said.good_correction() } else { said.good() };
                    view! { <Strip tone=Tone::Green><span>{good}</span></Strip> }.into_any()
                } else {
                    view! {
                        <section class="stack" data-problem>
                            <p class="problem"><Icon name="alert" /><b>{said.missing(count)}</b></p>
                            {wrong.into_iter().map(|(step, label, title, words)| wrong_card(filling, step, label, title.row, words)).collect_view()}
                        </section>
                    }
                    .into_any()
                }}
                {parts.into_iter().map(|part| record_part(part, &item, Some(&change))).collect_view()}
                {(children > 0).then(|| view! { <Guardian children agreed /> })}
                <Told />
                <p class="question__hint">{said.promise()}</p>
            </main>
            {match first {
                Some(step) => view! { <Mend step /> }.into_any(),
                None => view! { <Finish may=agreed /> }.into_any(),
            }}
        </div>
    }
}

fn mend(filling: Filling, step: Step) {
    filling.is_mending.set(true);
    let instances = filling.form.look(|session, plan| plan.instances(session, step));
    filling.form.tell(instances);
}

fn wrong_card(
    filling: Filling,
    step: Step,
    label: String,
    row: Option<(usize, usize)>,
    words: Option<String>,
) -> AnyView {
    let which = row.map(|(row, rows)| format!("{} · ", words::rows().of(row, rows)));
    view! {
        <a class="card card--problem" href=route(filling, step).path() data-action="mend" on:click=move |_| mend(filling, step)>
            <span class="card__body">
                <span class="card__name">{which}{label}</span>
                <span class="card__detail card__detail--problem">{words}</span>
            </span>
            <Icon name="on" />
        </a>
    }
    .into_any()
}

/// The way to the page of a line, over the whole of it.
fn change(filling: Filling, line: &Line) -> AnyView {
    let label = format!("{} {}", words::review().change(), line.label);
    view! {
        <a class="record__change" href=route(filling, line.step).path() data-action="change" aria-label=label
            on:click=move |_| filling.is_mending.set(true)>
            {Glyph::Pencil.drawn()}
        </a>
    }
    .into_any()
}

#[component]
fn Mend(step: Step) -> impl IntoView {
    let filling = expect_context::<Filling>();
    view! {
        <footer class="actions">
            <div class="actions__row">
                <a class="button button--primary" href=route(filling, step).path() data-action="mend" on:click=move |_| mend(filling, step)>
                    {words::review().mend()}
                </a>
            </div>
        </footer>
    }
}

#[component]
fn Finish(
    /// Whether everybody agreed who has to.
    may: RwSignal<bool>,
) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let (phone, navigation) = (phone(), navigation());
    let is_sealing = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let finish = move |_| {
        if is_sealing.get_untracked() {
            return;
        }
        if !may.get_untracked() {
            trouble.set(Some(words::notice().guardian_missing().to_owned()));
            page::focus_in(guardian::ID);
            return;
        }
        trouble.set(None);
        is_sealing.set(true);
        spawn_local(async move {
            match seal::seal(phone, filling).await {
                // What was corrected has a page of its own already.
                Ok(()) if filling.is_correction => {
                    navigation.replace(Route::Case(filling.application));
                }
                Ok(()) => navigation.replace(Route::Finished(filling.application)),
                Err(words) => {
                    trouble.try_set(Some(words));
                }
            }
            is_sealing.try_set(false);
        });
    };
    view! {
        <footer class="actions">
            {move || trouble.get().map(|words| view! { <p class="strip strip--red" role="alert" data-trouble>{words}</p> })}
            <div class="actions__row">
                <button type="button" class="button button--primary" data-action="finish" aria-disabled=move || is_sealing.get().then_some("true") on:click=finish>
                    {Glyph::Seal.drawn()}
                    {move || match is_sealing.get() {
                        true => words::review().sealing(),
                        false if filling.is_correction => words::asking().seal(),
                        false => words::review().finish(),
                    }}
                </button>
            </div>
        </footer>
    }
}
