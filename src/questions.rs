//! Questions on the screen: one file for each kind of answer.

mod acknowledge;
mod audio;
mod barcode;
mod choices;
mod crop;
mod date;
mod document;
mod files;
mod ground;
mod illustration;
mod image;
mod moment;
mod note;
mod place;
mod range;
mod rank;
mod rich;
mod roster;
mod select;
mod select_one;
mod sheet;
mod signature;
mod spoken;
mod text;

use form::InstanceId;
use form::model::{Kind, Question, TextKind};
use leptos::prelude::*;

use crate::aloud;
use crate::device::page;
use crate::filling::{OpenForm, value_words};
use crate::later::{self, words_of_author};
use crate::parts::Icon;
use crate::preferences::{Mode, preferences};
use crate::screens::{nothing, part_on_its_way};
use crate::words;

pub(crate) use barcode::reader_and_camera;
pub(crate) use files::{Attachments, Picture, TakeFiles};
pub(crate) use rich::rich;
pub(crate) use roster::{known, pick_household, pick_person};
pub(crate) use spoken::spoken;

use acknowledge::AcknowledgeQuestion;
use audio::AudioQuestion;
use barcode::BarcodeQuestion;
use date::DateQuestion;
use document::{DocumentQuestion, Wanted};
use ground::GroundQuestion;
use image::ImageQuestion;
use moment::MomentQuestion;
use note::Note;
use place::PlaceQuestion;
use range::RangeQuestion;
use rank::RankQuestion;
use select::SelectQuestion;
use select_one::SelectOneQuestion;
use signature::SignatureQuestion;
use text::{Counter, Lines, Masked, TextQuestion};

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

    /// The recording that was spoken instead of written, followed.
    fn spoken_file(self) -> Option<String> {
        form::spoken::file_in(&self.value()).map(str::to_owned)
    }

    /// Takes an answer.
    fn answer(self, value: &str) {
        self.form.answer(self.at, value);
    }

    /// Takes what is being typed.
    fn type_in(self, value: &str) {
        self.form.answer_typed(self.at, value);
    }

    /// The person left it.
    fn left(self) {
        self.form.tell([self.at]);
        if let Some(later) = later::here() {
            (later.answered)(self);
        }
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

    /// Whether its author wrote this word into its `appearance`.
    fn appears(self, word: &str) -> bool {
        self.form.look(|session, _| session.form().node(self.at.node).appears(word))
    }

    fn name(self) -> String {
        self.form.look(|session, _| session.form().node(self.at.node).name.clone())
    }
}

