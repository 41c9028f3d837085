//! Filling in a form: its pages and the review of it all. The form stays open from one to the
//! next, and every change is kept.

mod keeper;
mod list;
mod notice;
mod opening;
mod page;
mod renewal;
mod review;
mod undo;

use std::mem::replace;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::ApplicationId;

use super::screen_on_its_way;
use crate::aloud::OfItem;
use crate::device::frame;
use crate::effect::effect;
use crate::filling::{Address, OpenForm, Pages};
use crate::later::{self, Missing};
use crate::navigation::{Navigation, navigation};
use crate::parts::{Empty, Header, Strip, Tone};
use crate::phone::{Phone, phone};
use crate::preferences::{Mode, preferences};
use crate::questions::Attachments;
use crate::route::Route;
use crate::words;
pub(crate) use keeper::BETWEEN;
use keeper::{Keeper, Kept};
pub(crate) use list::list;
use notice::{NoticeScreen, Untold};
pub(crate) use opening::resume;
use opening::{NotOpened, Opening, open};
use page::PageScreen;
pub(crate) use renewal::RenewalScreen;
pub(crate) use review::ReviewScreen;
pub(crate) use undo::undo;

/// The form of one draft.
#[component]
pub(crate) fn FormScreens(application: ApplicationId) -> impl IntoView {
    let phone = phone();
    let filling = RwSignal::new(None::<Result<Filling, NotOpened>>);
    let owner = Owner::current().unwrap_or_default();
    let again = Trigger::new();
    let preferences = preferences();
    effect(move || {
        again.track();
        let pages = pages_of(preferences.mode());
        filling.set(None);
        let owner = owner.clone();
        spawn_local(async move {
            let opening = open(phone, pages, application).await;
            let opened = owner.with(|| opened(phone, opening, again));
            filling.try_set(Some(opened));
        });
    });
    move || match filling.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(Err(NotOpened::NotLoaded)) => screen_on_its_way(Missing::Unreachable { again }),
        Some(Err(NotOpened::Because(reason))) => view! { <NotOpen reason /> }.into_any(),
        Some(Ok(filling)) => view! { <Opened filling /> }.into_any(),
    }
}

fn pages_of(mode: Mode) -> Pages {
    match mode {
        Mode::Usual => Pages::Few,
        Mode::Elder => Pages::Single,
    }
}

/// What the screens of one form share.
#[derive(Clone, Copy)]
struct Filling {
    application: ApplicationId,
    form: OpenForm,
    keeper: StoredValue<Keeper, LocalStorage>,
    /// The item's name.
    item: StoredValue<String>,
    /// Where the person stopped the last time.
    resumed: StoredValue<Option<Address>>,
    /// Whether the person came from the review, and goes back to it.
    is_mending: RwSignal<bool>,
    /// What the person has to be told before the first answer.
    untold: RwSignal<Option<Untold>>,
    /// Whether the person is asked if they want to go on with a newer form.
    is_asked: RwSignal<bool>,
    /// Whether it corrects what was sent.
    is_correction: bool,
    /// The version of the case that the person sees who corrects it, once it is shown.
    seen: RwSignal<Option<u64>>,
    /// Whether another draft is being put in the place of this one: nothing is kept any more.
    is_leaving: RwSignal<bool>,
    /// Opens the draft again as it is kept.
    again: Trigger,
}

impl Filling {
    /// Whether everything is durable.
    fn kept(self) -> Kept {
        self.keeper.with_value(|keeper| keeper.kept())
    }

    /// `yes` or `no`, for the tests.
    fn is_kept(self) -> &'static str {
        if self.kept() == Kept::Yes { "yes" } else { "no" }
    }
}

fn opened(
    phone: Phone,
    opening: Result<Opening, NotOpened>,
    again: Trigger,
) -> Result<Filling, NotOpened> {
    let Opening { draft, session, plan, item, untold, is_asked } = opening?;
    Ok(Filling {
        application: draft.application,
        form: OpenForm::new(session, plan),
        resumed: StoredValue::new(Address::parse(&draft.place)),
        is_correction: draft.corrects.is_some(),
        seen: RwSignal::new(None),
        keeper: StoredValue::new_local(Keeper::new(phone.vault(), draft)),
        item: StoredValue::new(item),
        is_mending: RwSignal::new(false),
        untold: RwSignal::new(untold),
        is_asked: RwSignal::new(is_asked),
        is_leaving: RwSignal::new(false),
        again,
    })
}

