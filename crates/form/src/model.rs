//! A compiled form: what phones load and servers check against.
//!
//! Everything is in arenas and refers to everything else by index. The encoding (`packed`) is as
//! small as it gets and knows nothing of older and newer: [`FORMAT`] tells them apart, and the
//! spreadsheet, which is kept, can always be compiled again (`docs/decisions/0002-cbor.md`).

use crate::expression::{Expression, Filter};

mod choice;
mod crop;
mod entity;
mod graph;
mod node;
mod packed;
mod text;

pub use choice::{Cells, ChoiceList, ChoiceSource, ChoicesFrom, Column, FilterId, ListId, Shuffle};
pub use crop::{Crop, NoCrop};
pub use entity::{Entity, EntityAction};
pub use graph::{Edge, Graph, Rule, RuleId, RuleKind};
pub use node::{
    Bounds, Extras, Initial, Kind, Node, NodeId, Question, Range, Recording, ScopeId, TextKind,
    Trigger,
};
pub use text::{Language, Media, Medium, Piece, Text};

/// The number of the encoding of [`Form`]. A reader that does not know it asks for a newer app.
pub const FORMAT: u32 = 4;

/// Where an expression stands in [`Form::expressions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExpressionId(pub u32);

/// A compiled form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// [`FORMAT`] when this was written. Always the first, so that any reader can tell.
    pub format: u32,
    /// `form_id` of the settings sheet: what the form is called by machines.
    pub id: String,
    /// `version` of the settings sheet; answers name it, and it stays servable for ever.
    pub version: String,
    /// `form_title`: what the form is called by people.
    pub title: Text,
    /// The languages of its texts; the first is the default. Never empty.
    pub languages: Vec<Language>,
    /// All nodes in the order of the spreadsheet's rows; the first is the root group.
    pub nodes: Vec<Node>,
    /// The choice lists.
    pub lists: Vec<ChoiceList>,
    /// All expressions, referred to by nodes and texts.
    pub expressions: Vec<Expression>,
    /// What narrows lists, referred to by questions.
    pub filters: Vec<Filter>,
    /// What must be recomputed when something changes.
    pub graph: Graph,
    /// How one filled form is called in lists, for example 「医保参保 · 王秀兰一户」.
    pub instance_name: Option<ExpressionId>,
    /// The root's and one for each repeat.
    pub scopes: Vec<Scope>,
    /// What becomes of the answers in the township's lists.
    pub entities: Vec<Entity>,
    /// Texts that expressions call by an id (`jr:itext`).
    pub texts: Vec<(String, Text)>,
    /// Whether an expression needs [`library`](crate::expression::library).
    pub needs_library: bool,
}

/// The nodes that exist once for each row of a repeat (or once for the whole form).
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The repeat, or the root group.
    pub node: NodeId,
    /// The scope that this one is nested in; none for the root.
    pub parent: Option<ScopeId>,
    /// The nodes of the scope in document order; [`Node::slot`] is the place in this list.
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

    /// The filter at `id`.
    ///
    /// # Panics
    /// When `id` is of another form.
    pub fn filter(&self, id: FilterId) -> &Filter {
        &self.filters[id.0 as usize]
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
        crate::packed::write(self)
    }

    /// Reads what [`Form::to_bytes`] wrote.
    ///
    /// # Errors
    /// When `bytes` are not a form, or one in a format that this reader does not know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableForm> {
        match crate::packed::read_first(bytes) {
            Some(format) if format == FORMAT => {
                crate::packed::read(bytes).ok_or(UnreadableForm::Damaged)
            }
            Some(format) => Err(UnreadableForm::Format(format)),
            None => Err(UnreadableForm::Damaged),
        }
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
    Format(u32),
}
