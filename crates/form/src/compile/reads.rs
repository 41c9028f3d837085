//! What a rule reads: which nodes, and from how far around.

use std::collections::BTreeMap;

use super::Compiler;
use super::scope::depth;
use crate::expression::{Expression, Rare, Reference, Selection, Way};
use crate::model::{ChoicesFrom, ExpressionId, Form, Kind, NodeId, Rule, RuleKind, ScopeId};

/// The nodes that a rule reads, with what is known of each.
#[derive(Default)]
pub(super) struct Reads {
    pub(super) nodes: BTreeMap<NodeId, Read>,
    pub(super) clock: bool,
    pub(super) language: bool,
}

/// How a node is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    /// The depth of the scope whose row holds both, the rule's instance and all of the node's that
    /// it reads.
    pub(super) top: u32,
    /// Only rows that fulfil conditions are read: a row may so read the same node of another row.
    pub(super) is_chosen: bool,
    /// Its value is read whether it is relevant or not.
    pub(super) is_kept: bool,
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
struct Seat {
    /// The depth of the row at hand.
    depth: u32,
    /// No reading reaches less far around than this: whichever row at hand changes is read.
    limit: u32,
    is_chosen: bool,
}

impl Compiler<'_> {
    /// What a rule reads.
    pub(super) fn reads(&self, rule: &Rule) -> Reads {
        let form = &self.form;
        let own = depth(form, form.node(rule.node).scope);
        let seat = Seat { depth: own, limit: u32::MAX, is_chosen: false };
        let mut reads = Reads::default();
        for id in self.expressions_of(rule) {
            reads.expression(form, form.expression(id), seat, own);
        }
        if rule.kind == RuleKind::Choices {
            self.reads_of_choices(rule.node, seat, &mut reads);
        }
        let of_itself = matches!(rule.kind, RuleKind::Constraint | RuleKind::Warning);
        let reads_this = self
            .expressions_of(rule)
            .iter()
            .any(|id| form.expression(*id).any(&|inner| matches!(inner, Expression::This)));
        // What a calculation was before is not what it waits for.
        if of_itself || (reads_this && rule.kind != RuleKind::Calculation) {
            reads.add(form, rule.node, own, false);
        }
        reads.add_rows(form);
        reads
    }

    fn reads_of_choices(&self, node: NodeId, seat: Seat, reads: &mut Reads) {
        let form = &self.form;
        let Some(source) = form.node(node).question().and_then(|question| question.choices())
        else {
            return;
        };
        if let Some(filter) = source.filter(form) {
            filter.each(&mut |expression| reads.expression(form, expression, seat, seat.depth));
        }
        if let ChoicesFrom::Rows { value, label, up, only } = &source.from {
            let top = seat.depth - up;
            reads.add(form, *value, top, false);
            label.iter().for_each(|label| reads.add(form, *label, top, false));
            let inner =
                Seat { depth: depth(form, form.node(*value).scope), limit: top, is_chosen: false };
            if let Some(id) = only {
                reads.expression(form, form.expression(*id), inner, seat.depth);
            }
        }
    }

    /// The expressions of a rule.
    pub(super) fn expressions_of(&self, rule: &Rule) -> Vec<ExpressionId> {
        match rule.kind {
            RuleKind::Texts => super::graph::outputs(&self.form, rule.node),
            RuleKind::Choices => {
                let source = self.form.node(rule.node).question().and_then(|own| own.choices());
                let seed = source.and_then(|source| source.shuffle.as_ref()?.seed);
                seed.into_iter().collect()
            }
            _ => rule.expression.into_iter().collect(),
        }
    }
}

impl Reads {
    fn add(&mut self, form: &Form, node: NodeId, top: u32, is_chosen: bool) {
        self.add_read(form, node, Read { top, is_chosen, is_kept: false });
    }

    fn add_read(&mut self, form: &Form, node: NodeId, read: Read) {
        let top = read.top.min(depth(form, form.node(node).scope));
        let own = self.nodes.entry(node).or_insert(Read { top, ..read });
        own.top = own.top.min(top);
        own.is_chosen &= read.is_chosen;
        own.is_kept &= read.is_kept;
    }

