//! Working out facts, each at most once for a call, in the order of the graph.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::table::Cell;
use super::view::View;
use super::{Change, Fact, InstanceId, Problem, RowId, Session};
use crate::expression::{Evaluation, Expression};
use crate::model::{ChoiceFilter, Form, Kind, Question, RuleId, RuleKind};

/// What is still to be worked out, and what has changed so far.
#[derive(Default)]
pub(super) struct Work {
    waiting: Waiting,
    changes: Vec<Change>,
    /// What was wrong, before, with the instances that were touched.
    problems: FxHashMap<InstanceId, Option<Problem>>,
}

/// Rules that wait, in the order of the graph.
#[derive(Default)]
struct Waiting(BinaryHeap<Reverse<(RuleId, RowId)>>);

impl Waiting {
    fn put(&mut self, rule: RuleId, row: RowId) {
        self.0.push(Reverse((rule, row)));
    }

    /// The first one, and all that are the same.
    fn take(&mut self) -> Option<(RuleId, RowId)> {
        let first = self.0.pop()?;
        while self.0.peek() == Some(&first) {
            self.0.pop();
        }
        Some(first.0)
    }
}

impl Work {
    pub(super) fn note(&mut self, at: InstanceId, fact: Fact) {
        self.changes.push(Change { at, fact });
    }
}

impl Session {
    /// Works until nothing waits, and tells what changed.
    pub(super) fn settle(&mut self, mut work: Work) -> Vec<Change> {
        let form = self.form.clone();
        while let Some((rule, row)) = work.waiting.take() {
            let at = InstanceId { row, node: form.graph.rules[rule.0 as usize].node };
            if self.table.cell(&form, at).is_some() {
                self.apply(&form, rule, at, &mut work);
            }
        }
        for (at, before) in &work.problems {
            if self.problem(*at) != *before {
                work.changes.push(Change { at: *at, fact: Fact::Problem });
            }
        }
        let there = |change: &Change| !self.is_gone(change.at);
        let mut changes: Vec<Change> = work.changes.into_iter().filter(there).collect();
        changes.sort_unstable();
        changes.dedup();
        changes
    }

    fn apply(&mut self, form: &Form, rule: RuleId, at: InstanceId, work: &mut Work) {
        let kind = form.graph.rules[rule.0 as usize].kind;
        if kind == RuleKind::Texts {
            return work.note(at, Fact::Texts);
        }
        let Some(expression) =
            form.graph.rules[rule.0 as usize].expression.map(|id| form.expression(id))
        else {
            return;
        };
        match kind {
            RuleKind::Relevant => {
                let own = self.truth(at, expression);
                self.touch(at, work);
                self.update(at, |cell| cell.own_relevant = own);
                self.spread_relevance(form, at, work);
            }
            RuleKind::Calculation => {
                let value =
                    self.evaluation(at, |evaluation| evaluation.evaluate(expression).into_value());
                self.set_value(at, &value, work);
            }
            RuleKind::Choices => self.offer(form, at, work),
            RuleKind::Count => {
                let wanted = self.evaluation(at, |evaluation| evaluation.number(expression));
                self.fit_rows(at, wanted.max(0.0) as usize, work);
            }
            RuleKind::Required => {
                self.decide(at, expression, Fact::Required, |cell| &mut cell.required, work)
            }
            RuleKind::ReadOnly => {
                self.decide(at, expression, Fact::ReadOnly, |cell| &mut cell.read_only, work)
            }
            RuleKind::Constraint => {
                self.decide(at, expression, Fact::Problem, |cell| &mut cell.fits, work)
            }
            RuleKind::Warning => {
                let holds = self.truth(at, expression);
                self.touch(at, work);
                if self.update(at, |cell| core::mem::replace(&mut cell.warns, !holds) == holds)
                    == Some(true)
                {
                    work.note(at, Fact::Warning);
                }
            }
            RuleKind::Texts => {}
        }
    }

    fn decide(
        &mut self,
        at: InstanceId,
        expression: &Expression,
        fact: Fact,
        place: fn(&mut Cell) -> &mut bool,
        work: &mut Work,
    ) {
        let truth = self.truth(at, expression);
        self.touch(at, work);
        let before = self.update(at, |cell| core::mem::replace(place(cell), truth));
        if before != Some(truth) && fact != Fact::Problem {
            work.note(at, fact);
        }
    }

    /// Sets a value; whatever reads it waits.
    pub(super) fn set_value(&mut self, at: InstanceId, value: &str, work: &mut Work) {
        if self.value(at) == value {
            return;
        }
        self.touch(at, work);
        self.update(at, |cell| cell.value = value.into());
        work.note(at, Fact::Value);
        self.push_readers(at, work);
    }

