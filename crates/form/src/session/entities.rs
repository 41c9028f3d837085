//! What answers do to the township's lists (ODK's specification of entities 2025.1).

use super::Session;
use super::view::View;
use crate::expression::Evaluation;
use crate::instance::{InstanceId, RowId};
use crate::model::{Entity, EntityAction, ExpressionId, Form, Kind, ListId};

/// What one filled form does to one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityChange {
    /// Whose answers it is: the path of a group or of a row, as in `m[2]/home` (rows counted from
    /// 1, as [`Answers::values`](crate::Answers::values) counts them); empty for the form as a whole.
    pub at: String,
    /// The list.
    pub dataset: String,
    /// Which entity.
    pub id: String,
    /// What is done with it.
    pub deed: EntityDeed,
    /// How people call it; empty where that is not changed.
    pub label: String,
    /// Columns, and what they are to say. What was not asked is not among them, and stays as it is.
    pub columns: Vec<(String, String)>,
}

/// What is done with an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityDeed {
    /// It is made.
    Create,
    /// It is changed.
    Update(EntityState),
}

/// What was known of an entity when the form was filled in, as far as the form's list of that name
/// says it: by this the keeper of the list tells whether somebody else has changed it since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityState {
    /// `__version`: how often it had been changed.
    pub base_version: Option<String>,
    /// `__trunkVersion`: how often, when it last came from its keeper.
    pub trunk_version: Option<String>,
    /// `__branchId`: which run of changes without its keeper.
    pub branch_id: Option<String>,
}

impl Session {
    /// What the answers as they are now do to entities, in the order of the form. `new_id` gives a
    /// new entity its id, a random UUID as the specification wants it, by what will be
    /// [`EntityChange::at`].
    ///
    /// A session does not draw ids itself: asked twice it must say the same, on the phone and where
    /// answers are recomputed, and whoever keeps the entity knows whether it has one already.
    pub fn entities(&self, new_id: &mut dyn FnMut(&str) -> String) -> Vec<EntityChange> {
        let mut changes = Vec::new();
        for entity in &self.form.entities {
            let holder = self.form.node(entity.node);
            let scope = match holder.kind {
                Kind::Repeat { rows, .. } => rows,
                _ => holder.scope,
            };
            self.table.visit(&self.form, RowId::ROOT, scope, &mut |row| {
                changes.extend(self.change_of(entity, row, new_id));
            });
        }
        changes
    }

    fn change_of(
        &self,
        entity: &Entity,
        row: RowId,
        new_id: &mut dyn FnMut(&str) -> String,
    ) -> Option<EntityChange> {
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
        let at = self.path(here);
        let (id, deed) = match &entity.action {
            EntityAction::Create(condition) => {
                holds(condition).then(|| (new_id(&at), EntityDeed::Create))?
            }
            // Authors may make the id themselves: `coalesce(${who}, once(uuid()))`.
            EntityAction::Update { id, create_if: Some(create), .. } if holds(&Some(*create)) => {
                let id = Some(text(*id)).filter(|id| !id.is_empty());
                (id.unwrap_or_else(|| new_id(&at)), EntityDeed::Create)
            }
            EntityAction::Update { id, condition, .. } => {
                let id = holds(condition).then(|| text(*id))?;
                let state = self.state_of(&entity.dataset, &id);
                (id, EntityDeed::Update(state))
            }
        };
        let columns = entity.columns.iter().filter_map(|(name, node)| {
            let answer = InstanceId { row, node: *node };
            self.is_relevant(answer).then(|| (name.clone(), self.value(answer).to_owned()))
        });
        Some(EntityChange {
            at,
            dataset: entity.dataset.clone(),
            id,
            deed,
            label: entity.label.map(text).unwrap_or_default(),
            columns: columns.collect(),
        })
    }

    /// What the list called `dataset` says of an entity's state.
    fn state_of(&self, dataset: &str, id: &str) -> EntityState {
        let place = self.form.lists.iter().position(|list| list.name == dataset);
        let Some(list) = place.map(|place| ListId(place as u32)) else {
            return EntityState::default();
        };
        let own = self.form.list(list);
        let found = own
            .column("name")
            .and_then(|names| self.lookup.choices(&self.form, list, names, id).first().copied());
        let cell = |column: &str| {
            let cell = own.cell(own.column(column)?, found?);
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        EntityState {
            base_version: cell("__version"),
            trunk_version: cell("__trunkVersion"),
            branch_id: cell("__branchId"),
        }
    }

    /// The path of a group or a row; of the form as a whole nothing.
    fn path(&self, at: InstanceId) -> String {
        let (above, step) = match self.table.whole(&self.form, at) {
            _ if at.node == Form::ROOT => return String::new(),
            Some(repeat) => {
                let rows = self.rows(repeat);
                let place = rows.iter().take_while(|row| **row != at).count();
                (self.parent(repeat), format!("[{}]", place + 1))
            }
            None => (self.parent(at), String::new()),
        };
        let above = above.map(|above| self.path(above)).unwrap_or_default();
        let slash = if above.is_empty() { "" } else { "/" };
        format!("{above}{slash}{}{step}", self.form.node(at.node).name)
    }
}
