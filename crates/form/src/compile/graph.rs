//! The order in which facts are worked out, and what must be worked again after a change.

use std::collections::{BTreeSet, HashMap};

use super::reads::Reads;
use super::scope::depth;
use super::{Compiler, FaultKind, Place, Sheet};
use crate::expression::{Expression, Rare};
use crate::model::{
    ChoicesFrom, Edge, ExpressionId, Form, Graph, Kind, NodeId, Rule, RuleId, RuleKind, Text,
};

impl Compiler<'_> {
    /// Works out [`Graph`]. A cycle is a fault.
    pub(super) fn order(&mut self) {
        let rules = self.rules();
        let reads = |rule: &Rule| match rule.kind {
            RuleKind::Trigger => Reads::default(),
            _ => self.reads(rule),
        };
        let mut reads: Vec<Reads> = rules.iter().map(reads).collect();
        let deciding = self.deciding(&rules);
        loop {
            let sources = |is_strict: bool| -> Vec<Vec<usize>> {
                reads.iter().map(|reads| self.sources(&deciding, reads, is_strict)).collect()
            };
            // A row may read what another row has, if a condition says which; a repeat may count
            // out its rows by what is in them: no order of rules, but one of rows.
            let found = sorted(&sources(true)).or_else(|_| sorted(&sources(false)));
            let cycle = match found {
                Ok(order) => {
                    self.form.graph = self.graph(&rules, &reads, &order);
                    return;
                }
                Err(cycle) => cycle,
            };
            match self.untied(&rules, &cycle) {
                Some(rule) => reads[rule] = self.reads(&rules[rule]),
                None => {
                    let names = cycle
                        .iter()
                        .map(|rule| self.form.node(rules[*rule].node).name.clone())
                        .collect();
                    let place = Place {
                        sheet: Sheet::Survey,
                        row: self.row(rules[cycle[0]].node),
                        column: column(rules[cycle[0]].kind),
                    };
                    self.fault(place, FaultKind::Cycle(names));
                    return;
                }
            }
        }
    }

    /// Two questions that are asked depending on each other's answers wait for each other only
    /// because answers to what is not asked are not seen: in such a cycle they are. Tells the rule
    /// whose expression was changed.
    fn untied(&mut self, rules: &[Rule], cycle: &[usize]) -> Option<usize> {
        let is_relevance = |rule: &usize| rules[*rule].kind == RuleKind::Relevant;
        if cycle.len() < 2 || !cycle.iter().all(is_relevance) {
            return None;
        }
        let holders: Vec<NodeId> = cycle.iter().map(|rule| rules[*rule].node).collect();
        let (rule, id) = cycle.iter().find_map(|rule| Some((*rule, rules[*rule].expression?)))?;
        let expression = self.form.expression(id).clone();
        let kept = self.keeping(expression, &holders);
        let is_changed = *self.form.expression(id) != kept;
        self.form.expressions[id.0 as usize] = kept;
        is_changed.then_some(rule)
    }

    /// The expression, reading what is in `holders` whether it is relevant or not.
    fn keeping(&self, expression: Expression, holders: &[NodeId]) -> Expression {
        let keep = |inner: Expression| self.keeping(inner, holders);
        match expression {
            Expression::Node(reference) => {
                let mut around =
                    std::iter::successors(Some(reference.node), |id| self.form.node(*id).parent);
                match around.any(|id| holders.contains(&id)) {
                    true => Expression::Rare(Box::new(Rare::Kept(reference))),
                    false => Expression::Node(reference),
                }
            }
            Expression::Call(function, arguments) => {
                Expression::Call(function, arguments.into_iter().map(keep).collect())
            }
            Expression::Operation(first, rest) => {
                let first = Box::new(keep(*first));
                let rest = rest.into_iter().map(|(sign, operand)| (sign, keep(operand)));
                Expression::Operation(first, rest.collect())
            }
            Expression::Negation(inner) => Expression::Negation(Box::new(keep(*inner))),
            Expression::Rare(rare) => match *rare {
                Rare::Call(function, arguments) => {
                    let arguments = arguments.into_iter().map(keep).collect();
                    Expression::Rare(Box::new(Rare::Call(function, arguments)))
                }
                other => Expression::Rare(Box::new(other)),
            },
            other => other,
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
            rule(RuleKind::Warning, node.extras.as_ref().and_then(|extras| extras.warning));
            if let Kind::Repeat { count, .. } = node.kind {
                rule(RuleKind::Count, count);
            }
            let source = node.question().and_then(|question| question.choices());
            if source.is_some_and(|source| !source.is_whole_list()) {
                rules.push(Rule { node: id, kind: RuleKind::Choices, expression: None });
            }
            if !outputs(&self.form, id).is_empty() {
                rules.push(Rule { node: id, kind: RuleKind::Texts, expression: None });
            }
            if let Some(trigger) = &node.trigger {
                rules.push(Rule { node: id, kind: RuleKind::Trigger, expression: trigger.value });
            }
        }
        rules
    }

    /// The rules that decide what a rule reads: values and whether they are relevant. `deciding`
    /// has them by node.
    fn sources(&self, deciding: &[Deciding], reads: &Reads, is_strict: bool) -> Vec<usize> {
        let mut sources = BTreeSet::new();
        for (node, read) in &reads.nodes {
            if read.is_chosen && !is_strict {
                continue;
            }
            let own = &deciding[node.0 as usize];
            sources.extend(&own.value);
            sources.extend(own.count.filter(|_| is_strict));
            let mut at = Some(*node).filter(|_| !read.is_kept);
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
                RuleKind::Calculation | RuleKind::Choices => own.value.push(place),
                RuleKind::Count => own.count = Some(place),
                RuleKind::Relevant => own.relevant.push(place),
                _ => {}
            }
        }
        deciding
    }

    fn graph(&self, rules: &[Rule], reads: &[Reads], order: &[usize]) -> Graph {
        let count = self.form.nodes.len();
        let mut graph = Graph {
            rules: Vec::new(),
            readers: vec![Vec::new(); count],
            about: vec![Vec::new(); count],
            ..Graph::default()
        };
        for (place, old) in order.iter().enumerate() {
            let (rule, id) = (&rules[*old], RuleId(place as u32));
            graph.rules.push(rule.clone());
            graph.about[rule.node.0 as usize].push(id);
            if rule.kind == RuleKind::Trigger {
                self.pull(rule, id, &mut graph);
                continue;
            }
            let reads = &reads[*old];
            for (node, read) in &reads.nodes {
                let up = depth(&self.form, self.form.node(*node).scope) - read.top;
                graph.readers[node.0 as usize].push(Edge { rule: id, up });
            }
            graph.random.extend(self.is_random(rule).then_some(id));
            graph.timed.extend(reads.clock.then_some(id));
            graph.spoken.extend((reads.language || rule.kind == RuleKind::Texts).then_some(id));
        }
        graph
    }

    fn is_random(&self, rule: &Rule) -> bool {
        let is_random = |inner: &Expression| match inner {
            Expression::Rare(rare) => {
                matches!(&**rare, Rare::Call(function, _) if function.is_random())
            }
            _ => false,
        };
        rule.kind == RuleKind::Calculation
            && rule.expression.is_some_and(|id| self.form.expression(id).any(&is_random))
    }

    /// A trigger's value sets its target in the same row, or in all rows below.
    fn pull(&self, rule: &Rule, id: RuleId, graph: &mut Graph) {
        let own = self.form.node(rule.node);
        for node in own.trigger.iter().flat_map(|trigger| &trigger.nodes) {
            let scope = self.form.node(*node).scope;
            let top = super::scope::common_depth(&self.form, scope, own.scope);
            let up = depth(&self.form, scope) - top;
            graph.readers[node.0 as usize].push(Edge { rule: id, up });
        }
    }
}

