//! Working out facts, each at most once for a call, in the order of the graph.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::table::Cell;
use super::view::View;
use super::waiting::Waiting;
use super::{Change, Fact, Problem, Session};
use crate::expression::{Evaluation, Expression, Number};
use crate::instance::{InstanceId, RowId};
use crate::model::{Form, Initial, Kind, Question, RuleId, RuleKind};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// An empty form comes into being.
    Start,
    /// Answers are taken up again: what was drawn by lot stays.
    Resume,
    /// A person, the device or the clock changes something: triggers fire.
    Answer,
}

/// What is still to be worked out, and what has changed so far.
pub(super) struct Work {
    deed: Deed,
    is_quiet: bool,
    /// Whether every rule of every row waits, and need not be put there by what it reads.
    do_all_wait: bool,
    waiting: Waiting,
    pending: VecDeque<Pending>,
    /// How often rows were counted out.
    counted: usize,
    /// What the rows took that were made, those that were removed again too.
    pub(super) room: usize,
    changes: Vec<Change>,
    /// What was wrong, before, with the instances that were touched.
    problems: FxHashMap<InstanceId, Option<Problem>>,
}

/// What is done when everything else is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// A computed default is set.
    Default(InstanceId),
    /// A value is set because a trigger's value changed.
    Trigger(RuleId, RowId),
}

/// Triggers that set each other off are stopped after so many.
const MOST_PENDING: usize = 10_000;

/// A count that waits for the very rows that it counts out is left alone after so many.
const MOST_COUNTED: usize = 1_000;

impl Work {
    pub(super) fn begun(deed: Deed) -> Self {
        Self {
            deed,
            is_quiet: false,
            do_all_wait: deed != Deed::Answer,
            waiting: Waiting::default(),
            pending: VecDeque::new(),
            counted: 0,
            room: 0,
            changes: Vec::new(),
            problems: FxHashMap::default(),
        }
    }

    pub(super) fn note(&mut self, at: InstanceId, fact: Fact) {
        self.changes.push(Change { at, fact });
    }

    /// Does something when everything else is worked out.
    pub(super) fn later(&mut self, pending: Pending) {
        if self.pending.len() < MOST_PENDING && !self.pending.contains(&pending) {
            self.pending.push_back(pending);
        }
    }

    /// Does not do it after all.
    pub(super) fn never_mind(&mut self, pending: Pending) {
        self.pending.retain(|other| *other != pending);
    }

    /// Does `deed` without firing triggers.
    pub(super) fn quietly(&mut self, deed: impl FnOnce(&mut Self)) {
        let before = core::mem::replace(&mut self.is_quiet, true);
        deed(self);
        self.is_quiet = before;
    }
}

