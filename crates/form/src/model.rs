//! A compiled form: what phones load and servers check against.
//!
//! Everything is in arenas and refers to everything else by index. The encoding is CBOR
//! (RFC 8949) with numbered fields, so that an older reader skips what it does not know.

use minicbor::{CborLen, Decode, Encode};

use crate::expression::Expression;

mod choice;
mod graph;
mod node;
mod text;

pub use choice::{Choice, ChoiceFilter, ChoiceList, ChoiceSource, ListId};
pub use graph::{Edge, Graph, Rule, RuleId, RuleKind};
pub use node::{Bounds, Initial, Kind, Node, NodeId, Question, ScopeId, TextKind};
pub use text::{Language, Piece, Text};

/// The number of the encoding of [`Form`]. A reader that does not know it asks for a newer app.
pub const FORMAT: u16 = 1;

/// Where an expression stands in [`Form::expressions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct ExpressionId(#[n(0)] pub u32);

/// A compiled form.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct Form {
    /// [`FORMAT`] when this was written.
    #[n(0)]
    pub format: u16,
    /// `form_id` of the settings sheet: what the form is called by machines.
    #[n(1)]
    pub id: String,
    /// `version` of the settings sheet; answers name it, and it stays servable for ever.
    #[n(2)]
    pub version: String,
    /// `form_title`: what the form is called by people.
    #[n(3)]
    pub title: Text,
    /// The languages of its texts; the first is the default. Never empty.
    #[n(4)]
    pub languages: Vec<Language>,
    /// All nodes in the order of the spreadsheet's rows; the first is the root group.
    #[n(5)]
    pub nodes: Vec<Node>,
    /// The choice lists.
    #[n(6)]
    pub lists: Vec<ChoiceList>,
    /// All expressions, referred to by nodes and texts.
    #[n(7)]
    pub expressions: Vec<Expression>,
    /// What must be recomputed when something changes.
    #[n(8)]
    pub graph: Graph,
    /// How one filled form is called in lists, for example 「医保参保 · 王秀兰一户」.
    #[n(9)]
    pub instance_name: Option<ExpressionId>,
    /// How many scopes there are: the root's and one for each repeat.
    #[n(10)]
    pub scopes: Vec<Scope>,
}

/// The nodes that exist once for each row of a repeat (or once for the whole form).
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub struct Scope {
    /// The repeat, or the root group.
    #[n(0)]
    pub node: NodeId,
    /// The scope that this one is nested in; none for the root.
    #[n(1)]
    pub parent: Option<ScopeId>,
    /// The nodes of the scope in document order; [`Node::slot`] is the place in this list.
    #[n(2)]
    pub nodes: Vec<NodeId>,
}

impl Form {
    /// The group that holds everything.
    pub const ROOT: NodeId = NodeId(0);

    /// The node at `id`.
    ///
    /// # Panics
    /// When `id` is of another form.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The expression at `id`.
    ///
    /// # Panics
    /// When `id` is of another form.
    pub fn expression(&self, id: ExpressionId) -> &Expression {
        &self.expressions[id.0 as usize]
    }

    /// The list at `id`.
    ///
    /// # Panics
    /// When `id` is of another form.
    pub fn list(&self, id: ListId) -> &ChoiceList {
        &self.lists[id.0 as usize]
    }

    /// The first node called `name`, in document order.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.ids().find(|id| self.node(*id).name == name)
    }

    /// All nodes in document order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The names from the root to `id`, joined by `/`, as in `/m/m_name`.
    pub fn path(&self, id: NodeId) -> String {
        let node = self.node(id);
        match node.parent {
            None => String::new(),
            Some(parent) => format!("{}/{}", self.path(parent), node.name),
        }
    }

    /// Writes the form as phones load it.
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`Form::to_bytes`] wrote.
    ///
    /// # Errors
    /// When `bytes` are not a form, or one in a format that this reader does not know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableForm> {
        let form: Self = minicbor::decode(bytes).map_err(|_| UnreadableForm::Damaged)?;
        if form.format != FORMAT {
            return Err(UnreadableForm::Format(form.format));
        }
        Ok(form)
    }
}

/// Why bytes could not be read as a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableForm {
    /// The bytes are not a form at all: load it again.
    #[error("表单文件损坏，请连网重新下载")]
    Damaged,
    /// Written by a version of this program that numbers its format differently: update.
    #[error("表单是另一个版本的程序写的（格式 {0}），请连网更新")]
    Format(u16),
}