/// The rules that decide what one node is.
#[derive(Default)]
struct Deciding {
    value: Vec<usize>,
    count: Option<usize>,
    relevant: Vec<usize>,
}

/// The outputs in all texts of a node, and in the labels of its choices.
pub(super) fn outputs(form: &Form, id: NodeId) -> Vec<ExpressionId> {
    let node = form.node(id);
    let extras = node.extras.as_ref();
    let texts = [
        node.label.as_ref(),
        node.hint.as_ref(),
        node.guidance.as_ref(),
        node.constraint_message.as_ref(),
        node.required_message.as_ref(),
        extras.and_then(|extras| extras.warning_message.as_ref()),
    ];
    let own = texts.into_iter().flatten().flat_map(Text::outputs);
    let source = node.question().and_then(|question| question.choices());
    let list = source.and_then(|source| match source.from {
        ChoicesFrom::List { list, .. } => Some(form.list(list)),
        ChoicesFrom::Rows { .. } => None,
    });
    let computed = list.into_iter().flat_map(|list| &list.computed);
    own.chain(computed.flat_map(|(_, text)| text.outputs())).collect()
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
    let mut places: HashMap<usize, usize> = path.iter().map(|first| (*first, 0)).collect();
    while let Some(next) = path.last().and_then(|last| sources[*last].iter().copied().find(waits)) {
        if let Some(begin) = places.insert(next, path.len()) {
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
        RuleKind::Trigger => "trigger",
    }
}
