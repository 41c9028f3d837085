//! What must be recomputed when something changes, worked out once by the compiler.

use super::{ExpressionId, NodeId};

/// Where a rule stands in [`Graph::rules`]. Rules are numbered in an order in which each comes
/// after everything that it reads, so that one pass in this order settles all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// One fact about one node that an expression decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Whose fact.
    pub node: NodeId,
    /// Which fact.
    pub kind: RuleKind,
    /// What decides it. None for those that look at the choices or the texts of the node.
    pub expression: Option<ExpressionId>,
}

/// Which fact a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// Whether the node is asked at all.
    Relevant,
    /// The value.
    Calculation,
    /// Which choices are on offer; an answer that is no longer offered is cleared.
    Choices,
    /// Whether an answer must be given.
    Required,
    /// Whether an answer may be changed.
    ReadOnly,
    /// Whether the answer is good.
    Constraint,
    /// Whether the warning is to be told.
    Warning,
    /// What label, hint and messages say.
    Texts,
    /// How many rows a repeat has.
    Count,
    /// What the value is set to when a trigger's value changes. Not worked out when the node comes
    /// into being, nor in the order of the others: see [`Trigger`](super::Trigger).
    Trigger,
}

/// That a rule reads a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The rule to work again.
    pub rule: RuleId,
    /// How many scopes up from the node that changed lies the row that both have in common. All
    /// rows of the rule's scope below that row are to be worked again.
    pub up: u32,
}

/// The dependency graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// In an order in which each comes after all that it reads.
    pub rules: Vec<Rule>,
    /// By node: the rules that read its value, or how many rows it has.
    pub readers: Vec<Vec<Edge>>,
    /// By node: the rules about it, in order.
    pub about: Vec<Vec<RuleId>>,
    /// The rules that read the clock.
    pub timed: Vec<RuleId>,
    /// The calculations that draw lots: not worked again when answers are taken up.
    pub random: Vec<RuleId>,
    /// The rules that come to something else in another language.
    pub spoken: Vec<RuleId>,
}
