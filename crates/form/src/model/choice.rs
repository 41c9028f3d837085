//! Lists to choose from.

use minicbor::{CborLen, Decode, Encode};

use super::{ExpressionId, Text};

/// Where a list stands in [`Form::lists`](super::Form::lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct ListId(#[n(0)] pub u32);

/// A list of the choices sheet.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct ChoiceList {
    /// `list_name`.
    #[n(0)]
    pub name: String,
    /// The names of the extra columns that filters look at.
    #[n(1)]
    pub columns: Vec<String>,
    /// In the order of the sheet.
    #[n(2)]
    pub choices: Vec<Choice>,
}

/// One choice of a list.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct Choice {
    /// What is stored when it is chosen.
    #[n(0)]
    pub name: String,
    /// What the person reads.
    #[n(1)]
    pub label: Text,
    /// The values of [`ChoiceList::columns`], in that order; empty where the cell is empty.
    #[n(2)]
    pub cells: Vec<String>,
}

/// Where a select question takes its choices from.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct ChoiceSource {
    /// The list.
    #[n(0)]
    pub list: ListId,
    /// What narrows it, where something does.
    #[n(1)]
    pub filter: Option<ChoiceFilter>,
}

/// A `choice_filter`, prepared so that a large list is looked up and not searched.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub enum ChoiceFilter {
    /// `column = expression`, and nothing in the expression depends on the choice: an index of
    /// the column answers it.
    #[n(0)]
    Equals {
        /// The place of the column in [`ChoiceList::columns`].
        #[n(0)]
        column: u32,
        /// What it must equal.
        #[n(1)]
        value: ExpressionId,
    },
    /// Any other condition, tried on every choice.
    #[n(1)]
    Condition(#[n(0)] ExpressionId),
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