    fn expression(&mut self, form: &Form, expression: &Expression, seat: Seat, own: u32) {
        match expression {
            Expression::Node(Reference { node, up }) => {
                let top = (seat.depth - up.min(&seat.depth)).min(seat.limit);
                self.add(form, *node, top, seat.is_chosen);
            }
            Expression::Call(function, _) => {
                use crate::expression::Function::{Now, Today};
                self.clock |= matches!(function, Today | Now);
            }
            Expression::Rare(rare) => return self.rare(form, rare, seat, own),
            _ => {}
        }
        expression.each_inside(&mut |inner| self.expression(form, inner, seat, own));
    }

    fn rare(&mut self, form: &Form, rare: &Rare, seat: Seat, own: u32) {
        match rare {
            Rare::Instances(selection) | Rare::RowPlace(selection) => {
                self.selection(form, selection, seat, own);
            }
            Rare::Current(inner) => {
                let outside = Seat { depth: own, limit: u32::MAX, is_chosen: false };
                self.expression(form, inner, outside, own);
            }
            Rare::Call(function, all) => {
                use crate::expression::RareFunction::{Age, Itext};
                self.clock |= *function == Age && all.len() == 1;
                self.language |= *function == Itext;
                all.iter().for_each(|inner| self.expression(form, inner, seat, own));
            }
            Rare::ChoiceName { value, question } => {
                self.language = true;
                self.expression(form, value, seat, own);
                let source = form.node(*question).question().and_then(|own| own.choices());
                self.labels(form, source.and_then(|source| source.list()));
                if let Some(ChoicesFrom::Rows { label, up, .. }) = source.map(|own| &own.from) {
                    let own = depth(form, form.node(*question).scope).min(seat.depth);
                    self.add(form, *question, own, seat.is_chosen);
                    let top = own.saturating_sub(*up).min(seat.limit);
                    label.iter().for_each(|label| self.add(form, *label, top, seat.is_chosen));
                }
            }
            Rare::Kept(Reference { node, up }) => {
                let top = (seat.depth - up.min(&seat.depth)).min(seat.limit);
                self.add_read(form, *node, Read { top, is_chosen: false, is_kept: true });
            }
            Rare::ItemLabel => self.language = true,
            Rare::Items(items) => {
                if items.what == crate::expression::What::Label {
                    self.language = true;
                    self.labels(form, Some(items.list));
                }
                items.filter.each(&mut |inner| self.expression(form, inner, seat, own));
            }
            Rare::Union(all) => {
                all.iter().for_each(|inner| self.expression(form, inner, seat, own));
            }
            Rare::Place | Rare::Last => {}
        }
    }

    /// Labels that are partly computed, seen from the root.
    fn labels(&mut self, form: &Form, list: Option<crate::model::ListId>) {
        let root = Seat { depth: 0, limit: u32::MAX, is_chosen: false };
        let computed = list.map_or(&[][..], |list| &form.list(list).computed);
        for id in computed.iter().flat_map(|(_, text)| text.outputs()) {
            self.expression(form, form.expression(id), root, 0);
        }
    }

    fn selection(&mut self, form: &Form, selection: &Selection, seat: Seat, own: u32) {
        let mut at = seat.depth - selection.up.min(seat.depth);
        let top = at.min(seat.limit);
        let mut is_chosen = seat.is_chosen;
        for way in &selection.way {
            let only = match way {
                Way::Rows(repeat, only) => {
                    self.add(form, *repeat, top, false);
                    at = match form.node(*repeat).kind {
                        Kind::Repeat { rows, .. } => depth(form, rows),
                        _ => at,
                    };
                    is_chosen |= !only.is_empty();
                    &only[..]
                }
                Way::Only(only) => core::slice::from_ref(only),
            };
            let inner = Seat { depth: at, limit: top, is_chosen };
            only.iter().for_each(|condition| self.expression(form, condition, inner, own));
        }
        self.add(form, selection.node, top, is_chosen);
    }

    /// Instances come and go with the rows that they are in.
    fn add_rows(&mut self, form: &Form) {
        for (node, read) in self.nodes.clone() {
            let mut scope = form.node(node).scope;
            while scope != ScopeId(0) && depth(form, scope) > read.top {
                let repeat = form.scopes[scope.0 as usize].node;
                self.add(form, repeat, read.top, false);
                scope = form.node(repeat).scope;
            }
        }
    }
}
