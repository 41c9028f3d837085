//! What becomes of answers in the township's lists (ODK's specification of entities, section
//! "Multiple Entity declarations in a form").

use super::scope::inner_scope;
use super::{Compiler, FaultKind, Place, Sheet};
use crate::definition::{Declaration, Definition, EntityDefinition};
use crate::model::{Entity, EntityAction, Form, Kind, NodeId};

/// A question with a `save_to`.
struct Saved {
    node: NodeId,
    /// The list, where the author names it: `list#column`.
    dataset: Option<String>,
    column: String,
}

impl Compiler<'_> {
    pub(super) fn entities(&mut self, definition: &Definition) {
        for entity in &definition.entities {
            let compiled = self.entity(entity);
            self.form.entities.extend(compiled);
        }
        let mut saved = Vec::new();
        collect(&definition.declarations, &mut NodeId(0), &mut saved);
        let is_any_wrong = self.form.entities.len() < definition.entities.len();
        for saved in saved.into_iter().filter(|_| !is_any_wrong) {
            self.save(saved);
        }
    }

    fn entity(&mut self, d: &EntityDefinition) -> Option<Entity> {
        let at = |column| Place { sheet: Sheet::Entities, row: Some(d.row), column };
        let node = match &d.holder {
            None => Form::ROOT,
            Some(holder) => self.node_named(holder, Form::ROOT, at("repeat"))?,
        };
        if !matches!(self.form.node(node).kind, Kind::Group | Kind::Repeat { .. }) {
            let name = self.form.node(node).name.clone();
            self.fault(at("repeat"), FaultKind::NotAHolder(name));
            return None;
        }
        // Seen from inside the rows: from any node in them.
        let inside = self.form.node(node).children.first().copied().unwrap_or(node);
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
        Some(Entity { dataset: d.dataset.clone(), node, action, label, columns: Vec::new() })
    }

    /// Gives a column to its entity: the one that the author names, or else the nearest around.
    fn save(&mut self, saved: Saved) {
        let Saved { node, dataset, column } = saved;
        let row = self.row(node);
        let place = Place { sheet: Sheet::Survey, row, column: "save_to" };
        let entities = &self.form.entities;
        let found = match &dataset {
            Some(dataset) => entities.iter().position(|entity| entity.dataset == *dataset),
            None => self
                .around(node)
                .find_map(|holder| entities.iter().position(|entity| entity.node == holder)),
        };
        let Some(found) = found else {
            let kind = match dataset {
                Some(dataset) => FaultKind::UnknownEntity(dataset),
                None if entities.is_empty() => FaultKind::NoEntity,
                None => FaultKind::SavedElsewhere(column),
            };
            return self.fault(place, kind);
        };
        let holder = entities[found].node;
        if inner_scope(&self.form, holder) != self.form.node(node).scope {
            return self.fault(place, FaultKind::SavedElsewhere(column));
        }
        self.form.entities[found].columns.push((column, node));
    }

    /// The groups and repeats that a node is in, the innermost first; then the root.
    fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.form.node(node).parent, |id| self.form.node(*id).parent)
    }
}

/// The questions with a `save_to`, by their nodes.
fn collect(declarations: &[Declaration], last: &mut NodeId, all: &mut Vec<Saved>) {
    for declaration in declarations {
        *last = NodeId(last.0 + 1);
        if let Some(save_to) = &declaration.save_to {
            let (dataset, column) = match save_to.split_once('#') {
                Some((dataset, column)) => (Some(dataset.to_owned()), column),
                None => (None, save_to.as_str()),
            };
            all.push(Saved { node: *last, dataset, column: column.to_owned() });
        }
        collect(&declaration.children, last, all);
    }
}