#[component]
fn Opened(filling: Filling) -> impl IntoView {
    let navigation = navigation();
    provide_context(Attachments::of(phone().vault(), filling.application));
    let item = filling.keeper.with_value(|keeper| keeper.draft().item);
    provide_context(OfItem(StoredValue::new(item)));
    provide_context(filling);
    // Kept while the review is shown.
    let address = Memo::new(move |before: Option<&Option<Address>>| match navigation.route() {
        Route::Filling(_, address) => address,
        _ => before.cloned().flatten(),
    });
    name_resumed_page(filling, navigation);
    keep_every_change(filling, address.into());
    let is_review = Memo::new(move |_| matches!(navigation.route(), Route::Review(_)));
    move || match (filling.is_asked.get(), is_review.get()) {
        _ if filling.untold.with(Option::is_some) => {
            filling.untold.get().map(|untold| view! { <NoticeScreen untold /> }).into_any()
        }
        (true, _) => later::show(|later| (later.renewal)(), not_asked_now),
        (_, true) => later::show(|later| (later.review)(), screen_on_its_way),
        (_, false) => view! { <PageScreen address=address.into() /> }.into_any(),
    }
}

/// The draft is good as it is: where the question cannot be shown, it is not asked.
fn not_asked_now(missing: Missing) -> AnyView {
    if let Missing::Unreachable { .. } = missing {
        expect_context::<Filling>().is_asked.set(false);
    }
    view! { <Waiting /> }.into_any()
}

/// A path without an address is for where the person stopped; from then on the path tells.
fn name_resumed_page(filling: Filling, navigation: Navigation) {
    effect(move || {
        if let Route::Filling(_, None) = navigation.route()
            && !filling.is_leaving.get_untracked()
        {
            let resumed = filling.resumed.get_value();
            let step = filling.form.look(|session, plan| match &resumed {
                Some(address) => plan.resolve(session, address),
                // What is to be corrected stands in the review.
                None if filling.is_correction => None,
                None => plan.first(session, session.root()),
            });
            match step {
                Some(step) => navigation.replace(page::route(filling, step)),
                // Nothing is asked at all.
                None => navigation.replace(Route::Review(filling.application)),
            }
        }
    });
}

/// Hands every change to the keeper, and where the person is: when it has been drawn, because that
/// takes its time in a large form, and at once when the screen goes away.
fn keep_every_change(filling: Filling, address: Signal<Option<Address>>) {
    let is_expected = StoredValue::new(false);
    let keep = move || {
        if is_expected.try_update_value(|is_expected| replace(is_expected, false)) == Some(true)
            && !filling.is_leaving.get_untracked()
        {
            let (address, item) = (address.get_untracked(), filling.item.get_value());
            let newest = filling
                .form
                .look(|session, plan| keeper::Snapshot::of(session, plan, &item, address.as_ref()));
            filling.keeper.with_value(|keeper| keeper.put(newest));
        }
    };
    // What was just opened is kept already.
    let mut is_changed = false;
    effect(move || {
        address.track();
        // Where no other draft came after all, what was not kept meanwhile is.
        filling.is_leaving.track();
        filling.form.follow_all(|_, _| ());
        if replace(&mut is_changed, true) {
            filling.keeper.with_value(|keeper| keeper.expect());
            if is_expected.try_update_value(|it| replace(it, true)) == Some(false) {
                spawn_local(async move {
                    frame::drawn().await;
                    keep();
                });
            }
        }
    });
    on_cleanup(keep);
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="screen">
            <Header title=Signal::derive(String::new) back=Route::Home />
            <main data-screen="form" data-kept="no" aria-busy="true"></main>
        </div>
    }
}

/// There is nothing to fill in here.
#[component]
fn NotOpen(reason: String) -> impl IntoView {
    let said = words::trouble();
    view! {
        <div class="screen">
            <Header title=Signal::derive(move || said.gone().to_owned()) back=Route::Home />
            <main data-screen="form">
                <Strip tone=Tone::Amber><span>{reason}</span></Strip>
                <Empty icon="tray" words=said.gone_how()>
                    <a class="button" href=Route::Mine.path() data-action="mine">{words::app().mine()}</a>
                </Empty>
            </main>
        </div>
    }
}
