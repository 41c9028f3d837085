//! Expressions: parsed, their names resolved, their functions checked.

use super::{Compiler, FaultKind, Place, pattern};
use crate::expression::parser::{Parsed, ParsedKind, parse};
use crate::expression::{Expression, Function, Reference};
use crate::model::{ExpressionId, Form, Kind, NodeId, ScopeId};

impl Compiler<'_> {
    /// Compiles an expression about `node`.
    pub(super) fn expression(
        &mut self,
        source: &str,
        node: NodeId,
        place: Place,
    ) -> Option<ExpressionId> {
        let expression = self.resolve(source, node, &[], place)?;
        Some(self.keep(expression))
    }

    /// Parses and resolves an expression about `node`, in which bare names are `columns`.
    pub(super) fn resolve(
        &mut self,
        source: &str,
        node: NodeId,
        columns: &[String],
        place: Place,
    ) -> Option<Expression> {
        let parsed = match parse(source) {
            Ok(parsed) => parsed,
            Err(cause) => {
                self.fault(place, FaultKind::BrokenExpression(cause));
                return None;
            }
        };
        let mut resolver =
            Resolver { compiler: self, scope: ScopeId(0), columns, place, failed: false };
        resolver.scope = resolver.compiler.scope(node);
        let expression = resolver.resolve(&parsed);
        (!resolver.failed).then_some(expression)
    }
}

struct Resolver<'r, 'd> {
    compiler: &'r mut Compiler<'d>,
    scope: ScopeId,
    columns: &'r [String],
    place: Place,
    failed: bool,
}

impl Resolver<'_, '_> {
    fn fail(&mut self, kind: FaultKind) -> Expression {
        self.failed = true;
        self.compiler.fault(self.place, kind);
        Expression::This
    }

    fn resolve(&mut self, parsed: &Parsed<'_>) -> Expression {
        match &parsed.kind {
            ParsedKind::Number(value) => Expression::Number(*value),
            ParsedKind::Text(text) => Expression::Text((*text).to_owned()),
            ParsedKind::This => Expression::This,
            ParsedKind::Reference(name) => self.reference(name, false),
            ParsedKind::Name(name) => match self.columns.iter().position(|column| column == name) {
                Some(column) => Expression::Column(column as u32),
                None => self.fail(FaultKind::BareName((*name).to_owned())),
            },
            ParsedKind::Call(name, arguments) => self.call(name, arguments),
            ParsedKind::Negation(inner) => Expression::Negation(Box::new(self.resolve(inner))),
            ParsedKind::Binary(operator, left, right) => {
                let (left, right) = (self.resolve(left), self.resolve(right));
                Expression::Binary(*operator, Box::new(left), Box::new(right))
            }
        }
    }

    fn call(&mut self, name: &str, arguments: &[Parsed<'_>]) -> Expression {
        let Some(function) = Function::find(name) else {
            return self.fail(FaultKind::UnknownFunction(name.to_owned()));
        };
        let (least, most) = function.arity();
        if arguments.len() < least || arguments.len() > most {
            return self.fail(FaultKind::WrongArity { function, given: arguments.len() });
        }
        let mut resolved: Vec<_> = match (function.wants_nodes(), arguments) {
            (true, [Parsed { kind: ParsedKind::Reference(name), .. }]) => {
                vec![self.reference(name, true)]
            }
            (true, _) => return self.fail(FaultKind::WantsNodes(function)),
            (false, _) => arguments.iter().map(|argument| self.resolve(argument)).collect(),
        };
        if let (Function::Regex, [_, written]) = (function, &mut *resolved) {
            let Expression::Text(text) = written else {
                return self.fail(FaultKind::WorkedOutPattern);
            };
            let text = std::mem::take(text);
            match pattern::compile(&text) {
                Some(pattern) => *written = Expression::Pattern(pattern),
                None => return self.fail(FaultKind::BrokenPattern(text)),
            }
        }
        Expression::Call(function, resolved)
    }

    fn reference(&mut self, name: &str, rows_too: bool) -> Expression {
        let node = match self.compiler.names.get(name).map(Vec::as_slice) {
            None => {
                let similar = self.similar(name);
                return self.fail(FaultKind::UnknownName { name: name.to_owned(), similar });
            }
            Some([one]) => *one,
            Some(_) => return self.fail(FaultKind::AmbiguousName(name.to_owned())),
        };
        let form = &self.compiler.form;
        // Selects are nodes without a value until their lists are found: `Calculated` by then.
        let is_counted = rows_too && matches!(form.node(node).kind, Kind::Repeat { .. });
        if !form.node(node).holds_value() && !is_counted {
            return self.fail(FaultKind::NotAValue(name.to_owned()));
        }
        let up = depth(form, self.scope) - common_depth(form, self.scope, form.node(node).scope);
        Expression::Node(Reference { node, up })
    }

    /// The name with the fewest letters to change.
    fn similar(&self, name: &str) -> Option<String> {
        let candidates = self.compiler.names.keys().map(|other| (distance(name, other), *other));
        let nearest =
            candidates.filter(|(changes, _)| *changes <= 1 + name.chars().count() / 4).min();
        nearest.map(|(_, other)| other.to_owned())
    }
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

/// Levenshtein's distance.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
