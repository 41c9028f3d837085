//! A node of a form: a group, a repeat, or something that holds a value.

use super::{ChoiceSource, ExpressionId, Media, Text};
use crate::expression::Number;

/// Where a node stands in [`Form::nodes`](super::Form::nodes): its place in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Where a scope stands in [`Form::scopes`](super::Form::scopes); the root's is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u32);

/// A row of the survey sheet, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the author called it. Unique among the children of one parent.
    pub name: String,
    /// The group or repeat that holds it; none for the root.
    pub parent: Option<NodeId>,
    /// What it holds, if it is a group or a repeat, in document order.
    pub children: Vec<NodeId>,
    /// What it is.
    pub kind: Kind,
    /// The scope that it is in; for a repeat the one that *holds* the repeat.
    pub scope: ScopeId,
    /// Its place among the nodes of its scope.
    pub slot: u32,
    /// The question.
    pub label: Option<Text>,
    /// What stands smaller below the question.
    pub hint: Option<Text>,
    /// More help, shown when asked for.
    pub guidance: Option<Text>,
    /// Said when the constraint does not hold.
    pub constraint_message: Option<Text>,
    /// Said when an answer is missing.
    pub required_message: Option<Text>,
    /// Asked (and delivered) only while this holds; always, when there is none.
    pub relevant: Option<ExpressionId>,
    /// Must be answered while this holds.
    pub required: Option<ExpressionId>,
    /// Cannot be changed while this holds.
    pub read_only: Option<ExpressionId>,
    /// What an answer must fulfil; not asked of an empty one.
    pub constraint: Option<ExpressionId>,
    /// What the value is computed from.
    pub calculation: Option<ExpressionId>,
    /// What the value is at first.
    pub default: Option<Initial>,
    /// The words of the `appearance` column.
    pub appearance: Vec<String>,
    /// What is set anew when other values change: see [`Trigger`].
    pub trigger: Option<Trigger>,
    /// What few nodes have.
    pub extras: Option<Box<Extras>>,
}

/// What few nodes have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// Told, not blocking: what does not hold when [`Extras::warning_message`] is to be shown.
    pub warning: Option<ExpressionId>,
    /// Told when the warning's condition does not hold.
    pub warning_message: Option<Text>,
    /// Pictures and sounds of the question.
    pub media: Media,
    /// What of the `parameters` column, and of columns such as `rows` and `autoplay`, is for
    /// whoever shows the question: `quality=low`.
    pub parameters: Vec<(String, String)>,
    /// `prefill`: which column of the roster the answer is taken from.
    pub prefill: Option<String>,
    /// `purpose`: what this piece of personal data is collected for.
    pub purpose: Option<Text>,
    /// `retention`: how long it is kept.
    pub retention: Option<String>,
}

/// The `trigger` column: when one of several values changes, the node's value is set (ODK XForms,
/// `setvalue` on `xforms-value-changed`).
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Whose values.
    pub nodes: Vec<NodeId>,
    /// What is set; nothing where there is none.
    pub value: Option<ExpressionId>,
}

/// What a value is before anybody answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Initial {
    /// As written in the sheet.
    Fixed(String),
    /// Computed once, when the form or the repeat's row comes into being
    /// (`odk-instance-first-load`, `odk-new-repeat`).
    Computed(ExpressionId),
    /// What whoever runs the form knows: `deviceid`, `username`, `phonenumber`, `email`.
    Property(String),
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Holds other nodes, once.
    Group,
    /// Holds other nodes, once for each row. Opens a scope.
    Repeat {
        /// The scope of its rows.
        rows: ScopeId,
        /// `min_count` and `max_count`.
        bounds: Bounds,
        /// `repeat_count`: the number of rows is computed, and nobody adds or removes any.
        count: Option<ExpressionId>,
        /// How many rows a new form begins with.
        initial: u32,
    },
    /// Words to read; holds no value.
    Note,
    /// Computed, never shown.
    Calculated,
    /// Kept by the device without asking.
    Recorded(Recording),
    /// Asks a person.
    Question(Question),
}

/// What a device keeps without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recording {
    /// `start-geopoint`: the place where the form was begun.
    StartPlace,
    /// `background-geopoint`: the place where the trigger's value changed.
    Place,
    /// `background-audio`: what is heard while the form is filled in.
    Audio,
    /// `audit`: when which question was answered.
    Audit,
    /// `end`: when the form was finished.
    End,
}

/// What a question asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Words, one line or many.
    Text(TextKind),
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM` with optional seconds and offset.
    Time,
    /// A date and a time, with its offset from UTC.
    DateTime,
    /// One of several.
    SelectOne(ChoiceSource),
    /// Any number of several; stored as names separated by spaces.
    SelectMultiple(ChoiceSource),
    /// All of several, put in order; stored as names separated by spaces.
    Rank(ChoiceSource),
    /// A number between two.
    Range(Range),
    /// `latitude longitude altitude accuracy`, in degrees and metres.
    Place,
    /// Places along a way, with `;` between.
    Trace,
    /// Places around an area, with `;` between; the last is the first.
    Shape,
    /// What a bar code says.
    Barcode,
    /// Pictures; stored as file names separated by spaces.
    Image {
        /// `min_files` and `max_files`; one where the author says nothing.
        files: Bounds,
        /// `max-pixels`: the longer edge after scaling down.
        max_pixels: Option<u32>,
    },
    /// A recording.
    Audio {
        /// `max_seconds`.
        max_seconds: Option<u32>,
    },
    /// A film.
    Video {
        /// `max_seconds`.
        max_seconds: Option<u32>,
    },
    /// Any file.
    File,
    /// A single box to tick; stored as `OK`.
    Acknowledge,
}

/// The numbers that may be chosen between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// From this.
    pub start: Number,
    /// To this; less than the start counts down.
    pub end: Number,
    /// In steps of this size.
    pub step: Number,
}

/// What the words of a text question are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// One line.
    Line,
    /// Many lines (`appearance` says `multiline`).
    Lines,
    /// Digits typed on a number pad but kept as text (`numbers`).
    Digits,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least.
    pub min: u32,
    /// At most; any number where there is none.
    pub max: Option<u32>,
}

impl Node {
    /// Whether a person is asked for a value here.
    pub fn is_question(&self) -> bool {
        matches!(self.kind, Kind::Question(_))
    }

    /// Whether it holds a value at all.
    pub fn holds_value(&self) -> bool {
        matches!(self.kind, Kind::Question(_) | Kind::Calculated | Kind::Recorded(_))
    }

    /// The question, if it is one.
    pub fn question(&self) -> Option<&Question> {
        match &self.kind {
            Kind::Question(question) => Some(question),
            _ => None,
        }
    }

    /// What whoever shows the question is told by `name`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = &self.extras.as_ref()?.parameters;
        parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Which column of the roster the answer is taken from.
    pub fn prefill(&self) -> Option<&str> {
        self.extras.as_ref()?.prefill.as_deref()
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
            Self::SelectOne(source) | Self::SelectMultiple(source) | Self::Rank(source) => {
                Some(source)
            }
            _ => None,
        }
    }

    /// How many files it may hold, if it holds files.
    pub fn files(&self) -> Option<Bounds> {
        match self {
            Self::Image { files, .. } => Some(*files),
            Self::Audio { .. } | Self::Video { .. } | Self::File => {
                Some(Bounds { min: 0, max: Some(1) })
            }
            _ => None,
        }
    }
}
