//! One or any number of a list, in whatever way its author wants it shown.

mod laid_out;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::choices::{Choose, Rows, turned};
use super::illustration::face;
use super::select_one::choose_one;
use super::sheet::Sheet;
use super::{Asked, NextPage};
use crate::filling::{Shown, is_closed};
use crate::words;
use laid_out::{Headings, Line, Scale};

/// So long a person sees what they chose before the page goes on by itself.
const SEEN_MS: u32 = 350;

/// Short lists stand on the page; long ones open over it.
#[component]
pub(super) fn SelectQuestion(
    asked: Asked,
    /// Whether several may be chosen.
    many: bool,
) -> impl IntoView {
    let choices = Memo::new(move |_| asked.form.choices(asked.at));
    // None where the list is closed.
    let shown = Memo::new(move |_| {
        let count = choices.with(Vec::len);
        asked.form.look(|session, _| {
            let is_closed = is_closed(session.form(), asked.at.node, count);
            (!is_closed).then(|| Shown::of(session.form().node(asked.at.node), count))
        })
    });
    let choose = if many { choose_many(asked) } else { and_go_on(asked, choose_one(asked)) };
    let choices = choices.into();
    move || match shown.get() {
        None => view! { <Sheet asked choices many choose /> }.into_any(),
        Some(Shown::Headings) => view! { <Headings asked choices /> }.into_any(),
        Some(Shown::Line) => view! { <Line asked choices many choose /> }.into_any(),
        Some(Shown::Scale) => view! { <Scale asked choices many choose /> }.into_any(),
        Some(shown) => view! { <OnPage asked choices many choose shown /> }.into_any(),
    }
}

/// Touching a choice adds it or takes it away.
fn choose_many(asked: Asked) -> Choose {
    Callback::new(move |name: String| {
        let value = asked.form.look(|session, _| turned(session.value(asked.at), &name));
        asked.answer(&value);
        asked.left();
    })
}

/// `quick`: the page goes on by itself once this is answered, where nothing else is asked after it.
fn and_go_on(asked: Asked, choose: Choose) -> Choose {
    let is_quick = asked.appears("quick");
    let Some(NextPage(next)) = use_context::<NextPage>().filter(|_| is_quick) else {
        return choose;
    };
    Callback::new(move |name: String| {
        choose.run(name.clone());
        let is_over = asked.form.look(|session, plan| {
            session.value(asked.at) == name && plan.is_last(session, asked.at)
        });
        if is_over {
            leptos::task::spawn_local(async move {
                TimeoutFuture::new(SEEN_MS).await;
                // Gone where the person went on themselves.
                next.try_run(());
            });
        }
    })
}

/// All choices, on the page.
#[component]
fn OnPage(
    asked: Asked,
    choices: Signal<Vec<(String, String)>>,
    many: bool,
    choose: Choose,
    shown: Shown,
) -> impl IntoView {
    let (class, columns) = match shown {
        Shown::Columns(most) => {
            ("choices choices--columns", (most < u32::MAX).then(|| most.to_string()))
        }
        Shown::Packed => ("choices choices--packed", None),
        _ => ("choices", None),
    };
    let none = move || choices.with(Vec::is_empty).then_some(words::filling().nothing_to_choose());
    let is_pictured =
        columns.is_some() && asked.form.look(|session, _| session.has_choice_media(asked.at));
    view! {
        <div class=class class:choices--pictured=is_pictured style=("--columns", columns) role=if many { "group" } else { "radiogroup" }
            aria-labelledby=asked.id_of("label") aria-describedby=asked.described_by()
            aria-invalid=move || asked.is_invalid().then_some("true")>
            <Rows asked choices many choose face />
            {move || none().map(|words| view! { <p class="question__hint">{words}</p> })}
        </div>
    }
}
