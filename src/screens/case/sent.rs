//! What was sent, readable, by the very form that was filled in.

use std::rc::Rc;

use form::Session;
use form::surroundings::Fixed;
use leptos::prelude::*;
use protocol::ApplicationId;

use crate::effect::loaded;
use crate::filling::{Pages, Part, Plan, record};
use crate::parts::record_part;
use crate::phone::{Phone, phone};
use crate::surroundings::moment;
use crate::vault::Sent;
use crate::words;

/// What was sent, in the form that it was filled in on, as it was when it was finished: ages and dates
/// do not move on.
pub(super) struct Opened {
    pub(super) session: Session,
    pub(super) plan: Plan,
}

/// Opens what was sent; none where the form cannot be had.
pub(super) async fn opened(phone: Phone, sent: &Sent) -> Option<Opened> {
    let form = Rc::new(phone.delivery().form(sent.form).await.ok()?);
    let then = Rc::new(Fixed::at(moment(sent.finished_at)));
    let plan = Plan::of(&form, Pages::Few, Rc::clone(&then) as _);
    let (session, _) = Session::resume(form, then, &sent.answers);
    Some(Opened { session, plan })
}

/// What was answered, and the item's name.
async fn load(phone: Phone, application: ApplicationId) -> Option<(String, Vec<Part>)> {
    let sent = phone.vault().sent(application).await.ok()?;
    let Opened { session, plan } = opened(phone, &sent).await?;
    let pack = untrack(|| phone.delivery().pack());
    let item = pack.and_then(|pack| pack.items.iter().find(|item| item.id == sent.item).cloned());
    let name = item.map_or(sent.title, |item| item.name);
    Some((name, record(&session, &plan)))
}

/// What was sent.
#[component]
pub(super) fn SentAnswers(application: ApplicationId) -> impl IntoView {
    let loaded = loaded(move || {
        let phone = phone();
        phone.delivery().follow_changes();
        load(phone, application)
    });
    let sent = Memo::new(move |_| loaded.get());
    move || {
        sent.get().flatten().map(|(name, parts)| {
            let parts = parts.into_iter().map(|part| record_part(part, &name, None));
            view! {
                <h2 class="section-title" data-sent>{words::case().sent()}</h2>
                {parts.collect_view()}
            }
            .into_any()
        })
    }
}