/// Goes on to the next page, as its button does.
#[derive(Clone, Copy)]
pub(crate) struct NextPage(pub(crate) Callback<()>);

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
    let asks = !asked.appears("label");
    let optional = move || asks && !form.is_required(at) && !form.is_read_only(at);
    let told = Memo::new(move |_| form.told_problem(at));
    let warning = move || form.warning(at).filter(|_| told.with(Option::is_none));
    let read_only = Memo::new(move |_| form.is_read_only(at));
    let is_spoken = Memo::new(move |_| asked.spoken_file().is_some());
    let asks_words = matches!(question, Question::Text(TextKind::Line | TextKind::Lines));
    let spoken = asks_words.then(|| spoken_instead(asked, question.clone(), is_spoken));
    let is_known = Memo::new(move |_| form.is_known(at));
    let control = move || match (read_only.get(), is_spoken.get()) {
        (true, false) => fixed(asked),
        (false, false) if is_known.get() => {
            later::show(move |later| (later.known)(asked), part_on_its_way)
        }
        (false, false) => control(asked, &question),
        (_, true) => ().into_any(),
    };
    // Most questions have none, and nothing of what follows from them.
    let has_extras = form.look(|session, _| session.form().node(at.node).extras.is_some());
    let pick = has_extras.then(|| later::show(move |later| (later.pick_person)(asked), nothing));
    view! {
        {pick}
        <section class="question" id=asked.id() data-question=asked.name() role="group" aria-labelledby=asked.id_of("label")>
            <div class="question__words">
                <label class="question__label" id=asked.id_of("label") for=asked.id_of("answer")>
                    {move || words_of_author(form.label(at))}
                    {move || optional().then(|| view! { <span class="question__optional">{words::filling().optional()}</span> })}
                </label>
                {move || hint().map(|hint| view! { <p class="question__hint" id=asked.id_of("hint")>{words_of_author(hint)}</p> })}
                {beside(asked, has_extras)}
            </div>
            {control}
            {spoken}
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

/// The way to speak instead of writing: in 长辈版, and wherever somebody did.
fn spoken_instead(asked: Asked, question: Question, is_spoken: Memo<bool>) -> AnyView {
    let preferences = preferences();
    let show = move || {
        let question = question.clone();
        (is_spoken.get() || preferences.mode() == Mode::Elder)
            .then(|| later::show(move |later| (later.spoken)(asked, &question), nothing))
    };
    show.into_any()
}

/// What is seen and heard with the words, where there may be something or people want it.
pub(crate) fn beside(asked: Asked, has_extras: bool) -> AnyView {
    let show = move || {
        (has_extras || preferences().reads_aloud())
            .then(|| later::show(move |later| (later.beside)(asked), nothing))
    };
    show.into_any()
}

/// Pictures of a question or note, and the way to hear it.
pub(crate) fn seen_and_heard(asked: Asked) -> AnyView {
    let aloud = move || preferences().reads_aloud().then(|| aloud::prompt(asked));
    view! {
        {illustration::illustration(asked)}
        {aloud}
    }
    .into_any()
}

/// What can be read and not changed.
fn fixed(asked: Asked) -> AnyView {
    view! { <p class="question__fixed">{fixed_words(asked)}</p> }.into_any()
}

/// The answer in words, followed.
fn fixed_words(asked: Asked) -> impl Fn() -> Option<String> + Copy {
    move || {
        asked.value();
        asked.form.look(|session, _| value_words(session, asked.at))
    }
}

/// Only what most forms begin with is here; whatever its author wants shown in a way of its own is
/// in the second file.
fn control(asked: Asked, question: &Question) -> AnyView {
    let is_plain =
        asked.form.look(|session, _| session.form().node(asked.at.node).appearance.is_empty());
    let question = question.clone();
    match question {
        Question::Text(TextKind::Line) | Question::Integer | Question::Decimal if is_plain => {
            view! { <TextQuestion asked question /> }.into_any()
        }
        Question::SelectOne(_) if is_plain => {
            view! { <SelectOneQuestion asked question /> }.into_any()
        }
        _ => later::show(move |later| (later.control)(asked, &question), part_on_its_way),
    }
}

/// The controls that few forms begin with.
pub(crate) fn later_control(asked: Asked, question: &Question) -> AnyView {
    match question {
        Question::Date => view! { <DateQuestion asked /> }.into_any(),
        Question::Time => view! { <MomentQuestion asked kind=moment::Part::Time /> }.into_any(),
        Question::DateTime => view! { <MomentQuestion asked kind=moment::Part::Both /> }.into_any(),
        Question::SelectOne(_) => view! { <SelectQuestion asked many=false /> }.into_any(),
        Question::SelectMultiple(_) => view! { <SelectQuestion asked many=true /> }.into_any(),
        Question::Rank(_) => view! { <RankQuestion asked /> }.into_any(),
        Question::Range(range) => view! { <RangeQuestion asked range=*range /> }.into_any(),
        Question::Trace => view! { <GroundQuestion asked is_shape=false /> }.into_any(),
        Question::Shape => view! { <GroundQuestion asked is_shape=true /> }.into_any(),
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
        Question::Video { max_seconds } => {
            view! { <DocumentQuestion asked wanted=Wanted::Film(*max_seconds) /> }.into_any()
        }
        Question::File => view! { <DocumentQuestion asked wanted=Wanted::File /> }.into_any(),
        Question::Acknowledge => view! { <AcknowledgeQuestion asked /> }.into_any(),
        Question::Barcode => view! { <BarcodeQuestion asked /> }.into_any(),
        Question::Text(_) | Question::Integer | Question::Decimal => typed(asked, question),
    }
}

/// What is typed, in the way that its author wants.
fn typed(asked: Asked, question: &Question) -> AnyView {
    let own = question.clone();
    match question {
        Question::Text(TextKind::Lines) => view! { <Lines asked question=own /> }.into_any(),
        Question::Integer if asked.appears("counter") => view! { <Counter asked /> }.into_any(),
        _ if asked.appears("masked") => view! { <Masked asked question=own /> }.into_any(),
        _ => view! { <TextQuestion asked question=own /> }.into_any(),
    }
}
