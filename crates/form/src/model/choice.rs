//! Lists to choose from, by columns: a list of sixty thousand villages is a few large texts and not
//! half a million small ones.

use super::{ExpressionId, Media, NodeId, Text};
use crate::expression::What;

/// Where a list stands in [`Form::lists`](super::Form::lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// Where a filter stands in [`Form::filters`](super::Form::filters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilterId(pub u32);

/// A list of the choices sheet, or a file beside the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceList {
    /// `list_name`, or the file's name without its ending.
    pub name: String,
    /// How many choices there are.
    pub length: u32,
    /// What expressions can ask of a choice. Of a list of the choices sheet the first is `name`,
    /// what is stored when it is chosen.
    pub columns: Vec<Column>,
    /// What people read, by the place of the language in
    /// [`Form::languages`](super::Form::languages); an empty one is said in the first language.
    pub labels: Vec<Cells>,
    /// Labels that are partly computed, by the place of the choice.
    pub computed: Vec<(u32, Text)>,
    /// Pictures and sounds, by the place of the choice.
    pub media: Vec<(u32, Media)>,
}

/// A column of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// By the place of the choice.
    pub cells: Cells,
}

/// Many short texts in one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    pub(super) text: String,
    /// Where each ends.
    pub(super) ends: Vec<u32>,
}

/// Where a select question takes its choices from.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceSource {
    /// The choices.
    pub from: ChoicesFrom,
    /// Whether they are offered in an order that looks like none.
    pub shuffle: Option<Shuffle>,
}

/// The choices that a question offers.
#[derive(Clone, Debug, PartialEq)]
pub enum ChoicesFrom {
    /// Of a list.
    List {
        /// The list.
        list: ListId,
        /// The column that is stored.
        value: u32,
        /// What people read.
        label: What,
        /// What narrows it, where something does.
        filter: Option<FilterId>,
    },
    /// The rows of a repeat that people filled in.
    Rows {
        /// The values: a question in the repeat. Empty ones are not offered.
        value: NodeId,
        /// What people read: another question in the same rows.
        label: Option<NodeId>,
        /// How many scopes up from the question lies the row that holds the repeat.
        up: u32,
        /// Tried on each row, seen from that row.
        only: Option<ExpressionId>,
    },
}

/// The order of choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Shuffle {
    /// What decides the order; chance where there is none.
    pub seed: Option<ExpressionId>,
}

impl ChoiceSource {
    /// The list, where it is one.
    pub fn list(&self) -> Option<ListId> {
        match self.from {
            ChoicesFrom::List { list, .. } => Some(list),
            ChoicesFrom::Rows { .. } => None,
        }
    }

    /// Whether all choices of a list are always offered, in its own order.
    pub fn is_whole_list(&self) -> bool {
        matches!(self.from, ChoicesFrom::List { filter: None, .. }) && self.shuffle.is_none()
    }
}

impl ChoiceList {
    /// What stands in a column of a choice; empty where the column or the choice does not exist.
    pub fn cell(&self, column: u32, place: u32) -> &str {
        self.columns.get(column as usize).map_or("", |column| column.cells.get(place))
    }

    /// The place of the first choice whose `column` says `value`.
    pub fn find(&self, column: u32, value: &str) -> Option<u32> {
        (0..self.length).find(|place| self.cell(column, *place) == value)
    }

    /// The place of the column called `name`.
    pub fn column(&self, name: &str) -> Option<u32> {
        self.columns.iter().position(|column| column.name == name).map(|place| place as u32)
    }

    /// What people read of a choice whose label is not computed; empty where there is no label.
    pub fn label(&self, place: u32, language: usize) -> &str {
        let own = self.labels.get(language).map_or("", |cells| cells.get(place));
        match own {
            "" => self.labels.first().map_or("", |cells| cells.get(place)),
            own => own,
        }
    }
}

impl Cells {
    /// The text at a place; empty where there is none.
    pub fn get(&self, place: u32) -> &str {
        let place = place as usize;
        let start = if place == 0 { 0 } else { self.ends.get(place - 1).copied().unwrap_or(0) };
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|place| self.get(place))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut cells = Self::default();
        for text in texts {
            cells.text.push_str(text.as_ref());
            cells.ends.push(cells.text.len() as u32);
        }
        cells
    }
}
