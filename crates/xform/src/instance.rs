//! Answers as an XForms instance, as ODK Central takes it, and back (specification, sections
//! "Primary Instance" and "Metadata"; OpenRosa's form submission; entities as their specification
//! 2025.1 has them).

use form::answers::Answers;
use form::model::{Form, Kind, NodeId};
use form::{EntityChange, model::Entity};

mod entity;
mod read;
mod write;

pub use read::read_instance;
pub use write::write_instance;

/// What an instance says of itself, besides its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The name of the root element: [`Definition::root`](form::definition::Definition::root).
    pub root: String,
    /// `instanceID`: which filled form this is, as in `uuid:…`.
    pub instance_id: Option<String>,
    /// `instanceName`: how people call it.
    pub instance_name: Option<String>,
    /// `deprecatedID`: which one it takes the place of.
    pub deprecated_id: Option<String>,
}

/// An instance that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The id of the form that was filled in.
    pub form: String,
    /// Its version.
    pub version: String,
    /// What the instance says of itself.
    pub meta: Meta,
    /// The answers.
    pub answers: Answers,
    /// What they do to entities.
    pub entities: Vec<EntityChange>,
}

impl Meta {
    fn names(&self) -> [(&'static str, &Option<String>); 3] {
        [
            ("instanceID", &self.instance_id),
            ("instanceName", &self.instance_name),
            ("deprecatedID", &self.deprecated_id),
        ]
    }
}

/// The node called `name` in the group or row at `node`.
fn found(form: &Form, node: Option<NodeId>, name: &str) -> Option<NodeId> {
    form.node(node?).children.iter().copied().find(|id| form.node(*id).name == name)
}

fn holds_rows(form: &Form, id: NodeId) -> bool {
    matches!(form.node(id).kind, Kind::Repeat { .. })
}

/// The path of what stands at `name` in the group or row at `above`.
fn below(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") }
}

/// The names from the holder of an entity down to one of its columns.
fn way<'f>(form: &'f Form, entity: &Entity, column: NodeId) -> Vec<&'f str> {
    let up = std::iter::successors(Some(column), |id| form.node(*id).parent);
    let mut names: Vec<_> =
        up.take_while(|id| *id != entity.node).map(|id| form.node(id).name.as_str()).collect();
    names.reverse();
    names
}
