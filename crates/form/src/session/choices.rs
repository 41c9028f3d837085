//! Choices: which are on offer, and what they are called.

use std::borrow::Cow;

use super::rules::Work;
use super::table::Cell;
use super::view::View;
use super::{Fact, Session};
use crate::expression::evaluate::filtered;
use crate::expression::{Evaluation, What};
use crate::instance::{InstanceId, RowId};
use crate::model::{
    ChoiceSource, ChoicesFrom, Form, ListId, Media, Medium, NodeId, Question, Shuffle,
};

/// What stands between the name of a row that can be chosen and what it is called.
const LABEL: char = '\u{1f}';

impl Session {
    /// The choices now on offer, in order: numbers by which [`Session::choice_name`] and the others
    /// tell what they are.
    pub fn choices(&self, at: InstanceId) -> Vec<u32> {
        let Some(source) = self.source(at.node) else { return Vec::new() };
        match (source.list(), self.table.cell(&self.form, at)) {
            (Some(list), _) if source.is_whole_list() => (0..self.form.list(list).length).collect(),
            (_, Some(cell)) => cell.choices.to_vec(),
            (_, None) => Vec::new(),
        }
    }

    /// What is stored when a choice is chosen.
    pub fn choice_name(&self, at: InstanceId, choice: u32) -> &str {
        match self.source(at.node).map(|source| &source.from) {
            Some(ChoicesFrom::List { list, value, .. }) => {
                self.form.list(*list).cell(*value, choice)
            }
            Some(ChoicesFrom::Rows { value, .. }) => {
                self.value(InstanceId { row: RowId(choice), node: *value })
            }
            None => "",
        }
    }

