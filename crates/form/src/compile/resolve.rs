//! Expressions: parsed, their names resolved, their functions checked.

use super::path::Frame;
use super::{Compiler, FaultKind, Place, pattern};
use crate::expression::parser::{Parsed, ParsedKind, parse};
use crate::expression::{Expression, Function, Operator, Rare, RareFunction};
use crate::model::{ExpressionId, Kind, ListId, NodeId};

impl Compiler<'_> {
    /// Compiles an expression about `node`.
    pub(super) fn expression(
        &mut self,
        source: &str,
        node: NodeId,
        place: Place,
    ) -> Option<ExpressionId> {
        let expression = self.resolve(source, node, None, place)?;
        Some(self.keep(expression))
    }

    /// Parses and resolves an expression about `node`; with a list, as a condition on its choices.
    pub(super) fn resolve(
        &mut self,
        source: &str,
        node: NodeId,
        list: Option<ListId>,
        place: Place,
    ) -> Option<Expression> {
        let scope = self.scope(node);
        let first = Frame::Node { node, scope };
        let frames = std::iter::once(first).chain(list.map(Frame::Item)).collect();
        self.resolve_in(source, frames, place)
    }

    /// Parses and resolves an expression that is tried on each row of a repeat.
    pub(super) fn resolve_row(
        &mut self,
        source: &str,
        about: NodeId,
        repeat: NodeId,
        place: Place,
    ) -> Option<Expression> {
        let Kind::Repeat { rows, .. } = self.form.node(repeat).kind else { return None };
        let own = Frame::Node { node: about, scope: self.scope(about) };
        self.resolve_in(source, vec![own, Frame::Node { node: repeat, scope: rows }], place)
    }

    fn resolve_in(&mut self, source: &str, frames: Vec<Frame>, place: Place) -> Option<Expression> {
        let parsed = match parse(source) {
            Ok(parsed) => parsed,
            Err(cause) => {
                self.fault(place, FaultKind::BrokenExpression(cause));
                return None;
            }
        };
        let mut resolver = Resolver { compiler: self, frames, place, failed: false };
        let expression = resolver.resolve(&parsed);
        (!resolver.failed).then_some(expression)
    }
}

/// Resolves one expression.
pub(super) struct Resolver<'r, 'd> {
    pub(super) compiler: &'r mut Compiler<'d>,
    /// What the expression is about; on top of it what the conditions around are tried on.
    pub(super) frames: Vec<Frame>,
    pub(super) place: Place,
    pub(super) failed: bool,
}

impl Resolver<'_, '_> {
    pub(super) fn fail(&mut self, kind: FaultKind) -> Expression {
        self.failed = true;
        self.compiler.fault(self.place, kind);
        Expression::This
    }

    pub(super) fn resolve(&mut self, parsed: &Parsed<'_>) -> Expression {
        match &parsed.kind {
            ParsedKind::Number(value) => Expression::Number(*value),
            ParsedKind::Text(text) => Expression::Text((*text).to_owned()),
            ParsedKind::Path(path) => self.path(path, false),
            ParsedKind::Call(name, arguments) => self.call(name, arguments),
            ParsedKind::Negation(inner) => Expression::Negation(Box::new(self.resolve(inner))),
            ParsedKind::Union(all) => {
                if !all.iter().all(|one| matches!(one.kind, ParsedKind::Path(_))) {
                    return self.fail(FaultKind::NotAPath);
                }
                let mut nodes: Vec<Expression> = Vec::new();
                for one in all.iter().map(|one| self.nodes(one, false)).collect::<Vec<_>>() {
                    if !nodes.contains(&one) {
                        nodes.push(one);
                    }
                }
                rare(Rare::Union(nodes))
            }
            ParsedKind::Operation(first, rest) => {
                let first = self.resolve(first);
                let rest = rest.iter().map(|(sign, operand)| (*sign, self.resolve(operand)));
                let rest: Vec<(Operator, Expression)> = rest.collect();
                Expression::Operation(Box::new(first), rest)
            }
        }
    }

    /// An argument that must be nodes; groups and repeats are nodes too.
    fn nodes(&mut self, parsed: &Parsed<'_>, is_counted: bool) -> Expression {
        match &parsed.kind {
            ParsedKind::Path(path) => self.path(path, is_counted),
            _ => self.resolve(parsed),
        }
    }

