//! Lists to choose from.

use serde::{Deserialize, Serialize};

use super::{ExpressionId, Text};

/// Where a list stands in [`Form::lists`](super::Form::lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ListId(pub u32);

/// A list of the choices sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceList {
    /// `list_name`.
    pub name: String,
    /// The names of the extra columns that filters look at.
    pub columns: Vec<String>,
    /// In the order of the sheet.
    pub choices: Vec<Choice>,
}

/// One choice of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored when it is chosen.
    pub name: String,
    /// What the person reads.
    pub label: Text,
    /// The values of [`ChoiceList::columns`], in that order; empty where the cell is empty.
    pub cells: Vec<String>,
}

/// Where a select question takes its choices from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceSource {
    /// The list.
    pub list: ListId,
    /// What narrows it, where something does.
    pub filter: Option<ChoiceFilter>,
}

/// A `choice_filter`, prepared so that a large list is looked up and not searched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ChoiceFilter {
    /// `column = expression`, and nothing in the expression depends on the choice: an index of
    /// the column answers it.
    Equals {
        /// The place of the column in [`ChoiceList::columns`].
        column: u32,
        /// What it must equal.
        value: ExpressionId,
    },
    /// Any other condition, tried on every choice.
    Condition(ExpressionId),
}

impl ChoiceFilter {
    /// The expression that must be evaluated.
    pub fn expression(&self) -> ExpressionId {
        match self {
            Self::Equals { value, .. } => *value,
            Self::Condition(condition) => *condition,
        }
    }
}

impl ChoiceList {
    /// The choice called `name`.
    pub fn find(&self, name: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name == name)
    }
}