    /// What a person reads.
    pub fn choice_label(&self, at: InstanceId, choice: u32) -> Cow<'_, str> {
        let label = match self.source(at.node).map(|source| &source.from) {
            Some(ChoicesFrom::List { list, label, .. }) => match label {
                What::Label => self.list_label(*list, choice),
                What::Column(column) => Cow::Borrowed(self.form.list(*list).cell(*column, choice)),
            },
            Some(ChoicesFrom::Rows { label: Some(label), .. }) => {
                Cow::Borrowed(self.seen(InstanceId { row: RowId(choice), node: *label }))
            }
            _ => Cow::Borrowed(""),
        };
        if label.is_empty() { Cow::Borrowed(self.choice_name(at, choice)) } else { label }
    }

    /// Pictures and sounds of a choice.
    pub fn choice_media(&self, at: InstanceId, choice: u32) -> Option<&Media> {
        let list = self.form.list(self.source(at.node)?.list()?);
        list.media.iter().find(|(place, _)| *place == choice).map(|(_, media)| media)
    }

    /// The file that shows or says what the choice called `name` is.
    pub fn choice_file(&self, at: InstanceId, name: &str, medium: Medium) -> Option<&str> {
        let source = self.source(at.node)?;
        let ChoicesFrom::List { list, value, .. } = source.from else { return None };
        let choice = *self.lookup.choices(&self.form, list, value, name).first()?;
        self.choice_media(at, choice)?.file(medium, self.language)
    }

    /// Whether something is to be seen or heard of a choice of the question.
    pub fn has_choice_media(&self, at: InstanceId) -> bool {
        let list = self.source(at.node).and_then(ChoiceSource::list);
        list.is_some_and(|list| !self.form.list(list).media.is_empty())
    }

    /// The label of what is stored as `value` in the question at `at`, on offer or not.
    pub fn label_of(&self, at: InstanceId, value: &str) -> Option<Cow<'_, str>> {
        let choice = match &self.source(at.node)?.from {
            ChoicesFrom::List { list, value: column, .. } => {
                *self.lookup.choices(&self.form, *list, *column, value).first()?
            }
            ChoicesFrom::Rows { .. } => {
                let mut offered = self.choices(at).into_iter();
                offered.find(|choice| self.choice_name(at, *choice) == value)?
            }
        };
        Some(self.choice_label(at, choice))
    }

    /// `jr:choice-name()`: seen from `row`.
    pub(super) fn choice_name_of(&self, row: RowId, question: NodeId, value: &str) -> String {
        let at = InstanceId { row, node: question };
        self.label_of(at, value).unwrap_or_default().into_owned()
    }

    pub(super) fn list_label(&self, list: ListId, place: u32) -> Cow<'_, str> {
        let own = self.form.list(list);
        match own.computed.iter().find(|(computed, _)| *computed == place) {
            Some((_, text)) => self.words(self.root(), text).unwrap_or_default().into(),
            None => Cow::Borrowed(own.label(place, self.language)),
        }
    }

    pub(super) fn is_offered(&self, at: InstanceId, name: &str) -> bool {
        match self.source(at.node) {
            Some(ChoiceSource {
                from: ChoicesFrom::List { list, value, filter: None, .. },
                ..
            }) => !self.lookup.choices(&self.form, *list, *value, name).is_empty(),
            Some(ChoiceSource { from: ChoicesFrom::List { .. }, .. }) => {
                let offered = self.table.cell(&self.form, at).map_or(&[][..], |cell| &cell.choices);
                offered.iter().any(|choice| self.choice_name(at, *choice) == name)
            }
            // As they were when they were offered: the rows may be changing just now.
            _ => {
                let cell = self.table.cell(&self.form, at);
                let name_of = |line: &'_ str| line.split(LABEL).next() == Some(name);
                cell.is_some_and(|cell| cell.names.split('\n').any(name_of))
            }
        }
    }

    /// Which choices are on offer; what is chosen and no longer offered is taken back.
    pub(super) fn offer(&mut self, form: &Form, at: InstanceId, work: &mut Work) {
        let Some(question) = form.node(at.node).question() else { return };
        let Some(source) = question.choices() else { return };
        let mut offered = self.offered(form, at, source);
        if let Some(shuffle) = &source.shuffle {
            offered = self.shuffled(form, at, shuffle, offered);
        }
        let is_same = |cell: &Cell| *cell.choices == *offered;
        // Where nothing is on offer, and nothing was, there may be an answer from elsewhere.
        let is_settled = !offered.is_empty() || self.value(at).is_empty();
        let is_same = is_settled && self.table.cell(form, at).is_some_and(is_same);
        if is_same && source.list().is_some() {
            return;
        }
        let names: Vec<&str> = offered.iter().map(|choice| self.choice_name(at, *choice)).collect();
        // The rows may be the same ones under other names.
        let written = match source.from {
            ChoicesFrom::Rows { label: None, .. } => names.join("\n"),
            ChoicesFrom::Rows { label: Some(label), .. } => {
                let lines = offered.iter().zip(&names).map(|(choice, name)| {
                    let at = InstanceId { row: RowId(*choice), node: label };
                    format!("{name}{LABEL}{}", self.seen(at))
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            ChoicesFrom::List { .. } => String::new(),
        };
        if is_same && self.table.cell(form, at).is_some_and(|cell| *cell.names == *written) {
            return;
        }
        let value = self.value(at);
        let still = match question {
            Question::SelectOne(_) => if names.contains(&value) { value } else { "" }.to_owned(),
            _ => {
                let still = value.split_whitespace().filter(|name| names.contains(name));
                still.collect::<Vec<_>>().join(" ")
            }
        };
        self.touch(at, work);
        self.update(at, |cell| (cell.choices, cell.names) = (offered.into(), written.into()));
        work.note(at, Fact::Choices);
        self.set_value(at, &still, work);
    }

    fn offered(&self, form: &Form, at: InstanceId, source: &ChoiceSource) -> Vec<u32> {
        match &source.from {
            ChoicesFrom::List { list, filter: Some(filter), .. } => {
                self.evaluation(at, |own| filtered(&own, *list, form.filter(*filter)))
            }
            ChoicesFrom::List { list, filter: None, .. } => (0..form.list(*list).length).collect(),
            ChoicesFrom::Rows { value, up, only, .. } => {
                let top = self.table.above(at.row, *up);
                let mut rows = Vec::new();
                self.table.visit(form, top, form.node(*value).scope, &mut |row| rows.push(row));
                let view = View(self);
                let outer = Evaluation::new(&view, at.row, self.value(at));
                let fits = |row: &RowId| {
                    let here = InstanceId { row: *row, node: *value };
                    let is_filled = self.is_relevant(here) && !self.value(here).is_empty();
                    is_filled
                        && only.is_none_or(|id| {
                            let inner = Evaluation { row: *row, this: "", ..outer };
                            Evaluation { outer: Some(&outer), ..inner }.truth(form.expression(id))
                        })
                };
                rows.into_iter().filter(fits).map(|row| row.0).collect()
            }
        }
    }

    fn shuffled(
        &self,
        form: &Form,
        at: InstanceId,
        shuffle: &Shuffle,
        offered: Vec<u32>,
    ) -> Vec<u32> {
        let seed = shuffle.seed.map(|id| form.expression(id));
        let own = self.chance ^ i64::from(at.row.0) << 20 ^ i64::from(at.node.0);
        let shuffle = self.surroundings.library().shuffle;
        self.evaluation(at, |evaluation| shuffle(&evaluation, seed, own, offered))
    }

    /// The value as expressions see it.
    fn seen(&self, at: InstanceId) -> &str {
        if self.is_relevant(at) { self.value(at) } else { "" }
    }

    pub(super) fn source(&self, node: NodeId) -> Option<&ChoiceSource> {
        self.form.node(node).question()?.choices()
    }
}