    fn call(&mut self, name: &str, arguments: &[Parsed<'_>]) -> Expression {
        match name {
            "position" | "last" => return self.place_of(name, arguments),
            "current" if arguments.is_empty() => return self.current(),
            "instance" => return self.fail(FaultKind::WholeInstance),
            "indexed-repeat" => return self.indexed_repeat(arguments),
            "jr:choice-name" => return self.choice_name(arguments),
            "pulldata" => return self.pull_data(arguments),
            _ => {}
        }
        let common = Function::find(name);
        let seldom = RareFunction::find(name);
        let (least, most, wants_nodes) = match (common, seldom) {
            (Some(common), _) => (common.arity().0, common.arity().1, common.wants_nodes()),
            (_, Some(seldom)) => (seldom.arity().0, seldom.arity().1, seldom.wants_nodes()),
            _ => return self.fail(FaultKind::UnknownFunction(name.to_owned())),
        };
        if arguments.len() < least || arguments.len() > most {
            let (function, given) = (name.to_owned(), arguments.len());
            return self.fail(FaultKind::WrongArity { function, least, most, given });
        }
        let is_nodes = |argument: &Parsed<'_>| {
            matches!(argument.kind, ParsedKind::Path(_) | ParsedKind::Union(_))
                || matches!(argument.kind, ParsedKind::Call("randomize" | "current", _))
        };
        if wants_nodes && !arguments.first().is_some_and(is_nodes) {
            return self.fail(FaultKind::WantsNodes(name.to_owned()));
        }
        let mut resolved: Vec<Expression> = arguments
            .iter()
            .enumerate()
            .map(|(place, argument)| {
                let is_counted = common == Some(Function::Count);
                match wants_nodes && place == 0 {
                    true => self.nodes(argument, is_counted),
                    false => self.resolve(argument),
                }
            })
            .collect();
        match (common, seldom) {
            (Some(Function::Regex), _) => self.regex(resolved),
            (Some(common), _) => {
                let is_about_this = least == 0 && most == 1 && resolved.is_empty();
                resolved.extend(is_about_this.then(|| self.this()));
                Expression::Call(common, resolved)
            }
            (_, Some(RareFunction::NormalizeSpace)) if resolved.is_empty() => {
                rare(Rare::Call(RareFunction::NormalizeSpace, vec![self.this()]))
            }
            (_, Some(seldom)) => {
                if seldom == RareFunction::Once {
                    resolved.push(self.this());
                }
                rare(Rare::Call(seldom, resolved))
            }
            _ => Expression::This,
        }
    }

    fn regex(&mut self, mut arguments: Vec<Expression>) -> Expression {
        let Some(Expression::Text(text)) = arguments.get_mut(1) else {
            return self.fail(FaultKind::WorkedOutPattern);
        };
        let text = std::mem::take(text);
        match pattern::compile(&text) {
            Some(pattern) => {
                arguments[1] = Expression::Pattern(pattern);
                Expression::Call(Function::Regex, arguments)
            }
            None => self.fail(FaultKind::BrokenPattern(text)),
        }
    }

    /// `jr:choice-name(value, 'path')`: the path is a text, as pyxform wants it.
    fn choice_name(&mut self, arguments: &[Parsed<'_>]) -> Expression {
        let [value, Parsed { kind: ParsedKind::Text(path), .. }] = arguments else {
            return self.fail(FaultKind::ChoiceNameArguments);
        };
        let value = self.resolve(value);
        let path = match parse(path) {
            Ok(Parsed { kind: ParsedKind::Path(path), .. }) => path,
            _ => return self.fail(FaultKind::ChoiceNameArguments),
        };
        match self.single_node(&path) {
            Some(question) if self.compiler.selects.contains(&question) => {
                rare(Rare::ChoiceName { value, question })
            }
            Some(_) => self.fail(FaultKind::ChoiceNameArguments),
            None => Expression::This,
        }
    }

    /// `pulldata('file', 'wanted column', 'key column', key)`.
    fn pull_data(&mut self, arguments: &[Parsed<'_>]) -> Expression {
        let text = |parsed: &Parsed<'_>| match parsed.kind {
            ParsedKind::Text(text) => Some(text.trim().to_owned()),
            _ => None,
        };
        let [file, wanted, column, key] = arguments else {
            return self.fail(FaultKind::PullDataArguments);
        };
        let (Some(file), Some(wanted), Some(column)) = (text(file), text(wanted), text(column))
        else {
            return self.fail(FaultKind::PullDataArguments);
        };
        let Some(list) = self.list(&file) else { return Expression::This };
        let key = self.resolve(key);
        let (Some(wanted), Some(column)) = (self.column(list, &wanted), self.column(list, &column))
        else {
            return Expression::This;
        };
        self.first_item(list, column, key, wanted)
    }
}

/// Of the rare parts of the language.
pub(super) fn rare(rare: Rare) -> Expression {
    Expression::Rare(Box::new(rare))
}
