//! What was answered to one question, as an answer to another one.

use core::mem::discriminant;

use super::Why;
use crate::instance::InstanceId;
use crate::model::{ChoiceSource, ChoicesFrom, Question};
use crate::session::Session;

/// A choice among those that were made, or all of an answer.
pub(super) struct Part {
    /// As it was.
    pub(super) old: String,
    /// As the new form has it; none where it has nothing like it.
    pub(super) new: Option<String>,
}

impl Part {
    fn same(value: &str) -> Self {
        Self { old: value.to_owned(), new: Some(value.to_owned()) }
    }

    /// All of an answer, as it was.
    pub(super) fn whole(value: &str) -> Vec<Self> {
        if value.is_empty() { Vec::new() } else { vec![Self::same(value)] }
    }
}

/// What was answered at `at`, as an answer to the question at `home`.
pub(super) fn fit(
    old: &Session,
    at: InstanceId,
    new: &Session,
    home: InstanceId,
) -> Result<Vec<Part>, Why> {
    let questions = (old.form.node(at.node).question(), new.form.node(home.node).question());
    let (Some(asked), Some(asks)) = questions else { return Err(Why::AnotherKind) };
    if let Some(source) = asks.choices() {
        let chosen = chosen(old, at, asked).ok_or(Why::AnotherKind)?;
        if matches!(asks, Question::SelectOne(_)) && chosen.len() > 1 {
            return Err(Why::NotOfItsType);
        }
        let part =
            |name: String| Part { new: choice(old, at, &name, new, home, source), old: name };
        return Ok(chosen.into_iter().map(part).collect());
    }
    let is_file = asked.files().is_some() && matches!(asks, Question::File);
    if is_file || discriminant(asked) == discriminant(asks) {
        // Good or not: a person may have stopped in the middle.
        return Ok(Part::whole(old.value(at)));
    }
    let said = said(old, at, asked).ok_or(Why::AnotherKind)?;
    if !takes_words(asks) {
        return Err(Why::AnotherKind);
    }
    if said.is_empty() {
        return Ok(Vec::new());
    }
    match new.wrong_type(asks, home, &said) {
        None => Ok(vec![Part { old: old.value(at).to_owned(), new: Some(said) }]),
        Some(_) => Err(Why::NotOfItsType),
    }
}

/// What was chosen, choice by choice; or what was written, which may be what a choice is called.
fn chosen(old: &Session, at: InstanceId, asked: &Question) -> Option<Vec<String>> {
    let value = old.value(at);
    match asked {
        Question::SelectOne(_) => Some(vec![value.to_owned()]),
        Question::SelectMultiple(_) | Question::Rank(_) => {
            Some(value.split_whitespace().map(str::to_owned).collect())
        }
        _ => said(old, at, asked).map(|said| vec![said]),
    }
    .map(|mut all| {
        all.retain(|one| !one.is_empty());
        all
    })
}

/// What a person said, in words; none where it was no words.
fn said(old: &Session, at: InstanceId, asked: &Question) -> Option<String> {
    let value = old.value(at);
    match asked {
        Question::Text(_) | Question::Barcode => Some(value.trim().to_owned()),
        Question::Integer
        | Question::Decimal
        | Question::Range(_)
        | Question::Date
        | Question::Time
        | Question::DateTime => Some(value.to_owned()),
        Question::SelectOne(_) => Some(words(old, at, value)),
        Question::SelectMultiple(_) | Question::Rank(_) => {
            let words = value.split_whitespace().map(|name| words(old, at, name));
            Some(words.collect::<Vec<_>>().join(" "))
        }
        Question::Place
        | Question::Trace
        | Question::Shape
        | Question::Image { .. }
        | Question::Audio { .. }
        | Question::Video { .. }
        | Question::File
        | Question::Acknowledge => None,
    }
}

fn words(session: &Session, at: InstanceId, name: &str) -> String {
    session.label_of(at, name).map_or_else(|| name.to_owned(), |label| label.into_owned())
}

fn takes_words(asks: &Question) -> bool {
    matches!(
        asks,
        Question::Text(_)
            | Question::Barcode
            | Question::Integer
            | Question::Decimal
            | Question::Range(_)
            | Question::Date
            | Question::Time
            | Question::DateTime
    )
}

/// The choice of the new question that is stored as `name`; where there is none, the only one that
/// a person reads as what they chose.
fn choice(
    old: &Session,
    at: InstanceId,
    name: &str,
    new: &Session,
    home: InstanceId,
    source: &ChoiceSource,
) -> Option<String> {
    let ChoicesFrom::List { list, value, .. } = source.from else {
        // What people wrote in rows: it is looked for once the rows are filled.
        return Some(name.to_owned());
    };
    if !new.lookup.choices(&new.form, list, value, name).is_empty() {
        return Some(name.to_owned());
    }
    let wanted = words(old, at, name);
    let length = new.form.list(list).length;
    let mut same = (0..length).filter(|choice| new.choice_label(home, *choice) == wanted);
    match (same.next(), same.next()) {
        (Some(only), None) => Some(new.choice_name(home, only).to_owned()),
        _ => None,
    }
}
