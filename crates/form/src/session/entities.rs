//! What answers do to the township's lists (entities).

use super::Session;
use super::view::View;
use crate::expression::Evaluation;
use crate::instance::{InstanceId, RowId};
use crate::model::{Entity, EntityAction, ExpressionId, Form, Kind};

/// What one filled form does to one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityChange {
    /// The list.
    pub dataset: String,
    /// Which entity; none for a new one, which gets its id where it is kept.
    pub id: Option<String>,
    /// How people call it; empty where that is not changed.
    pub label: String,
    /// Columns, and what they are to say.
    pub columns: Vec<(String, String)>,
}

impl Session {
    /// What the answers as they are now do to entities.
    pub fn entities(&self) -> Vec<EntityChange> {
        let form = self.form();
        form.entities.iter().flat_map(|entity| self.changes_of(entity)).collect()
    }

    fn changes_of(&self, entity: &Entity) -> Vec<EntityChange> {
        let mut rows = Vec::new();
        let holder = self.form.node(entity.node);
        let scope = match holder.kind {
            Kind::Repeat { rows, .. } => rows,
            _ => holder.scope,
        };
        self.table.visit(&self.form, RowId::ROOT, scope, &mut |row| rows.push(row));
        rows.into_iter().filter_map(|row| self.change_of(entity, row)).collect()
    }

    fn change_of(&self, entity: &Entity, row: RowId) -> Option<EntityChange> {
        let here = InstanceId { row, node: entity.node };
        if entity.node != Form::ROOT && !self.is_relevant(here) {
            return None;
        }
        let view = View(self);
        let evaluation = Evaluation::new(&view, row, "");
        let holds = |condition: &Option<ExpressionId>| {
            condition.is_none_or(|id| evaluation.truth(self.form.expression(id)))
        };
        let text = |id: ExpressionId| evaluation.text(self.form.expression(id)).into_owned();
        let id = match &entity.action {
            EntityAction::Create(condition) => holds(condition).then_some(None)?,
            EntityAction::Update { create_if: Some(create), .. } if holds(&Some(*create)) => None,
            EntityAction::Update { id, condition, .. } => {
                holds(condition).then(|| Some(text(*id)))?
            }
        };
        let value = |at: InstanceId| match self.is_relevant(at) {
            true => self.value(at).to_owned(),
            false => String::new(),
        };
        let columns = entity
            .columns
            .iter()
            .map(|(name, node)| (name.clone(), value(InstanceId { row, node: *node })));
        Some(EntityChange {
            dataset: entity.dataset.clone(),
            id,
            label: entity.label.map(text).unwrap_or_default(),
            columns: columns.collect(),
        })
    }
}