    /// Passes relevance down: to the instance, to what it holds, and to the rows of repeats.
    pub(super) fn spread_relevance(&mut self, form: &Form, at: InstanceId, work: &mut Work) {
        let around = self.parent(at).is_none_or(|parent| self.is_relevant(parent));
        let Some(cell) = self.table.cell(form, at) else { return };
        let relevant = cell.own_relevant && around;
        if cell.relevant == relevant {
            return;
        }
        let has_value = !cell.value.is_empty();
        self.touch(at, work);
        self.update(at, |cell| cell.relevant = relevant);
        work.note(at, Fact::Relevant);
        let node = form.node(at.node);
        if has_value || matches!(node.kind, Kind::Repeat { .. }) {
            self.push_readers(at, work);
        }
        let rows = match node.kind {
            Kind::Repeat { .. } => self.rows(at),
            _ => vec![at],
        };
        for row in rows {
            work.note(row, Fact::Relevant);
            for inner in self.children(row) {
                self.spread_relevance(form, inner, work);
            }
        }
    }

    /// Which choices are on offer; what is chosen and no longer offered is taken back.
    fn offer(&mut self, form: &Form, at: InstanceId, work: &mut Work) {
        let Kind::Question(question) = &form.node(at.node).kind else { return };
        let Some(source) = question.choices() else { return };
        let Some(filter) = &source.filter else { return };
        let offered: Box<[u32]> = match filter {
            ChoiceFilter::Equals { column, value } => {
                let value =
                    self.evaluation(at, |evaluation| evaluation.text(form.expression(*value)));
                self.lookup.choices(form, source.list, *column, &value)
            }
            ChoiceFilter::Condition(condition) => {
                let condition = form.expression(*condition);
                let choices = form.list(source.list).choices.iter().enumerate();
                let view = View { session: self, row: at.row };
                let holds = |cells: &[String]| {
                    Evaluation { facts: &view, this: self.value(at), cells }.truth(condition)
                };
                choices
                    .filter(|(_, choice)| holds(&choice.cells))
                    .map(|(place, _)| place as u32)
                    .collect()
            }
        };
        if self.table.cell(form, at).is_some_and(|cell| cell.choices == offered) {
            return;
        }
        let names: Vec<&str> = offered
            .iter()
            .map(|place| form.list(source.list).choices[*place as usize].name.as_str())
            .collect();
        let value = self.value(at);
        let still = match question {
            Question::SelectOne(_) => if names.contains(&value) { value } else { "" }.to_owned(),
            _ => value
                .split_whitespace()
                .filter(|name| names.contains(name))
                .collect::<Vec<_>>()
                .join(" "),
        };
        self.touch(at, work);
        self.update(at, |cell| cell.choices = offered);
        work.note(at, Fact::Choices);
        self.set_value(at, &still, work);
    }

    /// Every rule about what is in `row`'s scope waits.
    pub(super) fn push_scope(&self, row: RowId, work: &mut Work) {
        for node in &self.form.scopes[self.table.row(row).scope.0 as usize].nodes {
            for rule in &self.form.graph.about[node.0 as usize] {
                work.waiting.put(*rule, row);
            }
        }
    }

    /// A rule waits in all rows of its scope.
    pub(super) fn push_everywhere(&self, rule: RuleId, work: &mut Work) {
        let scope = self.form.node(self.form.graph.rules[rule.0 as usize].node).scope;
        self.table.visit(&self.form, RowId::ROOT, scope, &mut |row| {
            work.waiting.put(rule, row);
        });
    }

    /// Every rule that reads `at` waits.
    pub(super) fn push_readers(&self, at: InstanceId, work: &mut Work) {
        for edge in &self.form.graph.readers[at.node.0 as usize] {
            let scope = self.form.node(self.form.graph.rules[edge.rule.0 as usize].node).scope;
            let top = self.table.above(at.row, edge.up);
            self.table.visit(&self.form, top, scope, &mut |row| {
                work.waiting.put(edge.rule, row);
            });
        }
    }

    /// Remembers what was wrong with `at` before it is changed for the first time.
    pub(super) fn touch(&self, at: InstanceId, work: &mut Work) {
        work.problems.entry(at).or_insert_with(|| self.problem(at));
    }

    pub(super) fn update<T>(
        &mut self,
        at: InstanceId,
        change: impl FnOnce(&mut Cell) -> T,
    ) -> Option<T> {
        self.table.cell_mut(&self.form, at).map(change)
    }

    fn truth(&self, at: InstanceId, expression: &Expression) -> bool {
        self.evaluation(at, |evaluation| evaluation.truth(expression))
    }

    pub(super) fn evaluation<T>(
        &self,
        at: InstanceId,
        evaluate: impl FnOnce(Evaluation<'_>) -> T,
    ) -> T {
        let view = View { session: self, row: at.row };
        evaluate(Evaluation { facts: &view, this: self.value(at), cells: &[] })
    }

    fn is_gone(&self, at: InstanceId) -> bool {
        self.table.cell(&self.form, at).is_none() && self.table.whole(&self.form, at).is_none()
    }
}
