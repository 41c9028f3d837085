//! A definition's declarations as a tree of nodes with paths: what `${name}` is looked up in.

use std::collections::HashMap;

use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::Recording;

/// Where a declaration stands in an [`Outline`].
pub(crate) type Id = usize;

/// All declarations of a definition, in document order.
pub(crate) struct Outline<'d> {
    /// The name of the primary instance's root element.
    pub(crate) root: &'d str,
    /// The top level.
    pub(crate) top: Vec<Id>,
    spots: Vec<Spot<'d>>,
    names: HashMap<&'d str, Id>,
}

struct Spot<'d> {
    declaration: &'d Declaration,
    parent: Option<Id>,
    children: Vec<Id>,
    path: String,
    count: Option<String>,
}

impl<'d> Outline<'d> {
    pub(crate) fn of(definition: &'d Definition) -> Self {
        let root = if definition.root.is_empty() { "data" } else { &definition.root };
        let mut outline = Self { root, top: Vec::new(), spots: Vec::new(), names: HashMap::new() };
        outline.top = outline.add_all(&definition.declarations, None);
        for id in outline.ids() {
            outline.spots[id].count = outline.count_name(id);
        }
        outline
    }

    fn add_all(&mut self, declarations: &'d [Declaration], parent: Option<Id>) -> Vec<Id> {
        let mut added = Vec::new();
        for declaration in declarations {
            let id = self.spots.len();
            let path = match declaration.kind {
                // Where clients look for it (specification, section "Client Audit Logs").
                DeclaredKind::Recorded(Recording::Audit) => format!("/{}/meta/audit", self.root),
                _ => format!("{}/{}", self.path_above(parent), declaration.name),
            };
            let spot = Spot { declaration, parent, children: Vec::new(), path, count: None };
            self.spots.push(spot);
            self.names.entry(&declaration.name).or_insert(id);
            self.spots[id].children = self.add_all(&declaration.children, Some(id));
            added.push(id);
        }
        added
    }

    fn path_above(&self, parent: Option<Id>) -> String {
        parent.map_or_else(|| format!("/{}", self.root), |parent| self.spots[parent].path.clone())
    }

    /// As pyxform does: a count that is no reference is worked out by a node of its own.
    fn count_name(&self, id: Id) -> Option<String> {
        let DeclaredKind::Repeat { count: Some(count), .. } = &self.declaration(id).kind else {
            return None;
        };
        if super::expression::is_reference(count) {
            return None;
        }
        let siblings =
            self.spots[id].parent.map_or(&self.top, |parent| &self.spots[parent].children);
        let is_taken = |name: &str| siblings.iter().any(|one| self.declaration(*one).name == name);
        let plain = format!("{}_count", self.declaration(id).name);
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        std::iter::once(plain.clone()).chain(numbered).find(|name| !is_taken(name))
    }

    /// All nodes in document order.
    pub(crate) fn ids(&self) -> std::ops::Range<Id> {
        0..self.spots.len()
    }

    pub(crate) fn declaration(&self, id: Id) -> &'d Declaration {
        self.spots[id].declaration
    }

    pub(crate) fn children(&self, id: Id) -> &[Id] {
        &self.spots[id].children
    }

    /// The absolute path.
    pub(crate) fn path(&self, id: Id) -> &str {
        &self.spots[id].path
    }

    /// The name of the node beside a repeat that works out how many rows it has.
    pub(crate) fn count(&self, id: Id) -> Option<&str> {
        self.spots[id].count.as_deref()
    }

    /// The path of what stands beside a node.
    pub(crate) fn beside(&self, id: Id, name: &str) -> String {
        format!("{}/{name}", self.path_above(self.spots[id].parent))
    }

    pub(crate) fn named(&self, name: &str) -> Option<Id> {
        self.names.get(name).copied()
    }

    /// The groups and repeats around a node, the innermost first.
    pub(crate) fn around(&self, id: Id) -> Vec<Id> {
        std::iter::successors(self.spots[id].parent, |id| self.spots[*id].parent).collect()
    }

    /// The innermost repeat around a node.
    pub(crate) fn repeat(&self, id: Id) -> Option<Id> {
        self.around(id).into_iter().find(|id| self.is_repeat(*id))
    }

    pub(crate) fn is_repeat(&self, id: Id) -> bool {
        matches!(self.declaration(id).kind, DeclaredKind::Repeat { .. })
    }

    /// The node that `${name}` or a path about `id` means.
    pub(crate) fn find(&self, source: &str, id: Option<Id>) -> Option<Id> {
        let source = source.trim();
        if let Some(name) = source.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
            return self.named(name.trim());
        }
        let steps: Vec<&str> = source.split('/').map(str::trim).collect();
        let (mut at, steps) = match steps.split_first() {
            Some((&"", rest)) => (None, rest.split_first().map_or(rest, |(_, rest)| rest)),
            _ => (id, &steps[..]),
        };
        for step in steps {
            at = match *step {
                "" | "." => at,
                ".." => self.spots[at?].parent,
                name => Some(self.child(at, name)?),
            };
        }
        at
    }

    fn child(&self, parent: Option<Id>, name: &str) -> Option<Id> {
        let children = parent.map_or(&self.top, |parent| &self.spots[parent].children);
        children.iter().copied().find(|id| self.declaration(*id).name == name)
    }
}
