//! 镇里更新了这张表: go on with the newer form, or with the one that the draft was begun with. What
//! cannot be carried is shown before, and again in the review until the person has understood.

use std::pin::Pin;
use std::rc::Rc;

use form::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Digest;

use super::keeper::Snapshot;
use super::opening::{item_of, newer};
use super::{Filling, Kept, Waiting};
use crate::effect::{effect, loaded};
use crate::filling::{Address, LeftLine, Renewal};
use crate::navigation::navigation;
use crate::parts::{Header, Icon};
use crate::phone::{Phone, phone};
use crate::questions::Picture;
use crate::route::Route;
use crate::surroundings::ThisPhone;
use crate::vault::{Draft, VaultError};
use crate::words::{self, InWords as _};

mod taken;

pub(super) use taken::{offer_again, taken};

/// Asks whether to go on with the newer form.
#[component]
pub(crate) fn RenewalScreen() -> impl IntoView {
    let (phone, filling) = (phone(), expect_context::<Filling>());
    let newer = loaded(move || newer_form(phone, filling));
    // The draft is good as it is: where there is nothing to choose from, it is not asked.
    effect(move || {
        if newer.with(|newer| matches!(newer, Some(None))) {
            filling.is_asked.set(false);
        }
    });
    move || match newer.get().flatten() {
        Some(newer) => view! { <Question filling newer /> }.into_any(),
        None => view! { <Waiting /> }.into_any(),
    }
}

/// The form that the township has now.
#[derive(Clone)]
struct Newer {
    digest: Digest,
    form: Rc<Form>,
}

async fn newer_form(phone: Phone, filling: Filling) -> Option<Newer> {
    let draft = filling.keeper.with_value(|keeper| keeper.draft());
    let digest = newer(item_of(phone, &draft).as_ref(), &draft)?;
    let form = phone.delivery().form(digest).await.ok()?;
    Some(Newer { digest, form: Rc::new(form) })
}

impl Newer {
    /// The draft as it is now and as it would be, and what cannot be carried.
    fn take(&self, filling: Filling) -> (Draft, Draft, Vec<LeftLine>) {
        let draft = filling.keeper.with_value(|keeper| keeper.draft());
        let place = Address::parse(&draft.place);
        let (form, place) = (Rc::clone(&self.form), place.as_ref());
        let renewal = filling
            .form
            .look(|session, plan| Renewal::of(session, plan, place, form, Rc::new(ThisPhone)));
        let Renewal { session, plan, place, left } = renewal;
        let mut renewed = Draft { form: self.digest, declined: None, ..draft.clone() };
        let item = filling.item.get_value();
        Snapshot::of(&session, &plan, &item, place.as_ref()).write_into(&mut renewed);
        (draft, renewed, left)
    }
}

#[component]
fn Question(filling: Filling, newer: Newer) -> impl IntoView {
    let said = words::renewal();
    let phone = phone();
    let item = filling.item.get_value();
    let digest = newer.digest;
    let (_, _, left) = newer.take(filling);
    let count = left.len();
    // Taken up anew: a picture may have come while the person was reading.
    let write = move || -> Writing {
        let (vault, (before, renewed, _)) = (phone.vault(), newer.take(filling));
        Box::pin(async move { vault.renew_draft(&before, &renewed).await })
    };
    let leaving = Leaving::new(filling, Box::new(write));
    let lead = if count == 0 { said.all_goes() } else { said.most_goes() };
    let title = (count > 0).then(|| said.some_stays(count));
    let keep = move |_| {
        filling.keeper.with_value(|keeper| keeper.decline(digest));
        filling.is_asked.set(false);
    };
    view! {
        <div class="screen">
            <Header title=Signal::derive(move || item.clone()) back=Route::Home quiet=true />
            <main data-screen="renewal">
                <div class="outcome">
                    <Icon name="paper" />
                    <h1>{said.title()}</h1>
                    <p>{lead}</p>
                </div>
                {title.map(|title| view! { <h2 class="section-title">{title}</h2> })}
                {left_record(left)}
                <p class="question__hint">{said.old_is_good()}</p>
            </main>
            <footer class="actions">
                {leaving.trouble_strip()}
                <div class="actions__row">
                    <button type="button" class="button" data-action="keep-old-form" on:click=keep>{said.keep()}</button>
                    <button type="button" class="button button--primary" data-action="take-new-form" on:click=move |_| leaving.leave()>{said.take()}</button>
                </div>
            </footer>
        </div>
    }
}

/// What could not be carried, line by line.
fn left_record(left: Vec<LeftLine>) -> AnyView {
    if left.is_empty() {
        return ().into_any();
    }
    let lines = left.into_iter().map(|LeftLine { name, label, value, pictures, why }| {
        let pictures = pictures.into_iter().map(|name| view! { <Picture name /> }).collect_view();
        view! {
            <div class="record__line" data-left=name>
                <dt>{label}</dt>
                <dd>{value}<div class="record__pictures">{pictures}</div></dd>
                <dd class="record__why">{why}</dd>
            </div>
        }
    });
    view! { <section class="record"><dl>{lines.collect_view()}</dl></section> }.into_any()
}

/// Puts another draft in the place of the one that is open, and opens that.
#[derive(Clone, Copy)]
struct Leaving {
    is_wanted: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
}

/// Writes the other draft: durable when it is done.
type Writing = Pin<Box<dyn Future<Output = Result<(), VaultError>>>>;

impl Leaving {
    /// `write` puts the other draft there.
    fn new(filling: Filling, write: Box<dyn Fn() -> Writing>) -> Self {
        let leaving = Self { is_wanted: RwSignal::new(false), trouble: RwSignal::new(None) };
        let navigation = navigation();
        // Not before everything is kept: what is written last is what counts.
        effect(move || match (leaving.is_wanted.get(), filling.kept()) {
            (true, Kept::No(error)) => leaving.fail(&error),
            (true, Kept::Yes) if !filling.is_leaving.get_untracked() => {
                filling.is_leaving.set(true);
                let writing = write();
                spawn_local(async move {
                    let written = writing.await;
                    if filling.form.is_gone() {
                        return;
                    }
                    match written {
                        Ok(()) => {
                            navigation.replace(Route::Filling(filling.application, None));
                            filling.again.notify();
                        }
                        Err(error) => {
                            filling.is_leaving.try_set(false);
                            leaving.fail(&error);
                        }
                    }
                });
            }
            _ => {}
        });
        leaving
    }

    fn leave(self) {
        self.is_wanted.set(true);
    }

    fn fail(self, error: &VaultError) {
        self.is_wanted.try_set(false);
        self.trouble.try_set(Some(error.in_words()));
    }

    fn trouble_strip(self) -> AnyView {
        let strip = move || {
            let words = self.trouble.get()?;
            let strip = view! { <p class="strip strip--red" role="alert" data-trouble>{words}</p> };
            Some(strip.into_any())
        };
        strip.into_any()
    }
}
