//! The expression language of XLSForm and ODK XForms: a dialect of XPath 1.0.
//!
//! Text is cut into tokens ([`lexer`]), parsed by precedence ([`parser`]) and resolved by the
//! compiler against the names of a form. What remains is an [`Expression`]: a small tree that
//! needs no names any more, which phones load and [`evaluate`].
//!
//! Most forms need a small part of the language. The rest, [`Rare`], is worked out in [`library`],
//! which a phone may load later than everything else.
//!
//! Specification: <https://getodk.github.io/xforms-spec/#xpath-evaluator>. Where the two reference
//! engines disagree, `docs/decisions/` tells which one is followed.

use crate::model::{ListId, NodeId};

pub mod date;
pub mod decimal;
pub mod evaluate;
pub mod function;
#[cfg(feature = "compile")]
pub mod lexer;
pub mod library;
pub mod number;
mod packed;
#[cfg(feature = "compile")]
pub mod parser;
pub mod pattern;

pub use evaluate::{Evaluation, Facts, Outcome};
pub use function::Function;
pub use library::RareFunction;
pub use number::Number;
pub use pattern::Pattern;
#[cfg(feature = "compile")]
pub(crate) use pattern::Step as PatternStep;

/// An expression whose names are resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number as written.
    Number(Number),
    /// A text in quotation marks.
    Text(String),
    /// `.`: the value of the very node that the expression is about.
    This,
    /// `${name}`: the value of a node, or of all its instances below a common row.
    Node(Reference),
    /// The cell of a column, by its place in [`ChoiceList::columns`](crate::model::ChoiceList),
    /// of the choice that a condition is tried on.
    Column(u32),
    /// What the second argument of `regex()` says.
    Pattern(Pattern),
    /// A function and its arguments.
    Call(Function, Vec<Expression>),
    /// Operators that hold equally tight, worked from left to right.
    Operation(Box<Expression>, Vec<(Operator, Expression)>),
    /// A minus sign before an operand.
    Negation(Box<Expression>),
    /// What few forms use.
    Rare(Box<Rare>),
}

/// Where an expression finds the node that it names, seen from the row in which it is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The node.
    pub node: NodeId,
    /// How many scopes up lies the row that holds both. Where the node is not in that row itself
    /// but in a repeat below it, all its instances there are meant.
    pub up: u32,
}

/// The parts of the language that few forms use.
#[derive(Clone, Debug, PartialEq)]
pub enum Rare {
    /// A function and its arguments.
    Call(RareFunction, Vec<Expression>),
    /// Instances on a way with conditions.
    Instances(Selection),
    /// Choices of a list that fulfil conditions: `instance('list')/root/item[…]/column`.
    Items(Items),
    /// The instances of several expressions.
    Union(Vec<Expression>),
    /// The same as seen from where the whole expression stands, within a condition.
    Current(Expression),
    /// The value that a node keeps, whether it is relevant or not: read by conditions of relevance
    /// that wait for each other.
    Kept(Reference),
    /// `position()`: which of those that a condition is tried on, from 1.
    Place,
    /// `last()`: how many there are.
    Last,
    /// `position(..)`: which of its repeat's rows the first of these is, from 1.
    RowPlace(Selection),
    /// The label of the choice that a condition is tried on.
    ItemLabel,
    /// `jr:choice-name()`: the label of a choice of a select question.
    ChoiceName {
        /// What is stored.
        value: Expression,
        /// The question.
        question: NodeId,
    },
}

/// Instances of a node on a way down, with conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// How many scopes up lies the row in which the way begins.
    pub up: u32,
    /// The way down.
    pub way: Vec<Way>,
    /// What is there. A repeat that the way went into means that row.
    pub node: NodeId,
}

/// One step on a way down.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// Into the rows of a repeat that fulfil all conditions, one condition after the other.
    Rows(NodeId, Vec<Expression>),
    /// No further unless this holds: a condition on what exists but once.
    Only(Expression),
}

/// Choices of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    /// Of which list.
    pub list: ListId,
    /// Which of them.
    pub filter: Filter,
    /// What of each.
    pub what: What,
}

/// What of a choice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The cell of a column, by its place.
    Column(u32),
    /// The label in the language at hand.
    Label,
}

/// Which choices of a list, prepared so that a large list is looked up and not searched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// `column = expression` of the first condition, where the expression does not look at the
    /// choice: an index of the column answers it.
    pub key: Option<(u32, Expression)>,
    /// The conditions, one after the other, each on what the ones before left; the first without
    /// the key's part.
    pub only: Vec<Expression>,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `div`
    Divide,
    /// `mod`
    Remainder,
}

impl Expression {
    /// Calls `visit` with each expression right inside this one.
    pub fn each_inside<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match self {
            Self::Call(_, arguments) => arguments.iter().for_each(visit),
            Self::Operation(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, operand)| visit(operand));
            }
            Self::Negation(inner) => visit(inner),
            Self::Rare(rare) => rare.each_inside(visit),
            Self::Number(_)
            | Self::Text(_)
            | Self::This
            | Self::Node(_)
            | Self::Column(_)
            | Self::Pattern(_) => {}
        }
    }

    /// Whether this expression or any one inside it is as `wanted`.
    pub fn any(&self, wanted: &dyn Fn(&Expression) -> bool) -> bool {
        let mut found = wanted(self);
        self.each_inside(&mut |inner| found = found || inner.any(wanted));
        found
    }
}

impl Rare {
    fn each_inside<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match self {
            Self::Call(_, all) | Self::Union(all) => all.iter().for_each(visit),
            Self::Current(inner) | Self::ChoiceName { value: inner, .. } => visit(inner),
            Self::Instances(selection) | Self::RowPlace(selection) => {
                for way in &selection.way {
                    match way {
                        Way::Rows(_, only) => only.iter().for_each(&mut *visit),
                        Way::Only(only) => visit(only),
                    }
                }
            }
            Self::Items(items) => items.filter.each(visit),
            Self::Kept(_) | Self::Place | Self::Last | Self::ItemLabel => {}
        }
    }
}

impl Filter {
    /// Calls `visit` with each expression of the filter.
    pub fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        self.key.iter().for_each(|(_, value)| visit(value));
        self.only.iter().for_each(visit);
    }
}
