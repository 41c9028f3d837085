//! Scopes: which rows hold which.

use crate::model::{Form, Kind, NodeId, ScopeId};

/// The scope inside a node: of a repeat that of its rows.
pub(super) fn inner_scope(form: &Form, node: NodeId) -> ScopeId {
    match form.node(node).kind {
        Kind::Repeat { rows, .. } => rows,
        _ => form.node(node).scope,
    }
}

/// The scopes from below the root down to `scope`.
pub(super) fn scopes_from_root(form: &Form, scope: ScopeId) -> Vec<ScopeId> {
    let mut scopes = Vec::new();
    let mut at = Some(scope);
    while let Some(scope) = at.filter(|scope| *scope != ScopeId(0)) {
        scopes.insert(0, scope);
        at = form.scopes[scope.0 as usize].parent;
    }
    scopes
}

/// How many scopes lie above `scope`.
pub(super) fn depth(form: &Form, scope: ScopeId) -> u32 {
    form.scopes[scope.0 as usize].parent.map_or(0, |parent| 1 + depth(form, parent))
}

/// The depth of the deepest scope that holds both.
pub(super) fn common_depth(form: &Form, one: ScopeId, other: ScopeId) -> u32 {
    let (mut one, mut other) = (one, other);
    while one != other {
        if depth(form, one) >= depth(form, other) {
            one = form.scopes[one.0 as usize].parent.unwrap_or_default();
        } else {
            other = form.scopes[other.0 as usize].parent.unwrap_or_default();
        }
    }
    depth(form, one)
}
