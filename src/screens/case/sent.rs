//! What was sent, readable, by the very form that was filled in.

use std::rc::Rc;

use form::Session;
use form::surroundings::Fixed;
use leptos::prelude::*;
use protocol::ApplicationId;

use crate::filling::{Line, Plan, Title, lines, title};
use crate::phone::{Phone, loaded, phone};
use crate::screens::form::line;
use crate::surroundings::moment;
use crate::words::words;

/// The pages of the form, with what was answered.
async fn load(phone: Phone, application: ApplicationId) -> Option<Vec<(Title, Vec<Line>)>> {
    let sent = phone.vault().sent(application).await.ok()?;
    let form = Rc::new(phone.delivery().form(sent.form).await.ok()?);
    // As it was when it was finished: ages and dates do not move on.
    let then = Rc::new(Fixed::at(moment(sent.finished_at)));
    let plan = Plan::of(&form, Rc::clone(&then) as _);
    let (session, _) = Session::resume(form, then, &sent.answers);
    let pages = plan
        .steps(&session)
        .into_iter()
        .map(|step| (title(&session, &plan, step, 0), lines(&session, &plan, step, 0)));
    Some(pages.filter(|(_, lines)| !lines.is_empty()).collect())
}

/// What was sent.
#[component]
pub(super) fn SentAnswers(application: ApplicationId) -> impl IntoView {
    let pages = loaded(move || load(phone(), application));
    let said = &words().case;
    move || {
        pages.get().flatten().map(|pages| {
            view! {
                <section class="record" data-sent>
                    <div class="record__head"><h2>{said.sent}</h2></div>
                    {pages.into_iter().map(|(title, lines)| page(title, lines)).collect_view()}
                </section>
            }
            .into_any()
        })
    }
}

fn page(title: Title, lines: Vec<Line>) -> AnyView {
    let row = title.row.map(|(row, rows)| format!(" {}", (words().rows.of)(row, rows)));
    let heading =
        title.section.map(|section| view! { <h3 class="record__section">{section}{row}</h3> });
    view! {
        {heading}
        <dl>{lines.into_iter().map(line).collect_view()}</dl>
    }
    .into_any()
}
