//! Answers in words: one by one, for a row in its list, for an application among others.

use form::model::{Kind, NodeId, Question, TextKind};
use form::{InstanceId, Session, spoken};

use super::plan::{Content, Plan};
use super::walk::Step;
use super::{Grain, Typing, unfinished};
use crate::words;

/// A name in a list is cut from an answer no longer than this.
const NAME_LENGTH: usize = 12;

/// What is shown of an answer that nobody else should read.
const MASKED: &str = "****";

/// A row of a repeat, as its list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    /// Which row.
    pub(crate) at: InstanceId,
    /// Its number, from 1.
    pub(crate) number: usize,
    /// What it is called: its first short text. None while there is none.
    pub(crate) name: Option<String>,
    /// Its first choices.
    pub(crate) details: Vec<String>,
    /// How many things are not right in it.
    pub(crate) unfinished: usize,
}

/// The rows of a repeat.
pub(crate) fn rows(session: &Session, plan: &Plan, repeat: InstanceId) -> Vec<Row> {
    let rows = session.rows(repeat);
    rows.into_iter()
        .enumerate()
        .map(|(place, at)| {
            let told = told(session, plan, at);
            Row {
                at,
                number: place + 1,
                name: told.name,
                details: told.choices,
                unfinished: unfinished(session, at),
            }
        })
        .collect()
}

/// What an application is called among others: its `instance_name`, else its first short text,
/// else its first choices.
pub(crate) fn application_name(session: &Session, plan: &Plan) -> Option<String> {
    session.name().or_else(|| {
        let told = told(session, plan, session.root());
        told.name.or_else(|| Some(told.choices.join(" · ")).filter(|name| !name.is_empty()))
    })
}

#[derive(Default)]
struct Told {
    name: Option<String>,
    choices: Vec<String>,
}

fn told(session: &Session, plan: &Plan, body: InstanceId) -> Told {
    let mut told = Told::default();
    for page in plan.pages(body.node) {
        let Content::Questions(nodes) = &page.content else { continue };
        for at in nodes.iter().filter_map(|node| session.nearest(body, *node)) {
            let value = session.value(at);
            if value.is_empty() || !session.is_relevant(at) || spoken::file_in(value).is_some() {
                continue;
            }
            match &session.form().node(at.node).kind {
                Kind::Question(Question::Text(TextKind::Line))
                    if told.name.is_none()
                        && value.chars().count() <= NAME_LENGTH
                        && !session.form().node(at.node).appears("masked") =>
                {
                    told.name = Some(value.to_owned());
                }
                Kind::Question(Question::SelectOne(_))
                    if told.choices.len() < 2 && !is_default(session, at) =>
                {
                    told.choices.extend(value_words(session, at));
                }
                _ => {}
            }
        }
    }
    told
}

/// Whether the value is only what the form set by itself.
fn is_default(session: &Session, at: InstanceId) -> bool {
    use form::model::Initial::Fixed;
    matches!(&session.form().node(at.node).default, Some(Fixed(value)) if value == session.value(at))
}

/// The answer as a person reads it; none where there is none.
pub(crate) fn value_words(session: &Session, at: InstanceId) -> Option<String> {
    words_of(session, at, session.value(at))
}

/// `value` as an answer at `at`, as a person reads it.
pub(super) fn words_of(session: &Session, at: InstanceId, value: &str) -> Option<String> {
    let node = session.form().node(at.node);
    let Kind::Question(question) = &node.kind else { return None };
    if value.is_empty() {
        return None;
    }
    let said = words::value();
    Some(match question {
        Question::SelectOne(_) | Question::SelectMultiple(_) | Question::Rank(_) => {
            chosen_words(session, at, value)
        }
        _ if spoken::file(question, value).is_some() => said.recording().to_owned(),
        _ if node.appears("masked") => MASKED.to_owned(),
        Question::Text(_) | Question::Integer | Question::Decimal => {
            Typing::of(session.form(), at.node, question).shown(value)
        }
        Question::Range(_) | Question::Barcode => value.to_owned(),
        Question::Trace => said.places(value.split(';').count()),
        // The last is the first again.
        Question::Shape => said.places(value.split(';').skip(1).count()),
        Question::Date => match Grain::of(node) {
            Some(grain @ (Grain::Year | Grain::Month)) => grain.words(value),
            _ => moment_words(value),
        },
        Question::Time | Question::DateTime => moment_words(value),
        Question::Place => match value.split(' ').nth(3).and_then(whole) {
            Some(metres) => said.place_within(metres),
            None => said.place().to_owned(),
        },
        Question::Image { .. } => said.pictures(value.split(' ').count()),
        Question::Audio { .. } => said.recording().to_owned(),
        Question::Video { .. } => said.film().to_owned(),
        Question::File => said.file().to_owned(),
        Question::Acknowledge => said.acknowledged().to_owned(),
    })
}

fn chosen_words(session: &Session, at: InstanceId, value: &str) -> String {
    let names = value.split(' ').filter(|name| !name.is_empty());
    let chosen = names.map(|name| session.label_of(at, name).unwrap_or(name.into()));
    chosen.collect::<Vec<_>>().join(words::value().between())
}

/// `2026-11-23T09:12:00+08:00`, or its date or time alone, as people write it.
pub(crate) fn moment_words(value: &str) -> String {
    let (date, time) = match value.split_once('T') {
        Some((date, time)) => (Some(date), Some(time)),
        None if value.contains(':') => (None, Some(value)),
        None => (Some(value), None),
    };
    let date = date.and_then(|date| {
        let mut parts = date.split('-').map(|part| part.parse().ok());
        Some(words::value().date(parts.next()??, parts.next()??, parts.next()??))
    });
    let time = time.and_then(|time| time.get(..5)).map(str::to_owned);
    match (date, time) {
        (Some(date), Some(time)) => format!("{date} {time}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => value.to_owned(),
    }
}

/// `12.4` as 12, without what float parsing would add to the download.
fn whole(number: &str) -> Option<u32> {
    number.split('.').next()?.parse().ok()
}

/// The title of a page: its group's label, and which row of a list it belongs to.
pub(crate) fn title(session: &Session, plan: &Plan, step: Step) -> Title {
    let section = plan.page(step).and_then(|page| page.section);
    let section = section.and_then(|node| section_label(session, step, node));
    Title { section, row: row_of(session, step.body) }
}

/// The innermost row that `at` is in: its number, and how many there are.
pub(super) fn row_of(session: &Session, at: InstanceId) -> Option<(usize, usize)> {
    let above = session.parent(at)?;
    if above.node != at.node {
        return row_of(session, above);
    }
    let rows = session.rows(above);
    let place = rows.iter().position(|row| *row == at)?;
    Some((place + 1, rows.len()))
}

/// What stands at the head of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// The label of its group or repeat.
    pub(crate) section: Option<String>,
    /// The row's number and how many rows there are.
    pub(crate) row: Option<(usize, usize)>,
}

fn section_label(session: &Session, step: Step, node: NodeId) -> Option<String> {
    let at = if node == step.body.node { step.body } else { session.nearest(step.body, node)? };
    session.label(at)
}
