//! What becomes of answers in the township's lists.

use super::{Compiler, FaultKind, Place, Sheet};
use crate::definition::{Declaration, Definition, EntityDefinition};
use crate::model::{Entity, EntityAction, Form, Kind, NodeId};

impl Compiler<'_> {
    pub(super) fn entities(&mut self, definition: &Definition) {
        let mut saved = Vec::new();
        collect(&definition.declarations, &mut NodeId(0), &mut saved);
        for entity in &definition.entities {
            let compiled = self.entity(entity, &saved);
            self.form.entities.extend(compiled);
        }
        if let (Some((_, node)), true) = (saved.first(), self.form.entities.is_empty()) {
            let row = self.row(*node);
            let place = Place { sheet: Sheet::Survey, row, column: "save_to" };
            if definition.entities.is_empty() {
                self.fault(place, FaultKind::NoEntity);
            }
        }
    }

    fn entity(&mut self, d: &EntityDefinition, saved: &[(String, NodeId)]) -> Option<Entity> {
        let at = |column| Place { sheet: Sheet::Entities, row: Some(d.row), column };
        let node = match &d.repeat {
            None => Form::ROOT,
            Some(repeat) => self.node_named(repeat, Form::ROOT, at("repeat"))?,
        };
        // Seen from inside the repeat's rows: from any node in it.
        let inside = match self.form.node(node).children.first() {
            Some(child) if node != Form::ROOT => *child,
            _ => node,
        };
        let mut expression = |source: &Option<String>, column| {
            source.as_deref().and_then(|source| self.expression(source, inside, at(column)))
        };
        let create_if = expression(&d.create_if, "create_if");
        let update_if = expression(&d.update_if, "update_if");
        let label = expression(&d.label, "label");
        let action = match expression(&d.id, "entity_id") {
            None => EntityAction::Create(create_if),
            Some(id) => EntityAction::Update { id, condition: update_if, create_if },
        };
        let is_own = |saved: &NodeId| self.entity_of(*saved) == node;
        let own = saved.iter().filter(|(_, node)| is_own(node));
        let columns = own.filter_map(|(column, node)| match column.split_once('#') {
            Some((dataset, column)) if dataset == d.dataset => Some((column.to_owned(), *node)),
            Some(_) => None,
            None => Some((column.clone(), *node)),
        });
        let columns = columns.collect();
        Some(Entity { dataset: d.dataset.clone(), node, action, label, columns })
    }

    /// The repeat that a node is in, or the root.
    fn entity_of(&self, node: NodeId) -> NodeId {
        let mut at = node;
        while let Some(parent) = self.form.node(at).parent {
            if matches!(self.form.node(parent).kind, Kind::Repeat { .. }) {
                return parent;
            }
            at = parent;
        }
        Form::ROOT
    }
}

/// The questions with a `save_to`, by their nodes.
fn collect(declarations: &[Declaration], last: &mut NodeId, saved: &mut Vec<(String, NodeId)>) {
    for declaration in declarations {
        *last = NodeId(last.0 + 1);
        saved.extend(declaration.save_to.iter().map(|column| (column.clone(), *last)));
        collect(&declaration.children, last, saved);
    }
}
