//! What a compiled form is made of, in numbers for its author.

use std::collections::BTreeSet;

use crate::expression::{Expression, Rare};
use crate::model::{Form, Kind, NodeId, RuleKind};

/// What a form is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many questions it asks.
    pub questions: usize,
    /// Its languages.
    pub languages: Vec<String>,
    /// The functions that its expressions call.
    pub functions: BTreeSet<String>,
    /// How many facts the longest chain of facts has that wait for each other.
    pub chain: usize,
    /// The size of what a phone loads, in bytes, before compression.
    pub bytes: usize,
}

impl Summary {
    /// Of `form`.
    pub fn of(form: &Form) -> Self {
        let mut functions = BTreeSet::new();
        let mut collect = |expression: &Expression| {
            collect_functions(expression, &mut functions);
        };
        form.expressions.iter().for_each(&mut collect);
        form.filters.iter().for_each(|filter| filter.each(&mut collect));
        Self {
            questions: form.nodes.iter().filter(|node| node.is_question()).count(),
            languages: form.languages.iter().map(|language| language.name.clone()).collect(),
            functions,
            chain: longest_chain(form),
            bytes: form.to_bytes().len(),
        }
    }
}

fn collect_functions(expression: &Expression, functions: &mut BTreeSet<String>) {
    let name = match expression {
        Expression::Call(function, _) => Some(function.spelling()),
        Expression::Rare(rare) => match &**rare {
            Rare::Call(function, _) => Some(function.spelling()),
            Rare::Items(_) => Some("instance"),
            Rare::Current(_) => Some("current"),
            Rare::Place | Rare::RowPlace(_) => Some("position"),
            Rare::Last => Some("last"),
            Rare::ChoiceName { .. } => Some("jr:choice-name"),
            _ => None,
        },
        _ => None,
    };
    functions.extend(name.map(str::to_owned));
    expression.each_inside(&mut |inner| collect_functions(inner, functions));
}

/// Rules are in an order in which each comes after all that it reads.
fn longest_chain(form: &Form) -> usize {
    let mut lengths = vec![1; form.graph.rules.len()];
    for (place, rule) in form.graph.rules.iter().enumerate() {
        let decided = match rule.kind {
            RuleKind::Calculation | RuleKind::Choices | RuleKind::Count => vec![rule.node],
            RuleKind::Relevant => below(form, rule.node),
            _ => Vec::new(),
        };
        for edge in decided.iter().flat_map(|node| &form.graph.readers[node.0 as usize]) {
            let reader = edge.rule.0 as usize;
            if reader > place {
                lengths[reader] = lengths[reader].max(lengths[place] + 1);
            }
        }
    }
    lengths.into_iter().max().unwrap_or_default()
}

/// A node and everything in it.
fn below(form: &Form, node: NodeId) -> Vec<NodeId> {
    let mut all = vec![node];
    let mut next = 0;
    while let Some(holder) = all.get(next).map(|id| form.node(*id)) {
        if matches!(holder.kind, Kind::Group | Kind::Repeat { .. }) {
            all.extend(&holder.children);
        }
        next += 1;
    }
    all
}
