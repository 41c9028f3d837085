//! Dates: in the phone's own calendar, in fields of their own, or by the Chinese calendar.

mod lunar;
mod parts;

use leptos::prelude::*;

use super::Asked;
use super::moment::{MomentQuestion, Part};
use crate::filling::Grain;
use lunar::LunarQuestion;
use parts::PartsQuestion;

/// A date, asked as its author wants it.
#[component]
pub(super) fn DateQuestion(asked: Asked) -> impl IntoView {
    let grain = asked.form.look(|session, _| Grain::of(session.form().node(asked.at.node)));
    match grain {
        _ if asked.appears("lunar") => view! { <LunarQuestion asked /> }.into_any(),
        Some(grain) => view! { <PartsQuestion asked grain /> }.into_any(),
        None => view! { <MomentQuestion asked kind=Part::Date /> }.into_any(),
    }
}
