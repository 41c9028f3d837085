//! Which question of one version of a form is which of another.
//!
//! The author's name is what a question is known by. It is looked for where it stood, and then
//! anywhere, if only one thing bears it in either version: two that are called `name`, one of the
//! applicant and one of the child, are never taken for each other.

use crate::model::{Form, Kind, Node, NodeId};

/// By node of the old version: the node of the new one.
pub(super) struct Homes(Vec<Option<NodeId>>);

impl Homes {
    pub(super) fn find(old: &Form, new: &Form) -> Self {
        let mut finder = Finder {
            old,
            new,
            homes: vec![None; old.nodes.len()],
            taken: vec![false; new.nodes.len()],
        };
        finder.settle(Form::ROOT, Form::ROOT);
        finder.look_around();
        // A list with another name is known by what is asked in it; then the rest of it is, too.
        finder.look_into_lists();
        finder.look_around();
        Self(finder.homes)
    }

    pub(super) fn of(&self, node: NodeId) -> Option<NodeId> {
        self.0[node.0 as usize]
    }
}

struct Finder<'f> {
    old: &'f Form,
    new: &'f Form,
    homes: Vec<Option<NodeId>>,
    /// By node of the new version: whether it is a home.
    taken: Vec<bool>,
}

impl Finder<'_> {
    fn home(&self, node: NodeId) -> Option<NodeId> {
        self.homes[node.0 as usize]
    }

    fn settle(&mut self, node: NodeId, home: NodeId) {
        if self.home(node).is_none() && !self.taken[home.0 as usize] {
            self.homes[node.0 as usize] = Some(home);
            self.taken[home.0 as usize] = true;
        }
    }

    /// What holds a node comes before it in the document.
    fn look_around(&mut self) {
        for id in self.old.ids().filter(|id| is_wanted(self.old.node(*id))) {
            if let Some(home) = self.beside(id).or_else(|| self.anywhere(id)) {
                self.settle(id, home);
            }
        }
    }

    /// Where it stood: in the home of what held it.
    fn beside(&self, id: NodeId) -> Option<NodeId> {
        let holder = self.new.node(self.home(self.old.node(id).parent?)?);
        let name = &self.old.node(id).name;
        let is_it = |child: &NodeId| {
            self.new.node(*child).name == *name && is_wanted(self.new.node(*child))
        };
        holder.children.iter().copied().find(is_it)
    }

    fn anywhere(&self, id: NodeId) -> Option<NodeId> {
        let name = &self.old.node(id).name;
        lone(self.old, name).and_then(|_| lone(self.new, name))
    }

    fn look_into_lists(&mut self) {
        for scope in self.old.scopes.iter().filter(|scope| scope.parent.is_some()) {
            let inside = scope.nodes.iter().filter_map(|node| self.home(*node));
            let lists =
                inside.map(|home| self.new.scopes[self.new.node(home).scope.0 as usize].node);
            let list = lists.into_iter().find(|list| *list != Form::ROOT);
            if let Some(list) = list {
                self.settle(scope.node, list);
            }
        }
    }
}

/// Notes hold nothing that could be carried.
fn is_wanted(node: &Node) -> bool {
    node.kind != Kind::Note
}

/// The only thing that bears a name.
fn lone(form: &Form, name: &str) -> Option<NodeId> {
    let is_it = |id: &NodeId| form.node(*id).name == name && is_wanted(form.node(*id));
    let mut found = form.ids().filter(is_it);
    found.next().filter(|_| found.next().is_none())
}
