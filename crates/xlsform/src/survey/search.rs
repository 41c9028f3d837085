//! `search()` in the appearance of a select: its choices come from a file.

use std::collections::HashMap;

use form::definition::{ListDefinition, SelectFrom, Words};
use form::expression::Number;

use super::Reader;
use super::select::in_sheet;
use crate::appearance::Search;
use crate::beside::stem;
use crate::sheet::Row;

/// The columns of a file that a list names: of the value by its name, of what people read by its
/// label, in each language its own.
struct Named {
    value: String,
    labels: Words,
}

/// By list: the row of a question that searches with it, and of one that takes its choices as they
/// are.
#[derive(Default)]
pub(crate) struct Uses(HashMap<String, (Option<u32>, Option<u32>)>);

impl Uses {
    pub(super) fn search(&mut self, list: &str, row: u32) {
        self.0.entry(list.to_owned()).or_default().0.get_or_insert(row);
    }

    pub(super) fn offer(&mut self, list: &str, row: u32) {
        self.0.entry(list.to_owned()).or_default().1.get_or_insert(row);
    }

    /// The lists that are used in both ways, with the rows.
    fn mixed(&self) -> Vec<(String, u32, u32)> {
        let both = self.0.iter().filter_map(|(list, rows)| match rows {
            (Some(searching), Some(offering)) => Some((list.clone(), *searching, *offering)),
            _ => None,
        });
        both.collect()
    }
}

impl Reader<'_, '_> {
    pub(super) fn choices_of_search(
        &mut self,
        row: Row<'_>,
        list: &str,
        search: Search,
        filter: &mut Option<String>,
    ) -> SelectFrom {
        let file = match search.file.contains('.') {
            true => search.file,
            false => format!("{}.csv", search.file),
        };
        // A list is often called as the file is: expressions mean the file.
        let apart = format!("{list}-search");
        if stem(&file) == list && self.lists.find(&apart).is_none() {
            self.lists.rename(list, &apart);
        }
        // What is missing altogether is told by the compiler.
        let Some(own) = self.lists.find(&apart).or_else(|| self.lists.find(list)) else {
            return in_sheet(list.to_owned());
        };
        let (named, has_static) = (named(own), own.choices.len() > 1);
        let Some(Named { value, labels }) = named else {
            let what = format!("选项表“{list}”里没有一行写出文件的列名");
            let remedy = "在 choices 表加一行：name 写存哪一列，label 写显示哪一列";
            self.tell(row.number, "type", what, remedy);
            return in_sheet(list.to_owned());
        };
        if has_static {
            let what = format!("“{list}”里另外的选项和 search() 放在一起，没有用到它们");
            self.warn(row.number, "type", what, "把它们写进文件里");
        }
        *filter = match (search.filter, filter.take()) {
            (Some(own), Some(other)) => Some(format!("({own}) and ({other})")),
            (own, other) => own.or(other),
        };
        let from = self.load(row.number, "appearance", &file);
        let is_same_everywhere = labels.iter().all(|(_, column)| *column == labels[0].1);
        match labels.first() {
            None => SelectFrom::List { list: from, label: Some(value.clone()), value },
            Some((_, label)) if is_same_everywhere => {
                SelectFrom::List { list: from, value, label: Some(label.clone()) }
            }
            Some(_) => {
                let list = self.labelled(row, list, &from, &labels);
                SelectFrom::List { list, value, label: None }
            }
        }
    }

    /// The list of a file with labels from a column for each language: the file's own, unless that
    /// one has others.
    fn labelled(&mut self, row: Row<'_>, asking: &str, from: &str, columns: &Words) -> String {
        let Some(list) = self.lists.find(from) else { return from.to_owned() };
        let unknown = columns.iter().find(|(_, column)| !list.columns.contains(column));
        if let Some((_, unknown)) = unknown.filter(|_| !self.beside.is_missing(from)) {
            let what = format!("“{from}”没有“{unknown}”这一列");
            let remedy = format!("它的列有：{}", list.columns.join("、"));
            self.tell(row.number, "type", what, remedy);
            return from.to_owned();
        }
        let own = with_labels(list, columns);
        let is_free = list.choices.iter().all(|choice| choice.label.is_empty());
        if is_free || own == *list {
            if let Some(list) = self.lists.find_mut(from) {
                *list = own;
            }
            return from.to_owned();
        }
        let name = format!("{asking}-labels");
        if self.lists.find(&name).is_none() {
            self.lists.add(ListDefinition { name: name.clone(), ..own });
        }
        name
    }

    /// What a list says is either choices, or the columns of a file.
    pub(super) fn check_uses(&mut self) {
        for (list, searching, offering) in self.uses.mixed() {
            let what =
                format!("第 {searching} 行的 search() 用了选项表“{list}”，这一行又拿它作选项");
            let remedy = "给 search() 另外写一张选项表，或者两题都用 search()";
            self.tell(offering, "type", what, remedy);
        }
    }
}

fn with_labels(list: &ListDefinition, columns: &Words) -> ListDefinition {
    let mut list = list.clone();
    let places = columns.iter().filter_map(|(language, column)| {
        let place = list.columns.iter().position(|own| own == column)?;
        Some((*language, place))
    });
    let places: Vec<_> = places.collect();
    for choice in &mut list.choices {
        let cell = |place: usize| choice.cells.get(place).cloned().unwrap_or_default();
        let words = places.iter().map(|(language, place)| (*language, cell(*place)));
        choice.label = words.filter(|(_, words)| !words.is_empty()).collect();
    }
    list
}

/// The first choice that is no number: numbers are choices beside those of the file.
fn named(list: &ListDefinition) -> Option<Named> {
    let choices = list.choices.iter().map(|choice| (list.choice_name(choice), &choice.label));
    let (value, label) = choices.into_iter().find(|(name, _)| Number::parse(name).is_none())?;
    let first = |words: &String| words.split(',').next().map(|column| column.trim().to_owned());
    let labels = label.iter().filter_map(|(language, words)| Some((*language, first(words)?)));
    Some(Named { value, labels: labels.collect() })
}
