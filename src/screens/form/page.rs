//! One page of a form.

use leptos::prelude::*;

use super::list::LIST;
use super::{Filling, Kept};
use crate::device::page::{focus_in, show_problem_in};
use crate::filling::{Address, Step, title};
use crate::later;
use crate::navigation::navigation;
use crate::parts::{Header, Icon, part_of_width};
use crate::questions::{NextPage, asked, id_at};
use crate::route::Route;
use crate::screens::{nothing, part_on_its_way};
use crate::words::{self, InWords as _};

/// The page at `address`.
#[component]
pub(super) fn PageScreen(address: Signal<Option<Address>>) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let step = Memo::new(move |_| {
        let address = address.get()?;
        filling.form.look(|session, plan| plan.resolve(session, &address))
    });
    move || match step.get() {
        Some(step) => view! { <OnePage step /> }.into_any(),
        None => ().into_any(),
    }
}

/// The route of a page.
pub(super) fn route(filling: Filling, step: Step) -> Route {
    let address = filling.form.look(|session, plan| plan.address(session, step));
    Route::Filling(filling.application, Some(address))
}

#[component]
fn OnePage(step: Step) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let form = filling.form;
    let navigation = navigation();
    let repeat = form.look(|session, plan| plan.repeat(session, step));
    let instances = StoredValue::new(form.look(|session, plan| plan.instances(session, step)));
    let (repeat_name, row) = form.look(|session, plan| {
        let row = title(session, plan, step).row.map(|(number, _)| number.to_string());
        let name = row.is_some().then(|| session.form().node(step.body.node).name.clone());
        (name, row)
    });
    let stuck = RwSignal::new(false);
    let go_on = move || {
        let next = form.next(step);
        navigation.go(match next {
            Some(next) if !filling.is_mending.get_untracked() => route(filling, next),
            _ => {
                filling.is_mending.set(false);
                Route::Review(filling.application)
            }
        });
    };
    let next = Callback::new(move |()| {
        let wrong = form.first_problem(step);
        stuck.set(wrong.is_some());
        match wrong {
            None => go_on(),
            Some(at) => {
                let id = instances.with_value(|all| match all.iter().position(|own| *own == at) {
                    Some(place) => id_at(place),
                    None => LIST.to_owned(),
                });
                focus_in(&id);
                // What is wrong stands below a control that may be higher than the screen.
                leptos::task::spawn_local(async move {
                    leptos::task::tick().await;
                    show_problem_in(&id);
                });
            }
        }
    });
    provide_context(NextPage(next));
    let questions = instances
        .get_value()
        .into_iter()
        .enumerate()
        .map(|(place, at)| asked(form, at, place))
        .collect_view();
    view! {
        <div class="screen">
            <PageHeader step />
            <main data-screen="form" data-kept=move || filling.is_kept() data-repeat=repeat_name data-row=row>
                <KeptStrip />
                <div class="page">
                    {repeat.map(|repeat| later::show(move |later| (later.rows)(repeat, stuck), part_on_its_way))}
                    {questions}
                    {later::show(move |later| (later.undo)(instances), nothing)}
                </div>
                {move || (stuck.get() && form.is_wrong(step)).then(|| view! {
                    <button type="button" class="link" data-action="skip" on:click=move |_| go_on()>{words::filling().skip()}</button>
                })}
            </main>
            <footer class="actions">
                <div class="actions__row">
                    <Back step />
                    <button type="button" class="button button--primary" data-action="next" on:click=move |_| next.run(())>
                        {move || if filling.is_mending.get() { words::filling().to_review() } else { words::filling().next() }}
                    </button>
                </div>
            </footer>
        </div>
    }
}

/// The way back: the page before, or out of the form.
#[component]
fn Back(step: Step) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let back =
        Memo::new(move |_| filling.form.follow_drawn(|session, plan| plan.back(session, step)));
    let href = move || back.get().map_or(Route::Home, |back| route(filling, back)).path();
    let words =
        move || if back.get().is_some() { words::filling().back() } else { words::app().back() };
    view! { <a class="button" href=href data-action="back">{words}</a> }
}

/// What is being filled in, which part of it, and how far.
#[component]
fn PageHeader(step: Step) -> impl IntoView {
    let filling = expect_context::<Filling>();
    let form = filling.form;
    let item = filling.item.get_value();
    let part = Memo::new(move |_| {
        let title = form.follow_drawn(|session, plan| title(session, plan, step));
        let row = title.row.map(|(row, rows)| format!(" {}", words::rows().of(row, rows)));
        title.section.map(|section| format!("{section}{}", row.unwrap_or_default()))
    });
    let item = StoredValue::new(item);
    // Where there is no part, the item's own name is all there is to say.
    let name = Signal::derive(move || part.get().unwrap_or_else(|| item.get_value()));
    let over = Signal::derive(move || part.get().map(|_| item.get_value()));
    let percent =
        Memo::new(move |_| form.follow_drawn(|session, plan| plan.percent(session, step)));
    view! {
        <Header title=name over quiet=true>
            <div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || percent.get().to_string()
                aria-label=move || words::filling().progress(percent.get().into())>
                <span class="progress__done" style:transform=move || part_of_width(percent.get().into())></span>
            </div>
        </Header>
    }
}

/// What could not be kept, and what to do.
#[component]
fn KeptStrip() -> impl IntoView {
    let filling = expect_context::<Filling>();
    let trouble = move || match filling.kept() {
        Kept::No(error) => Some(error.in_words()),
        Kept::Yes | Kept::NotYet => None,
    };
    move || {
        trouble().map(|reason| {
            view! {
                <div class="strip strip--red" role="alert" data-trouble>
                    <Icon name="alert" />
                    <div>
                        <b>{words::trouble().not_kept()}</b>
                        <span>{reason}</span>
                        <button type="button" class="link" data-action="try-again"
                            on:click=move |_| filling.keeper.with_value(|keeper| keeper.try_again())>
                            {words::app().try_again()}
                        </button>
                    </div>
                </div>
            }
        })
    }
}
