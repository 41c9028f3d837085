//! The facts, by row and node.

use crate::instance::{InstanceId, RowId};
use crate::model::{Form, Kind, NodeId, ScopeId};

/// More rows of one repeat than anybody fills in; a count beyond is a mistake.
const MOST_ROWS: usize = 10_000;

/// More than all rows together may take: a repeat in a repeat can count out a hundred million.
pub(super) const MOST_ROOM: usize = 1_000_000;

/// What a row takes besides its cells, in cells.
const ROW: usize = 20;

/// All rows, the removed ones too: ids are never used again.
#[derive(Clone, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// What the rows take that are there.
    room: usize,
}

/// A row of a scope.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) scope: ScopeId,
    /// The row that holds the repeat.
    pub(super) parent: Option<RowId>,
    /// By [`Node::slot`](crate::model::Node::slot).
    cells: Vec<Cell>,
    removed: bool,
}

/// The facts about one instance.
#[derive(Clone)]
pub(super) struct Cell {
    pub(super) value: Box<str>,
    /// Its own condition holds.
    pub(super) own_relevant: bool,
    /// Its own condition and those of all around it hold.
    pub(super) relevant: bool,
    pub(super) required: bool,
    /// Its own condition holds.
    pub(super) own_read_only: bool,
    /// Its own condition holds, or that of anything around it.
    pub(super) read_only: bool,
    pub(super) fits: bool,
    pub(super) warns: bool,
    /// What a filter leaves of the list.
    pub(super) choices: Box<[u32]>,
    /// What they are called, a line each, where people fill in the choices themselves: what is stored,
    /// then what people read.
    pub(super) names: Box<str>,
    /// The rows, of a repeat.
    pub(super) rows: Vec<RowId>,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            value: Box::default(),
            own_relevant: true,
            relevant: true,
            required: false,
            own_read_only: false,
            read_only: false,
            fits: true,
            warns: false,
            choices: Box::default(),
            names: Box::default(),
            rows: Vec::new(),
        }
    }
}

impl Table {
    /// A new row, not yet among those of its repeat.
    pub(super) fn open(&mut self, form: &Form, parent: Option<RowId>, node: NodeId) -> RowId {
        let scope = inner_scope(form, node);
        let cells = vec![Cell::default(); form.scopes[scope.0 as usize].nodes.len()];
        self.room += ROW + cells.len();
        self.rows.push(Row { scope, parent, cells, removed: false });
        RowId(self.rows.len() as u32 - 1)
    }

    /// What a row of a repeat takes, where there is room for one more.
    pub(super) fn room_for_row(&self, form: &Form, repeat: InstanceId) -> Option<usize> {
        let cell = self.cell(form, repeat)?;
        let scope = inner_scope(form, repeat.node);
        let room = ROW + form.scopes[scope.0 as usize].nodes.len();
        (cell.rows.len() < MOST_ROWS && self.room + room <= MOST_ROOM).then_some(room)
    }

    /// What all rows take, in cells.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// The rows that `later` has more are none of this table, and their ids are not used again.
    pub(super) fn never_use_again(&mut self, later: &Self) {
        let more = later.rows.iter().skip(self.rows.len());
        self.rows.extend(more.map(|row| Row { cells: Vec::new(), removed: true, ..*row }));
    }

    /// How many rows there ever were.
    pub(super) fn length(&self) -> usize {
        self.rows.len()
    }

    /// More steps than it takes when every row reads every other.
    pub(super) fn most_steps(&self, form: &Form) -> usize {
        let rows = self.rows.len() + 8;
        rows.saturating_mul(rows).saturating_mul(form.graph.rules.len() + 1)
    }

    pub(super) fn row(&self, id: RowId) -> &Row {
        &self.rows[id.0 as usize]
    }

    /// The facts about `at`; none where its row was removed, or where `at` is a repeat's row,
    /// which has no facts of its own.
    pub(super) fn cell(&self, form: &Form, at: InstanceId) -> Option<&Cell> {
        let row = self.rows.get(at.row.0 as usize).filter(|row| !row.removed)?;
        let node = form.node(at.node);
        (node.scope == row.scope).then(|| &row.cells[node.slot as usize])
    }

    pub(super) fn cell_mut(&mut self, form: &Form, at: InstanceId) -> Option<&mut Cell> {
        let row = self.rows.get_mut(at.row.0 as usize).filter(|row| !row.removed)?;
        let node = form.node(at.node);
        (node.scope == row.scope).then(|| &mut row.cells[node.slot as usize])
    }

    /// Whether `at` is relevant; a repeat's row is when its repeat is.
    pub(super) fn is_relevant(&self, form: &Form, at: InstanceId) -> bool {
        match self.cell(form, at) {
            Some(cell) => cell.relevant,
            None => self.whole(form, at).is_some_and(|whole| self.is_relevant(form, whole)),
        }
    }

    /// The repeat of which `at` is a row.
    pub(super) fn whole(&self, form: &Form, at: InstanceId) -> Option<InstanceId> {
        let row = self.rows.get(at.row.0 as usize).filter(|row| !row.removed)?;
        let is_row = form.scopes[row.scope.0 as usize].node == at.node;
        Some(InstanceId { row: row.parent?, node: at.node }).filter(|_| is_row)
    }

    /// Takes a row and all below it away.
    pub(super) fn remove(&mut self, id: RowId) {
        let row = &mut self.rows[id.0 as usize];
        row.removed = true;
        let cells = core::mem::take(&mut row.cells);
        self.room -= ROW + cells.len();
        cells.iter().flat_map(|cell| &cell.rows).for_each(|inner| self.remove(*inner));
    }

    /// The row that lies `up` scopes above.
    pub(super) fn above(&self, row: RowId, up: u32) -> RowId {
        (0..up).fold(row, |row, _| self.row(row).parent.unwrap_or(RowId::ROOT))
    }

    /// Calls `visit` with every row of `scope` that is `row` or below it, in order.
    pub(super) fn visit(
        &self,
        form: &Form,
        row: RowId,
        scope: ScopeId,
        visit: &mut dyn FnMut(RowId),
    ) {
        let own = self.row(row).scope;
        if own == scope {
            return visit(row);
        }
        let Some(repeat) = towards(form, own, scope) else { return };
        let node = form.node(repeat);
        // A row that was removed has none any more.
        let cell = self.row(row).cells.get(node.slot as usize);
        for inner in cell.into_iter().flat_map(|cell| &cell.rows) {
            self.visit(form, *inner, scope, visit);
        }
    }
}

/// The scope of what a node holds.
fn inner_scope(form: &Form, node: NodeId) -> ScopeId {
    match form.node(node).kind {
        Kind::Repeat { rows, .. } => rows,
        _ => form.node(node).scope,
    }
}

/// The repeat in `from` through which `to` is reached.
pub(super) fn towards(form: &Form, from: ScopeId, to: ScopeId) -> Option<NodeId> {
    let mut scope = to;
    loop {
        let own = &form.scopes[scope.0 as usize];
        match own.parent? {
            parent if parent == from => return Some(own.node),
            parent => scope = parent,
        }
    }
}
