//! The order in which facts are worked out, and what must be worked again after a change.

use std::collections::BTreeSet;

use super::resolve::{common_depth, depth};
use super::{Compiler, FaultKind, Place};
use crate::expression::Expression;
use crate::model::{
    Edge, ExpressionId, Graph, Kind, Node, NodeId, Question, Rule, RuleId, RuleKind, Text,
};

impl Compiler<'_> {
    /// Works out [`Graph`]. A cycle is a fault.
    pub(super) fn order(&mut self) {
        let rules = self.rules();
        let reads: Vec<_> = rules.iter().map(|rule| self.reads(rule)).collect();
        let deciding = self.deciding(&rules);
        let sources: Vec<_> = reads.iter().map(|nodes| self.sources(&deciding, nodes)).collect();
        match sorted(&sources) {
            Ok(order) => self.form.graph = self.graph(&rules, &reads, &order),
            Err(cycle) => {
                let names = cycle
                    .iter()
                    .map(|rule| self.form.node(rules[*rule].node).name.clone())
                    .collect();
                let place = Place {
                    row: self.row(rules[cycle[0]].node),
                    column: column(rules[cycle[0]].kind),
                };
                self.fault(place, FaultKind::Cycle(names));
            }
        }
    }

    fn rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for id in self.form.ids() {
            let node = self.form.node(id);
            let mut rule = |kind, expression: Option<ExpressionId>| {
                if expression.is_some() {
                    rules.push(Rule { node: id, kind, expression });
                }
            };
            rule(RuleKind::Relevant, node.relevant);
            rule(RuleKind::Calculation, node.calculation);
            rule(RuleKind::Required, node.required);
            rule(RuleKind::ReadOnly, node.read_only);
            rule(RuleKind::Constraint, node.constraint);
            rule(RuleKind::Warning, node.warning);
            rule(RuleKind::Choices, filter(node));
            if let Kind::Repeat { count, .. } = node.kind {
                rule(RuleKind::Count, count);
            }
            if !outputs(node).is_empty() {
                rules.push(Rule { node: id, kind: RuleKind::Texts, expression: None });
            }
        }
        rules
    }

    /// The nodes that a rule reads, and how far up lies the row that both are in.
    fn reads(&self, rule: &Rule) -> BTreeSet<(NodeId, u32)> {
        let form = &self.form;
        let own = form.node(rule.node).scope;
        let mut read = BTreeSet::new();
        let expressions = match rule.expression {
            Some(id) => vec![id],
            None => outputs(form.node(rule.node)),
        };
        for id in expressions {
            let expression = form.expression(id);
            read.extend(expression.references().iter().map(|reference| reference.node));
            let mut reads_this =
                rule.kind == RuleKind::Constraint || rule.kind == RuleKind::Warning;
            expression.walk(&mut |inner| reads_this |= matches!(inner, Expression::This));
            // What a calculation was before is not what it waits for.
            if reads_this && rule.kind != RuleKind::Calculation {
                read.insert(rule.node);
            }
        }
        // Instances come and go with the rows that they are in.
        let mut repeats = BTreeSet::new();
        for node in &read {
            let mut scope = form.node(*node).scope;
            while depth(form, scope) > common_depth(form, scope, own) {
                let repeat = form.scopes[scope.0 as usize].node;
                repeats.insert(repeat);
                scope = form.node(repeat).scope;
            }
        }
        read.extend(repeats);
        let up = |node: &NodeId| {
            let scope = form.node(*node).scope;
            depth(form, scope) - common_depth(form, scope, own)
        };
        read.iter().map(|node| (*node, up(node))).collect()
    }

    /// The rules that decide what `nodes` are: their values and whether they are relevant.
    /// `deciding` has them by node.
    fn sources(&self, deciding: &[Deciding], nodes: &BTreeSet<(NodeId, u32)>) -> Vec<usize> {
        let mut sources = BTreeSet::new();
        for (node, _) in nodes {
            sources.extend(&deciding[node.0 as usize].value);
            let mut at = Some(*node);
            while let Some(id) = at {
                sources.extend(&deciding[id.0 as usize].relevant);
                at = self.form.node(id).parent;
            }
        }
        sources.into_iter().collect()
    }

    fn deciding(&self, rules: &[Rule]) -> Vec<Deciding> {
        let mut deciding: Vec<Deciding> = self.form.ids().map(|_| Deciding::default()).collect();
        for (place, rule) in rules.iter().enumerate() {
            let own = &mut deciding[rule.node.0 as usize];
            match rule.kind {
                RuleKind::Calculation | RuleKind::Choices | RuleKind::Count => {
                    own.value.push(place)
                }
                RuleKind::Relevant => own.relevant.push(place),
                _ => {}
            }
        }
        deciding
    }

    fn graph(&self, rules: &[Rule], reads: &[BTreeSet<(NodeId, u32)>], order: &[usize]) -> Graph {
        let count = self.form.nodes.len();
        let mut graph = Graph {
            rules: Vec::new(),
            readers: vec![Vec::new(); count],
            about: vec![Vec::new(); count],
            timed: Vec::new(),
        };
        for (place, old) in order.iter().enumerate() {
            let (rule, id) = (&rules[*old], RuleId(place as u32));
            graph.about[rule.node.0 as usize].push(id);
            for (node, up) in &reads[*old] {
                graph.readers[node.0 as usize].push(Edge { rule: id, up: *up });
            }
            let expressions =
                rule.expression.map_or_else(|| outputs(self.form.node(rule.node)), |id| vec![id]);
            if expressions.iter().any(|id| self.form.expression(*id).reads_clock()) {
                graph.timed.push(id);
            }
            graph.rules.push(rule.clone());
        }
        graph
    }
}

