//! In the review: the newer form, before the older one is sealed; and what could not be carried to
//! the newer one, until the person has understood. So long they can go back.

use std::rc::Rc;

use form::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Leaving, Writing, left_record};
use crate::effect::loaded;
use crate::filling::Pages;
use crate::filling::{LeftLine, Plan, Renewal};
use crate::parts::{Strip, Tone};
use crate::phone::{Phone, phone};
use crate::screens::form::Filling;
use crate::screens::form::opening::{item_of, newer};
use crate::surroundings::ThisPhone;
use crate::words;

/// The way to the newer form, where there is one.
pub(in crate::screens::form) fn offer_again(filling: Filling) -> AnyView {
    let said = words::renewal();
    let phone = phone();
    let draft = filling.keeper.with_value(|keeper| keeper.draft());
    let is_offered = Memo::new(move |_| {
        phone.delivery().pack();
        newer(item_of(phone, &draft).as_ref(), &draft).is_some()
    });
    let show = move || {
        is_offered.get().then(|| {
            view! {
                <Strip tone=Tone::Blue>
                    <b>{said.title()}</b>
                    <span>{said.old_is_good()}</span>
                    <button type="button" class="link" data-action="see-new-form" on:click=move |_| filling.is_asked.set(true)>{said.see()}</button>
                </Strip>
            }
            .into_any()
        })
    };
    show.into_any()
}

/// What became of the draft when it went on with a newer form.
pub(in crate::screens::form) fn taken(filling: Filling) -> AnyView {
    let phone = phone();
    let left = loaded(move || left_behind(phone, filling));
    let is_understood = RwSignal::new(false);
    let show = move || {
        let left = left.get().flatten().filter(|_| !is_understood.get())?;
        Some(view! { <News filling left is_understood /> }.into_any())
    };
    show.into_any()
}

/// What could not be carried; none where the draft is on the form that it was begun with, or the
/// person has understood.
async fn left_behind(phone: Phone, filling: Filling) -> Option<Vec<LeftLine>> {
    let form = filling.form.look(|session, _| Rc::clone(session.form()));
    let own = filling.keeper.with_value(|keeper| keeper.draft().form);
    let before = phone.vault().draft_before(filling.application).await.ok()??;
    // Another window of an older day may have written over what was taken up here.
    if own == before.form {
        return None;
    }
    let older = Rc::new(phone.delivery().form(before.form).await.ok()?);
    let plan = Plan::of(&older, Pages::Few, Rc::new(ThisPhone));
    let (older, _) = Session::resume(older, Rc::new(ThisPhone), &before.answers);
    Some(Renewal::of(&older, &plan, None, form, Rc::new(ThisPhone)).left)
}

#[component]
fn News(filling: Filling, left: Vec<LeftLine>, is_understood: RwSignal<bool>) -> impl IntoView {
    let said = words::renewal();
    let phone = phone();
    let is_going_back = RwSignal::new(false);
    let write = move || -> Writing {
        let vault = phone.vault();
        Box::pin(async move { vault.take_draft_back(filling.application).await })
    };
    let leaving = Leaving::new(filling, Box::new(write));
    let understand = move |_| {
        spawn_local(async move {
            match phone.vault().accept_renewal(filling.application).await {
                Ok(()) => drop(is_understood.try_set(true)),
                Err(error) => leaving.fail(&error),
            }
        });
    };
    let strip = match left.len() {
        0 => view! { <Strip tone=Tone::Green><b>{said.taken()}</b><span>{said.all_went()}</span></Strip> }.into_any(),
        count => view! {
            <Strip tone=Tone::Amber><b>{said.some_stayed(count)}</b><span>{said.stayed_how()}</span></Strip>
        }
        .into_any(),
    };
    view! {
        <section class="stack" data-renewed>
            {strip}
            {left_record(left)}
            <div class="tools">
                <button type="button" class="button button--tool" data-action="go-back"
                    aria-expanded=move || is_going_back.get().to_string() on:click=move |_| is_going_back.update(|going| *going = !*going)>
                    {said.keep()}
                </button>
                <button type="button" class="button button--tool" data-action="understood" on:click=understand>{said.understood()}</button>
            </div>
            <div class="undo undo--danger" hidden=move || !is_going_back.get()>
                <span>{said.back_what()}</span>
                <button type="button" class="link link--danger" data-action="go-back-really" on:click=move |_| leaving.leave()>{said.back_sure()}</button>
            </div>
            {leaving.trouble_strip()}
        </section>
    }
}
