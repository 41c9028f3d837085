//! Instances: a node in a row.

use crate::model::NodeId;

/// Which row of which scope. Stays the same while a session lasts; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub(crate) u32);

impl RowId {
    /// The row of the root's scope.
    pub(crate) const ROOT: Self = Self(0);
}

/// One instance of one node: the node, in a row of its scope (or, for the group that a repeat's
/// row is, the repeat's node in that very row).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId {
    /// The row.
    pub row: RowId,
    /// The node.
    pub node: NodeId,
}