/// The rules that decide what one node is.
#[derive(Default)]
struct Deciding {
    value: Vec<usize>,
    relevant: Vec<usize>,
}

fn filter(node: &Node) -> Option<ExpressionId> {
    match &node.kind {
        Kind::Question(question @ (Question::SelectOne(_) | Question::SelectMultiple(_))) => {
            question.choices()?.filter.as_ref().map(|filter| filter.expression())
        }
        _ => None,
    }
}

fn outputs(node: &Node) -> Vec<ExpressionId> {
    let texts = [
        &node.label,
        &node.hint,
        &node.guidance,
        &node.constraint_message,
        &node.required_message,
        &node.warning_message,
    ];
    texts.into_iter().flatten().flat_map(Text::outputs).collect()
}

/// Kahn's method, smallest first, so that the order is the same every time. Else a cycle.
fn sorted(sources: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting: Vec<usize> = sources.iter().map(Vec::len).collect();
    let mut readers = vec![Vec::new(); sources.len()];
    for (rule, own) in sources.iter().enumerate() {
        own.iter().for_each(|source| readers[*source].push(rule));
    }
    let mut ready: BTreeSet<usize> =
        (0..sources.len()).filter(|rule| waiting[*rule] == 0).collect();
    let mut order = Vec::with_capacity(sources.len());
    while let Some(rule) = ready.pop_first() {
        order.push(rule);
        for reader in &readers[rule] {
            waiting[*reader] -= 1;
            if waiting[*reader] == 0 {
                ready.insert(*reader);
            }
        }
    }
    if order.len() == sources.len() { Ok(order) } else { Err(cycle(sources, &waiting)) }
}

/// One cycle among the rules that still wait: following sources must come round.
fn cycle(sources: &[Vec<usize>], waiting: &[usize]) -> Vec<usize> {
    let waits = |rule: &usize| waiting[*rule] > 0;
    let mut path: Vec<usize> = (0..sources.len()).filter(waits).take(1).collect();
    while let Some(next) = path.last().and_then(|last| sources[*last].iter().copied().find(waits)) {
        if let Some(begin) = path.iter().position(|seen| *seen == next) {
            path.drain(..begin);
            break;
        }
        path.push(next);
    }
    path
}

fn column(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Relevant => "relevant",
        RuleKind::Calculation => "calculation",
        RuleKind::Choices => "choice_filter",
        RuleKind::Required => "required",
        RuleKind::ReadOnly => "read_only",
        RuleKind::Constraint => "constraint",
        RuleKind::Warning => "warning",
        RuleKind::Texts => "label",
        RuleKind::Count => "repeat_count",
    }
}
