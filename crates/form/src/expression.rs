//! The expression language of XLSForm and ODK XForms: a dialect of XPath 1.0.
//!
//! Text is cut into tokens ([`lexer`]), parsed by precedence ([`parser`]) and resolved by the
//! compiler against the names of a form. What remains is an [`Expression`]: a small tree that
//! needs no names any more, which phones load and [`evaluate`].
//!
//! Specification: <https://getodk.github.io/xforms-spec/#xpath-evaluator>. Where the two reference
//! engines disagree, `docs/decisions/` tells which one is followed.

use serde::{Deserialize, Serialize};

use crate::model::NodeId;

pub mod date;
pub mod decimal;
pub mod evaluate;
pub mod function;
#[cfg(feature = "compile")]
pub mod lexer;
#[cfg(feature = "compile")]
pub mod parser;
pub mod pattern;

pub use evaluate::{Evaluation, Facts, Outcome};
pub use function::Function;
pub use pattern::Pattern;
#[cfg(feature = "compile")]
pub(crate) use pattern::Step;

/// An expression whose names are resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expression {
    /// A number as written.
    Number(f64),
    /// A text in quotation marks.
    Text(String),
    /// `.`: the value of the very node that the expression is about.
    This,
    /// `${name}`: the value of a node, or of all its instances below a common row.
    Node(Reference),
    /// The name of a column of the choices sheet, within a `choice_filter`.
    Column(u32),
    /// What the second argument of `regex()` says.
    Pattern(Pattern),
    /// A function and its arguments.
    Call(Function, Vec<Expression>),
    /// Two operands.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A minus sign before an operand.
    Negation(Box<Expression>),
}

/// Where an expression finds the node that it names, seen from the row in which it is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The node.
    pub node: NodeId,
    /// How many scopes up lies the row that holds both. Where the node is not in that row itself
    /// but in a repeat below it, all its instances there are meant.
    pub up: u32,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Calls `visit` with this expression and every one inside it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        match self {
            Self::Call(_, arguments) => arguments.iter().for_each(|inner| inner.walk(visit)),
            Self::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Negation(inner) => inner.walk(visit),
            Self::Number(_)
            | Self::Text(_)
            | Self::This
            | Self::Node(_)
            | Self::Column(_)
            | Self::Pattern(_) => {}
        }
    }

    /// Every reference to a node, in order.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        self.walk(&mut |expression| {
            if let Self::Node(reference) = expression {
                found.push(*reference);
            }
        });
        found
    }

    /// Whether what it comes to depends on the clock.
    pub fn reads_clock(&self) -> bool {
        let mut reads = false;
        self.walk(&mut |expression| {
            reads |= matches!(expression, Self::Call(Function::Today | Function::Now, _));
        });
        reads
    }
}
