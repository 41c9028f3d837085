//! Rows: where instances are, and how rows come and go.

use super::rules::{Deed, Pending, Work};
use super::table::MOST_ROOM;
use super::{Change, Fact, Refusal, Session};
use crate::instance::{InstanceId, RowId};
use crate::model::{Form, Initial, Kind, NodeId};

impl Session {
    /// The group that holds everything.
    pub fn root(&self) -> InstanceId {
        InstanceId { row: RowId::ROOT, node: Form::ROOT }
    }

    /// What a group, or one row of a repeat, holds, in order; relevant or not. A repeat among it
    /// appears once: [`Session::rows`] tells its rows.
    pub fn children(&self, at: InstanceId) -> Vec<InstanceId> {
        let is_whole_repeat = matches!(self.form.node(at.node).kind, Kind::Repeat { .. })
            && self.table.cell(&self.form, at).is_some();
        if is_whole_repeat {
            return Vec::new();
        }
        self.form
            .node(at.node)
            .children
            .iter()
            .map(|node| InstanceId { row: at.row, node: *node })
            .collect()
    }

    /// The rows of a repeat, in order. Their [`Session::children`] are the questions.
    pub fn rows(&self, repeat: InstanceId) -> Vec<InstanceId> {
        let rows = self.table.cell(&self.form, repeat).map_or(&[][..], |cell| &cell.rows);
        rows.iter().map(|row| InstanceId { row: *row, node: repeat.node }).collect()
    }

    /// Where `node` is in the same row as `near`, or in a row that holds that row. None where
    /// `node` is inside a repeat that does not hold `near`.
    pub fn nearest(&self, near: InstanceId, node: NodeId) -> Option<InstanceId> {
        let scope = self.form.node(node).scope;
        let mut row = near.row;
        while self.table.row(row).scope != scope {
            row = self.table.row(row).parent?;
        }
        Some(InstanceId { row, node })
    }

    /// The group, row or repeat that holds `at`: of a question in a repeat its row, of a row its
    /// repeat.
    pub fn parent(&self, at: InstanceId) -> Option<InstanceId> {
        if let Some(whole) = self.table.whole(&self.form, at) {
            return Some(whole);
        }
        Some(InstanceId { row: at.row, node: self.form.node(at.node).parent? })
    }

    /// Adds a row at the end of a repeat and tells which instance it is.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn add_row(&mut self, repeat: InstanceId) -> Result<(InstanceId, Vec<Change>), Refusal> {
        let Kind::Repeat { bounds, ref count, .. } = self.form.node(repeat.node).kind else {
            return Err(Refusal::NotAQuestion);
        };
        let Some(cell) = self.table.cell(&self.form, repeat) else { return Err(Refusal::Gone) };
        if count.is_some() || bounds.max.is_some_and(|max| cell.rows.len() >= max as usize) {
            return Err(Refusal::Full);
        }
        let mut work = Work::begun(Deed::Answer);
        let row = self.new_row(repeat, &mut work).ok_or(Refusal::Full)?;
        self.pass_on_rows(repeat, &mut work);
        self.furnish(row, &mut work);
        Ok((InstanceId { row, node: repeat.node }, self.settle(work)))
    }

    /// Removes a row of a repeat.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn remove_row(&mut self, row: InstanceId) -> Result<Vec<Change>, Refusal> {
        let Some(repeat) = self.table.whole(&self.form, row) else { return Err(Refusal::Gone) };
        if matches!(self.form.node(row.node).kind, Kind::Repeat { count: Some(_), .. }) {
            return Err(Refusal::Fixed);
        }
        let mut work = Work::begun(Deed::Answer);
        self.touch(repeat, &mut work);
        self.update(repeat, |cell| cell.rows.retain(|own| *own != row.row));
        self.table.remove(row.row);
        self.pass_on_rows(repeat, &mut work);
        Ok(self.settle(work))
    }

    /// Adds or removes rows at the end until there are `wanted`, or no room for more.
    pub(super) fn fit_rows(&mut self, repeat: InstanceId, wanted: usize, work: &mut Work) {
        let there = self.rows(repeat);
        for _ in there.len()..wanted {
            let Some(row) = self.new_row(repeat, work) else { break };
            self.furnish(row, work);
        }
        if there.len() > wanted {
            self.touch(repeat, work);
            self.update(repeat, |cell| cell.rows.truncate(wanted));
            there[wanted..].iter().for_each(|row| self.table.remove(row.row));
        }
        if self.rows(repeat).len() != there.len() {
            self.pass_on_rows(repeat, work);
        }
    }

    /// A new row of a repeat, where there is room; when all are there, [`Session::pass_on_rows`] is
    /// to tell.
    pub(super) fn new_row(&mut self, repeat: InstanceId, work: &mut Work) -> Option<RowId> {
        let form = self.form.clone();
        // Rows that count themselves out may come and go without end.
        work.room += self.table.room_for_row(&form, repeat).filter(|_| work.room < MOST_ROOM)?;
        let row = self.table.open(&form, Some(repeat.row), repeat.node);
        self.touch(repeat, work);
        self.update(repeat, |cell| cell.rows.push(row));
        Some(row)
    }

    /// Passes on that a repeat has other rows: once, however many came or went, because every row
    /// may read how many there are.
    pub(super) fn pass_on_rows(&self, repeat: InstanceId, work: &mut Work) {
        work.note(repeat, Fact::Rows);
        self.push_readers(repeat, work);
    }

    /// Gives a new row its defaults and its own first rows; all its rules wait. What defaults are
    /// computed from is worked out first.
    pub(super) fn furnish(&mut self, row: RowId, work: &mut Work) {
        let form = self.form.clone();
        self.enter(row, work);
        for node in &form.scopes[self.table.row(row).scope.0 as usize].nodes {
            let at = InstanceId { row, node: *node };
            self.give_default(at, work);
            self.give_first_rows(at, work);
        }
    }

    /// Gives what stands at `at` its default, if it has one.
    pub(super) fn give_default(&mut self, at: InstanceId, work: &mut Work) {
        let form = self.form.clone();
        let value = match &form.node(at.node).default {
            None => String::new(),
            Some(Initial::Fixed(value)) => value.clone(),
            Some(Initial::Property(name)) => self.surroundings.property(name).unwrap_or_default(),
            Some(Initial::Computed(_)) => {
                work.later(Pending::Default(at));
                String::new()
            }
        };
        work.quietly(|work| self.set_value(at, &value, work));
    }

    /// Gives a repeat the rows that it begins with.
    pub(super) fn give_first_rows(&mut self, at: InstanceId, work: &mut Work) {
        if let Kind::Repeat { initial, count: None, .. } = self.form.node(at.node).kind {
            self.fit_rows(at, initial as usize, work);
        }
    }

    /// A new row is as relevant, and as fixed, as what holds it; all its rules wait.
    pub(super) fn enter(&mut self, row: RowId, work: &mut Work) {
        let form = self.form.clone();
        for node in &form.scopes[self.table.row(row).scope.0 as usize].nodes {
            self.spread_relevance(&form, InstanceId { row, node: *node }, work);
            self.spread_read_only(&form, InstanceId { row, node: *node }, work);
        }
        self.push_scope(row, work);
    }
}
