//! Questions on the screen: one file for each kind of answer.

mod acknowledge;
mod audio;
mod choices;
mod files;
mod image;
mod moment;
mod note;
mod place;
mod select_multiple;
mod select_one;
mod sheet;
mod signature;
mod text;

use form::InstanceId;
use form::model::{Kind, Question};
use leptos::prelude::*;

use crate::device::page;
use crate::filling::{OpenForm, value_words};
use crate::later;
use crate::parts::Icon;
use crate::screens::part_on_its_way;
use crate::words;

pub(crate) use files::{Attachments, Picture};
pub(crate) use sheet::{List, opened};

use acknowledge::AcknowledgeQuestion;
use audio::AudioQuestion;
use image::ImageQuestion;
use moment::MomentQuestion;
use note::Note;
use place::PlaceQuestion;
use select_multiple::SelectMultipleQuestion;
use select_one::SelectOneQuestion;
use signature::SignatureQuestion;
use text::TextQuestion;

/// A question on the screen.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// The form that it is of.
    pub(crate) form: OpenForm,
    /// Which question, in which row.
    pub(crate) at: InstanceId,
    /// Its place on the page: makes the ids of its elements.
    place: usize,
}

impl Asked {
    /// The id of its block.
    pub(crate) fn id(self) -> String {
        id_at(self.place)
    }

    /// The id of a part of it.
    fn id_of(self, part: &str) -> String {
        format!("question-{}-{part}", self.place)
    }

    /// The answer, followed.
    fn value(self) -> String {
        self.form.value(self.at)
    }

    /// Takes an answer.
    fn answer(self, value: &str) {
        self.form.answer(self.at, value);
    }

    /// The person left it.
    fn left(self) {
        self.form.tell([self.at]);
    }

    /// Something of it took another's place: who had the focus there keeps it in this question.
    fn hold_focus(self) {
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            page::hold_focus_in(&self.id());
        });
    }

    /// Whether something is said about it.
    fn is_invalid(self) -> bool {
        self.form.told_problem(self.at).is_some()
    }

    /// For `aria-describedby`.
    fn described_by(self) -> String {
        format!("{} {}", self.id_of("hint"), self.id_of("problem"))
    }

    fn kind(self) -> Kind {
        self.form.look(|session, _| session.form().node(self.at.node).kind.clone())
    }

    fn name(self) -> String {
        self.form.look(|session, _| session.form().node(self.at.node).name.clone())
    }
}

/// The id of the block at a place of the page.
pub(crate) fn id_at(place: usize) -> String {
    format!("question-{place}")
}

/// A question or note at its place on the page, while it is asked.
pub(crate) fn asked(form: OpenForm, at: InstanceId, place: usize) -> AnyView {
    let asked = Asked { form, at, place };
    let is_relevant = Memo::new(move |_| form.is_relevant(at));
    let show = move || {
        is_relevant.get().then(|| match asked.kind() {
            Kind::Note => view! { <Note asked /> }.into_any(),
            Kind::Question(question) => view! { <Block asked question /> }.into_any(),
            Kind::Group | Kind::Repeat { .. } | Kind::Calculated | Kind::Recorded(_) => {
                ().into_any()
            }
        })
    };
    show.into_any()
}

/// One question's block: words, answer, and what is wrong with it.
#[component]
fn Block(asked: Asked, question: Question) -> impl IntoView {
    let Asked { form, at, .. } = asked;
    let hint = move || form.hint(at);
    let optional = move || !form.is_required(at) && !form.is_read_only(at);
    let told = Memo::new(move |_| form.told_problem(at));
    let warning = move || form.warning(at).filter(|_| told.with(Option::is_none));
    let read_only = Memo::new(move |_| form.is_read_only(at));
    let control = move || if read_only.get() { fixed(asked) } else { control(asked, &question) };
    view! {
        <section class="question" id=asked.id() data-question=asked.name() role="group" aria-labelledby=asked.id_of("label")>
            <div class="question__words">
                <label class="question__label" id=asked.id_of("label") for=asked.id_of("answer")>
                    {move || form.label(at)}
                    {move || optional().then(|| view! { <span class="question__optional">{words::filling().optional()}</span> })}
                </label>
                {move || hint().map(|hint| view! { <p class="question__hint" id=asked.id_of("hint")>{hint}</p> })}
            </div>
            {control}
            {move || warning().map(|words| view! { <p class="strip strip--amber">{words}</p> })}
            {move || told.get().map(|words| view! {
                <p class="problem" id=asked.id_of("problem") data-problem role="alert">
                    <Icon name="alert" />
                    <span>{words}</span>
                </p>
            })}
        </section>
    }
}

/// What can be read and not changed.
fn fixed(asked: Asked) -> AnyView {
    let words = move || {
        asked.value();
        asked.form.look(|session, _| value_words(session, asked.at))
    };
    view! { <p class="question__fixed">{words}</p> }.into_any()
}

fn control(asked: Asked, question: &Question) -> AnyView {
    match question {
        Question::Text(_) | Question::Integer | Question::Decimal => {
            view! { <TextQuestion asked question=question.clone() /> }.into_any()
        }
        Question::SelectOne(_) => view! { <SelectOneQuestion asked /> }.into_any(),
        _ => {
            let question = question.clone();
            later::show(move |later| (later.control)(asked, &question), part_on_its_way)
        }
    }
}

/// The controls that few forms begin with.
pub(crate) fn later_control(asked: Asked, question: &Question) -> AnyView {
    match question {
        Question::Date => view! { <MomentQuestion asked kind=moment::Part::Date /> }.into_any(),
        Question::Time => view! { <MomentQuestion asked kind=moment::Part::Time /> }.into_any(),
        Question::DateTime => view! { <MomentQuestion asked kind=moment::Part::Both /> }.into_any(),
        Question::SelectMultiple(_) | Question::Rank(_) => {
            view! { <SelectMultipleQuestion asked /> }.into_any()
        }
        Question::Place => view! { <PlaceQuestion asked /> }.into_any(),
        Question::Image { files, max_pixels } => {
            let signs = asked
                .form
                .look(|session, _| session.form().node(asked.at.node).appears("signature"));
            let most = files.max.unwrap_or(1);
            if signs {
                view! { <SignatureQuestion asked max_pixels=*max_pixels /> }.into_any()
            } else {
                view! { <ImageQuestion asked most max_pixels=*max_pixels /> }.into_any()
            }
        }
        Question::Audio { max_seconds } => {
            view! { <AudioQuestion asked max_seconds=*max_seconds /> }.into_any()
        }
        Question::Video { .. } | Question::File => {
            view! { <files::FileQuestion asked /> }.into_any()
        }
        Question::Acknowledge => view! { <AcknowledgeQuestion asked /> }.into_any(),
        Question::Range(_) | Question::Barcode | Question::Trace | Question::Shape => {
            view! { <TextQuestion asked question=question.clone() /> }.into_any()
        }
        Question::Text(_) | Question::Integer | Question::Decimal | Question::SelectOne(_) => {
            control(asked, question)
        }
    }
}
