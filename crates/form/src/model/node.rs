//! A node of a form: a group, a repeat, or something that holds a value.

use minicbor::{CborLen, Decode, Encode};

use super::{ChoiceSource, ExpressionId, Text};

/// Where a node stands in [`Form::nodes`](super::Form::nodes): its place in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct NodeId(#[n(0)] pub u32);

/// Where a scope stands in [`Form::scopes`](super::Form::scopes); the root's is 0.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen,
)]
#[cbor(transparent)]
pub struct ScopeId(#[n(0)] pub u32);

/// A row of the survey sheet, compiled.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct Node {
    /// What the author called it. Unique among the children of one parent.
    #[n(0)]
    pub name: String,
    /// The group or repeat that holds it; none for the root.
    #[n(1)]
    pub parent: Option<NodeId>,
    /// What it holds, if it is a group or a repeat, in document order.
    #[n(2)]
    pub children: Vec<NodeId>,
    /// What it is.
    #[n(3)]
    pub kind: Kind,
    /// The scope that it is in; for a repeat the one that *holds* the repeat.
    #[n(4)]
    pub scope: ScopeId,
    /// Its place among the nodes of its scope.
    #[n(5)]
    pub slot: u32,
    /// The question.
    #[n(6)]
    pub label: Option<Text>,
    /// What stands smaller below the question.
    #[n(7)]
    pub hint: Option<Text>,
    /// More help, shown when asked for.
    #[n(8)]
    pub guidance: Option<Text>,
    /// Said when the constraint does not hold.
    #[n(9)]
    pub constraint_message: Option<Text>,
    /// Said when an answer is missing.
    #[n(10)]
    pub required_message: Option<Text>,
    /// Asked (and delivered) only while this holds; always, when there is none.
    #[n(11)]
    pub relevant: Option<ExpressionId>,
    /// Must be answered while this holds.
    #[n(12)]
    pub required: Option<ExpressionId>,
    /// Cannot be changed while this holds.
    #[n(13)]
    pub read_only: Option<ExpressionId>,
    /// What an answer must fulfil; not asked of an empty one.
    #[n(14)]
    pub constraint: Option<ExpressionId>,
    /// What the value is computed from.
    #[n(15)]
    pub calculation: Option<ExpressionId>,
    /// What the value is at first.
    #[n(16)]
    pub default: Option<Initial>,
    /// The words of the `appearance` column.
    #[n(17)]
    pub appearance: Vec<String>,
    /// Told, not blocking: what does not hold when [`Node::warning_message`] is to be shown.
    #[n(18)]
    pub warning: Option<ExpressionId>,
    /// Told when the warning's condition does not hold.
    #[n(19)]
    pub warning_message: Option<Text>,
}

/// What a value is before anybody answers.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub enum Initial {
    /// As written in the sheet.
    #[n(0)]
    Fixed(#[n(0)] String),
    /// Computed once, when the form or the repeat's row comes into being.
    #[n(1)]
    Computed(#[n(0)] ExpressionId),
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub enum Kind {
    /// Holds other nodes, once.
    #[n(0)]
    Group,
    /// Holds other nodes, once for each row. Opens a scope.
    #[n(1)]
    Repeat {
        /// The scope of its rows.
        #[n(0)]
        rows: ScopeId,
        /// `min_count` and `max_count`.
        #[n(1)]
        bounds: Bounds,
        /// `repeat_count`: the number of rows is computed, and nobody adds or removes any.
        #[n(2)]
        count: Option<ExpressionId>,
        /// How many rows a new form begins with.
        #[n(3)]
        initial: u32,
    },
    /// Words to read; holds no value.
    #[n(2)]
    Note,
    /// Computed, never shown.
    #[n(3)]
    Calculated,
    /// Asks a person.
    #[n(4)]
    Question(#[n(0)] Question),
}

/// What a question asks for.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub enum Question {
    /// Words, one line or many.
    #[n(0)]
    Text(#[n(0)] TextKind),
    /// A whole number.
    #[n(1)]
    Integer,
    /// A number.
    #[n(2)]
    Decimal,
    /// `YYYY-MM-DD`.
    #[n(3)]
    Date,
    /// `HH:MM` with optional seconds and offset.
    #[n(4)]
    Time,
    /// A date and a time, with its offset from UTC.
    #[n(5)]
    DateTime,
    /// One of a list.
    #[n(6)]
    SelectOne(#[n(0)] ChoiceSource),
    /// Any number of a list; stored as names separated by spaces.
    #[n(7)]
    SelectMultiple(#[n(0)] ChoiceSource),
    /// `latitude longitude altitude accuracy`, in degrees and metres.
    #[n(8)]
    Place,
    /// Pictures; stored as file names separated by spaces.
    #[n(9)]
    Image {
        /// `min_files` and `max_files`; one where the author says nothing.
        #[n(0)]
        files: Bounds,
        /// `max-pixels`: the longer edge after scaling down.
        #[n(1)]
        max_pixels: Option<u32>,
    },
    /// A recording.
    #[n(10)]
    Audio {
        /// `max_seconds`.
        #[n(0)]
        max_seconds: Option<u32>,
    },
    /// Any file.
    #[n(11)]
    File,
    /// A single box to tick; stored as `OK`.
    #[n(12)]
    Acknowledge,
}

/// What the words of a text question are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum TextKind {
    /// One line.
    #[n(0)]
    Line,
    /// Many lines (`appearance` says `multiline`).
    #[n(1)]
    Lines,
    /// Digits typed on a number pad but kept as text (`numbers`).
    #[n(2)]
    Digits,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Bounds {
    /// At least.
    #[n(0)]
    pub min: u32,
    /// At most; any number where there is none.
    #[n(1)]
    pub max: Option<u32>,
}

impl Node {
    /// Whether a person is asked for a value here.
    pub fn is_question(&self) -> bool {
        matches!(self.kind, Kind::Question(_))
    }

    /// Whether it holds a value at all.
    pub fn holds_value(&self) -> bool {
        matches!(self.kind, Kind::Question(_) | Kind::Calculated)
    }

    /// Whether the `appearance` column has `word`.
    pub fn appears(&self, word: &str) -> bool {
        self.appearance.iter().any(|own| own == word)
    }
}

impl Question {
    /// The choices, if it is a select.
    pub fn choices(&self) -> Option<&ChoiceSource> {
        match self {
            Self::SelectOne(source) | Self::SelectMultiple(source) => Some(source),
            _ => None,
        }
    }

    /// How many files it may hold, if it holds files.
    pub fn files(&self) -> Option<Bounds> {
        match self {
            Self::Image { files, .. } => Some(*files),
            Self::Audio { .. } | Self::File => Some(Bounds { min: 0, max: Some(1) }),
            _ => None,
        }
    }
}
