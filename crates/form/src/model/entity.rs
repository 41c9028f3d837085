//! Entities: rows of the township's lists that answers make or change (ODK's entities,
//! specification 2025.1).

use super::{ExpressionId, NodeId};

/// What a form does with one list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// `dataset` or `list_name`: which list.
    pub dataset: String,
    /// The group whose answers are an entity, or the repeat of which each row is one; the root where
    /// the form as a whole is.
    pub node: NodeId,
    /// What is done.
    pub action: EntityAction,
    /// How people call it.
    pub label: Option<ExpressionId>,
    /// `save_to`: the columns, and the questions that they are taken from.
    pub columns: Vec<(String, NodeId)>,
}

/// What is done with an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityAction {
    /// A new one, where this holds.
    Create(Option<ExpressionId>),
    /// The one with this id is changed.
    Update {
        /// `entity_id`
        id: ExpressionId,
        /// Where this holds.
        condition: Option<ExpressionId>,
        /// Where this holds, one is made of that id instead.
        create_if: Option<ExpressionId>,
    },
}
