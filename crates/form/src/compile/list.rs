//! Choice lists, turned from rows to columns.

use super::{Compiler, Place, Sheet, words};
use crate::definition::{ChoiceDefinition, Definition, ListDefinition, MediaFiles};
use crate::model::{Cells, ChoiceList, Column, Form, ListId, Media, Piece};

impl<'d> Compiler<'d> {
    /// Gives every list its place, with all that expressions ask of it.
    pub(super) fn name_lists(&mut self, definition: &'d Definition) {
        for list in &definition.lists {
            self.lists.insert(&list.name, ListId(self.form.lists.len() as u32));
            self.form.lists.push(columns(list, definition.languages.len()));
        }
    }

    /// The list called `name`: a sheet's or a file's, or `name/item` of a file with elements of
    /// several names. A file may be called with its ending.
    pub(super) fn list_called(&self, name: &str) -> Option<ListId> {
        let part = || {
            let (instance, item) = name.split_once('/')?;
            self.parts(instance).into_iter().find(|list| self.declared(*list).path().1 == item)
        };
        let stem = || name.rsplit_once('.').map(|(stem, _)| stem);
        let exact = self.lists.get(name).copied();
        exact
            .or_else(|| self.parts(name).first().copied())
            .or_else(part)
            .or_else(|| self.parts(stem()?).first().copied())
    }

    /// The lists of an instance: one for each name that its elements have.
    pub(super) fn parts(&self, instance: &str) -> Vec<ListId> {
        let lists = self.declared_lists.iter().zip(0..);
        lists.filter(|(list, _)| list.instance() == instance).map(|(_, id)| ListId(id)).collect()
    }

    /// A list as it is declared.
    pub(super) fn declared(&self, list: ListId) -> &'d ListDefinition {
        &self.declared_lists[list.0 as usize]
    }

    /// Labels with outputs are expressions about the form, and need its names.
    pub(super) fn fill_lists(&mut self, definition: &'d Definition) {
        for (id, list) in definition.lists.iter().enumerate() {
            for (place, choice) in (0..).zip(&list.choices) {
                let place_of_fault =
                    Place { sheet: Sheet::Choices, row: list.row, column: "label" };
                if choice.label.iter().any(|(_, words)| words.contains("${")) {
                    let text = self.text_at(&choice.label, Form::ROOT, place_of_fault);
                    self.form.lists[id].computed.push((place, text));
                }
                if !choice.media.is_empty() {
                    self.form.lists[id].media.push((place, media(&choice.media)));
                }
            }
        }
    }
}

fn columns(list: &ListDefinition, languages: usize) -> ChoiceList {
    let cell = |choice: &'_ ChoiceDefinition, place: usize| {
        choice.cells.get(place).cloned().unwrap_or_default()
    };
    let column = |(place, name): (usize, &String)| Column {
        name: name.clone(),
        cells: list.choices.iter().map(|choice| cell(choice, place)).collect(),
    };
    let label = |choice: &'_ ChoiceDefinition, language: usize| {
        let own = choice.label.iter().find(|(own, _)| *own == language);
        own.map_or(String::new(), |(_, words)| words.clone())
    };
    let labels = (0..languages).map(|language| {
        list.choices.iter().map(|choice| label(choice, language)).collect::<Cells>()
    });
    let has_labels = list.choices.iter().any(|choice| !choice.label.is_empty());
    ChoiceList {
        name: list.name.clone(),
        length: list.choices.len() as u32,
        columns: list.columns.iter().enumerate().map(column).collect(),
        labels: if has_labels { labels.collect() } else { Vec::new() },
        computed: Vec::new(),
        media: Vec::new(),
    }
}

/// Files have no computed names.
pub(super) fn media(files: &MediaFiles) -> Media {
    let text = |source| words(source, |name| vec![Piece::Words(name.to_owned())]);
    Media(files.iter().map(|(medium, source)| (*medium, text(source))).collect())
}
