//! What must be recomputed when something changes, worked out once by the compiler.

use minicbor::{CborLen, Decode, Encode};

use super::{ExpressionId, NodeId};

/// Where a rule stands in [`Graph::rules`]. Rules are numbered in an order in which each comes
/// after everything that it reads, so that one pass in this order settles all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct RuleId(#[n(0)] pub u32);

/// One fact about one node that an expression decides.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct Rule {
    /// Whose fact.
    #[n(0)]
    pub node: NodeId,
    /// Which fact.
    #[n(1)]
    pub kind: RuleKind,
    /// What decides it. None for those that look at the choices or the texts of the node.
    #[n(2)]
    pub expression: Option<ExpressionId>,
}

/// Which fact a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum RuleKind {
    /// Whether the node is asked at all.
    #[n(0)]
    Relevant,
    /// The value.
    #[n(1)]
    Calculation,
    /// Which choices are on offer; an answer that is no longer offered is cleared.
    #[n(2)]
    Choices,
    /// Whether an answer must be given.
    #[n(3)]
    Required,
    /// Whether an answer may be changed.
    #[n(4)]
    ReadOnly,
    /// Whether the answer is good.
    #[n(5)]
    Constraint,
    /// Whether the warning is to be told.
    #[n(6)]
    Warning,
    /// What label, hint and messages say.
    #[n(7)]
    Texts,
    /// How many rows a repeat has.
    #[n(8)]
    Count,
}

/// That a rule reads a node.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Edge {
    /// The rule to work again.
    #[n(0)]
    pub rule: RuleId,
    /// How many scopes up from the node that changed lies the row that both have in common. All
    /// rows of the rule's scope below that row are to be worked again.
    #[n(1)]
    pub up: u32,
}

/// The dependency graph.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode, CborLen)]
pub struct Graph {
    /// In an order in which each comes after all that it reads.
    #[n(0)]
    pub rules: Vec<Rule>,
    /// By node: the rules that read its value, or how many rows it has.
    #[n(1)]
    pub readers: Vec<Vec<Edge>>,
    /// By node: the rules about it, in order.
    #[n(2)]
    pub about: Vec<Vec<RuleId>>,
    /// The rules that read the clock.
    #[n(3)]
    pub timed: Vec<RuleId>,
}