impl Session {
    /// Works until nothing waits, and tells what changed.
    pub(super) fn settle(&mut self, mut work: Work) -> Vec<Change> {
        let form = self.form.clone();
        work.do_all_wait = false;
        self.work(&form, &mut work);
        let mut done = 0;
        while let Some(pending) = work.pending.pop_front() {
            done += 1;
            if done > MOST_PENDING {
                break;
            }
            self.act(&form, pending, &mut work);
            self.work(&form, &mut work);
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

    /// Works the rules that wait. Rows that read each other without end are left alone after as
    /// many steps as if each had read every other.
    fn work(&mut self, form: &Form, work: &mut Work) {
        let mut steps = 0;
        while let Some((rule, row)) = work.waiting.take() {
            steps += 1;
            if steps > self.table.most_steps(form) {
                work.waiting = Waiting::default();
                break;
            }
            let at = InstanceId { row, node: form.graph.rules[rule.0 as usize].node };
            if self.table.cell(form, at).is_some() {
                self.apply(form, rule, at, work);
            }
        }
    }

    fn act(&mut self, form: &Form, pending: Pending, work: &mut Work) {
        let (at, expression) = match pending {
            Pending::Default(at) => match form.node(at.node).default {
                Some(Initial::Computed(id)) => (at, Some(id)),
                _ => return,
            },
            Pending::Trigger(rule, row) => {
                let rule = &form.graph.rules[rule.0 as usize];
                (InstanceId { row, node: rule.node }, rule.expression)
            }
        };
        if matches!(form.node(at.node).kind, Kind::Recorded(_)) {
            return work.note(at, Fact::Wanted);
        }
        // What is not asked is not set (ODK XForms, `setvalue`).
        if !self.is_relevant(at) {
            return;
        }
        let value =
            expression.map_or_else(String::new, |id| self.computed(form, at, form.expression(id)));
        self.set_value(at, &value, work);
    }

    /// What an expression comes to, as a value of the question's type: whole numbers lose what is
    /// behind the point, dates their time.
    fn computed(&self, form: &Form, at: InstanceId, expression: &Expression) -> String {
        let value = self.evaluation(at, |own| own.evaluate(expression).into_value().into_owned());
        match form.node(at.node).question() {
            Some(Question::Integer) => {
                Number::parse(&value).map_or(value, |number| number.truncated().text())
            }
            Some(Question::Date) => match value.split_once('T') {
                Some((date, _)) => date.to_owned(),
                None => value,
            },
            _ => value,
        }
    }

    fn apply(&mut self, form: &Form, rule: RuleId, at: InstanceId, work: &mut Work) {
        let kind = form.graph.rules[rule.0 as usize].kind;
        match kind {
            RuleKind::Texts => return work.note(at, Fact::Texts),
            RuleKind::Choices => return self.offer(form, at, work),
            _ => {}
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
                let is_drawn = work.deed == Deed::Resume
                    && form.graph.random.contains(&rule)
                    && !self.value(at).is_empty();
                if !is_drawn {
                    let value = self.computed(form, at, expression);
                    self.set_value(at, &value, work);
                }
            }
            RuleKind::Count if work.counted < MOST_COUNTED => {
                work.counted += 1;
                let wanted = self.evaluation(at, |evaluation| evaluation.double(expression));
                self.fit_rows(at, wanted.max(0.0) as usize, work);
            }
            RuleKind::Required => {
                self.decide(at, expression, Fact::Required, |cell| &mut cell.required, work)
            }
            RuleKind::ReadOnly => {
                let own = self.truth(at, expression);
                self.update(at, |cell| cell.own_read_only = own);
                self.spread_read_only(form, at, work);
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
            RuleKind::Texts | RuleKind::Choices | RuleKind::Trigger | RuleKind::Count => {}
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

    /// Passes down that nothing can be changed: to the instance, to what it holds, and to the rows
    /// of repeats.
    pub(super) fn spread_read_only(&mut self, form: &Form, at: InstanceId, work: &mut Work) {
        let around = self.parent(at).is_some_and(|parent| self.is_read_only(parent));
        let Some(cell) = self.table.cell(form, at) else { return };
        let read_only = cell.own_read_only || around;
        if cell.read_only == read_only {
            return;
        }
        self.update(at, |cell| cell.read_only = read_only);
        work.note(at, Fact::ReadOnly);
        let rows = match form.node(at.node).kind {
            Kind::Repeat { .. } => self.rows(at),
            _ => vec![at],
        };
        for row in rows {
            work.note(row, Fact::ReadOnly);
            for inner in self.children(row) {
                self.spread_read_only(form, inner, work);
            }
        }
    }

    /// Every rule about what is in `row`'s scope waits.
    pub(super) fn push_scope(&self, row: RowId, work: &mut Work) {
        for node in &self.form.scopes[self.table.row(row).scope.0 as usize].nodes {
            for rule in &self.form.graph.about[node.0 as usize] {
                if self.form.graph.rules[rule.0 as usize].kind != RuleKind::Trigger {
                    work.waiting.put(*rule, row);
                }
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
        if work.do_all_wait {
            return;
        }
        for edge in &self.form.graph.readers[at.node.0 as usize] {
            let rule = &self.form.graph.rules[edge.rule.0 as usize];
            let scope = self.form.node(rule.node).scope;
            let top = self.table.above(at.row, edge.up);
            self.table.visit(&self.form, top, scope, &mut |row| match rule.kind {
                RuleKind::Trigger if work.deed == Deed::Answer && !work.is_quiet => {
                    work.later(Pending::Trigger(edge.rule, row));
                }
                RuleKind::Trigger => {}
                _ => work.waiting.put(edge.rule, row),
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

    pub(super) fn truth(&self, at: InstanceId, expression: &Expression) -> bool {
        self.evaluation(at, |evaluation| evaluation.truth(expression))
    }

    pub(super) fn evaluation<T>(
        &self,
        at: InstanceId,
        evaluate: impl FnOnce(Evaluation<'_>) -> T,
    ) -> T {
        evaluate(Evaluation::new(&View(self), at.row, self.value(at)))
    }

    fn is_gone(&self, at: InstanceId) -> bool {
        self.table.cell(&self.form, at).is_none() && self.table.whole(&self.form, at).is_none()
    }
}

#[cfg(all(test, feature = "compile"))]
mod tests {
    use std::rc::Rc;

    use time::macros::datetime;

    use super::*;
    use crate::definition::{Declaration, DeclaredKind, Definition};
    use crate::model::{Bounds, Language};
    use crate::surroundings::Fixed;

    #[test]
    fn rows_that_each_read_how_many_there_are_wait_once_each() {
        let calculated = |name: &str, calculation: &str| Declaration {
            name: name.to_owned(),
            kind: DeclaredKind::Calculated,
            calculation: Some(calculation.to_owned()),
            ..Declaration::default()
        };
        let bounds = Bounds { min: 0, max: None };
        let repeat = Declaration {
            name: "r".to_owned(),
            kind: DeclaredKind::Repeat { bounds, initial: 0, count: None },
            children: vec![calculated("many", "count(${r})")],
            ..Declaration::default()
        };
        let definition = Definition {
            languages: vec![Language { name: "default".to_owned(), code: None }],
            declarations: vec![repeat],
            ..Definition::default()
        };
        let form = Rc::new(crate::compile(&definition).expect("it compiles"));
        let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
        let mut session = Session::start(form, surroundings);
        let repeat = session.children(session.root())[0];
        let mut work = Work::begun(Deed::Answer);
        session.fit_rows(repeat, 1_000, &mut work);
        assert!(work.waiting.len() <= 2_000, "{}", work.waiting.len());
        session.settle(work);
        let last = session.rows(repeat)[999];
        assert_eq!(session.value(session.children(last)[0]), "1000");
    }
}
