//! Lists in expressions: `instance('list')/root/item[…]/column`, `pulldata()`, and conditions on
//! choices.

use super::FaultKind;
use super::path::{Frame, spelt};
use super::resolve::{Resolver, rare};
use crate::expression::parser::{Parsed, ParsedKind, Path, Start, Step, To};
use crate::expression::{
    Expression, Filter, Function, Items, Number, Operator, Rare, RareFunction, What,
};
use crate::model::ListId;

impl Resolver<'_, '_> {
    /// A path into a list: `instance('list')/root/item[…]/column`, or the name of a column in a
    /// condition on a choice.
    pub(super) fn item_path(&mut self, path: &Path<'_>) -> Option<Expression> {
        match (&path.start, self.frames.last()) {
            (Start::Call(call), _) => match &call.kind {
                ParsedKind::Call("instance", arguments) => Some(self.instance(arguments, path)),
                _ => None,
            },
            (Start::Here, Some(Frame::Item(list))) => {
                let list = *list;
                Some(match self.column_at(list, &path.steps) {
                    Some(What::Column(column)) => Expression::Column(column),
                    Some(What::Label) => rare(Rare::ItemLabel),
                    None => Expression::This,
                })
            }
            (Start::Here, Some(Frame::Node { .. })) if self.frames.len() == 1 => {
                // A bare name is a mistake that authors make: they mean `${name}`.
                let [Step { to: To::Child(name), only }] = &path.steps[..] else { return None };
                let (node, _) = self.outermost();
                let has_children = !self.form().node(node).children.is_empty();
                (only.is_empty() && !has_children)
                    .then(|| self.fail(FaultKind::BareName((*name).to_owned())))
            }
            _ => None,
        }
    }

    fn instance(&mut self, arguments: &[Parsed<'_>], path: &Path<'_>) -> Expression {
        let [Parsed { kind: ParsedKind::Text(name), .. }] = arguments else {
            return self.fail(FaultKind::WholeInstance);
        };
        if *name == "__last-saved" {
            let names = path.steps.iter().skip(1).filter_map(|step| match step.to {
                To::Child(name) => Some(name),
                _ => None,
            });
            let path = Expression::Text(names.collect::<Vec<_>>().join("/"));
            return rare(Rare::Call(RareFunction::LastSaved, vec![path]));
        }
        let [root, item, columns @ ..] = &path.steps[..] else {
            return self.fail(FaultKind::WholeInstance);
        };
        if !path.only.is_empty() || !root.only.is_empty() {
            return self.fail(FaultKind::WholeInstance);
        }
        let Some(list) = self.elements(name, root.to, item.to) else { return Expression::This };
        self.frames.push(Frame::Item(list));
        let only: Vec<_> = item.only.iter().map(|condition| self.resolve(condition)).collect();
        self.frames.pop();
        let what = match columns {
            [] => Some(What::Column(0)),
            _ => self.column_at(list, columns),
        };
        let Some(what) = what else { return Expression::This };
        rare(Rare::Items(Items { list, filter: Filter::of(only), what }))
    }

    /// The list of the elements that a path into an instance leads to.
    fn elements(&mut self, instance: &str, root: To<'_>, item: To<'_>) -> Option<ListId> {
        let first = self.list(instance)?;
        let instance = self.compiler.declared(first).instance();
        let parts = self.compiler.parts(instance);
        let is_called = |step: To<'_>, name: &str| match step {
            To::Child(own) => own == name,
            To::Children => true,
            _ => false,
        };
        let fits = |list: &&ListId| {
            let (own_root, own_item) = self.compiler.declared(**list).path();
            is_called(root, own_root) && is_called(item, own_item)
        };
        let mut fitting = parts.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(*only),
            _ => {
                let asked = format!("{}/{}", spelt(root), spelt(item));
                let known = parts.iter().map(|list| {
                    let (root, item) = self.compiler.declared(*list).path();
                    format!("instance('{instance}')/{root}/{item}")
                });
                let (list, known) = (instance.to_owned(), known.collect());
                self.fail(FaultKind::UnknownElements { list, asked, known });
                None
            }
        }
    }

    /// The column that the rest of a path into a list leads to.
    fn column_at(&mut self, list: ListId, steps: &[Step<'_>]) -> Option<What> {
        let names = steps.iter().filter(|step| step.to != To::Itself || !step.only.is_empty());
        let names: Option<Vec<&str>> = names
            .map(|step| match step.to {
                To::Child(name) if step.only.is_empty() => Some(name),
                _ => None,
            })
            .collect();
        match names.filter(|names| !names.is_empty()) {
            Some(names) => self.column(list, &names.join("/")),
            None => {
                self.fail(FaultKind::NotAColumn);
                None
            }
        }
    }

    /// What a list has in one column where another equals `key`: the first of such choices.
    pub(super) fn first_item(
        &mut self,
        list: ListId,
        column: What,
        key: Expression,
        what: What,
    ) -> Expression {
        let column = match column {
            What::Column(column) => Expression::Column(column),
            What::Label => rare(Rare::ItemLabel),
        };
        let key = Expression::Call(Function::String, vec![key]);
        let only = Expression::Operation(Box::new(column), vec![(Operator::Equal, key)]);
        let first = Expression::Number(Number::whole(1));
        let filter = Filter::of(vec![only, first]);
        rare(Rare::Items(Items { list, filter, what }))
    }

    /// The list called `name`, with or without the ending of a file.
    pub(super) fn list(&mut self, name: &str) -> Option<ListId> {
        let found = self.compiler.list_called(name);
        if found.is_none() {
            self.fail(FaultKind::UnknownList(name.to_owned()));
        }
        found
    }

    /// What a list has under a name.
    pub(super) fn column(&mut self, list: ListId, name: &str) -> Option<What> {
        if self.compiler.declared(list).several.iter().any(|own| own == name) {
            let list = self.form().list(list).name.clone();
            self.fail(FaultKind::SeveralInOne { list, name: name.to_owned() });
            return None;
        }
        let own = self.form().list(list);
        match own.column(name) {
            Some(column) => Some(What::Column(column)),
            None if name == "label" && !own.labels.is_empty() => Some(What::Label),
            None => {
                let (list, columns) = (own.name.clone(), &own.columns);
                let known = columns.iter().map(|column| column.name.clone()).collect();
                self.fail(FaultKind::UnknownColumn { list, name: name.to_owned(), known });
                None
            }
        }
    }
}

impl Filter {
    /// Of conditions, with a key where the first asks for one.
    pub(super) fn of(mut only: Vec<Expression>) -> Self {
        let key = only.first().filter(|first| !counts(first)).and_then(equality);
        if let (Some(_), Some(first)) = (&key, only.first_mut()) {
            *first = without_key(first);
        }
        // A place counts among what the key leaves, as among what the whole condition left.
        let is_idle = only.first() == Some(&always());
        if key.is_some() && is_idle {
            only.remove(0);
        }
        Self { key, only }
    }
}

/// `column = value`, alone or as the first of several joined by `and`, where the value does not
/// look at the choice.
fn equality(condition: &Expression) -> Option<(u32, Expression)> {
    let Expression::Operation(first, rest) = condition else { return None };
    match &rest[..] {
        [(Operator::Equal, other)] => {
            let (column, value) = match (&**first, other) {
                (Expression::Column(column), value) | (value, Expression::Column(column)) => {
                    (*column, value)
                }
                _ => return None,
            };
            let looks = value.any(&|inner| match inner {
                Expression::Column(_) => true,
                Expression::Rare(rare) => matches!(**rare, Rare::ItemLabel),
                _ => false,
            });
            (!looks).then(|| (column, value.clone()))
        }
        [(Operator::And, _), ..] => equality(first),
        _ => None,
    }
}

/// The condition when its key is known to fit.
fn without_key(condition: &Expression) -> Expression {
    let Expression::Operation(first, rest) = condition else { return always() };
    let Some(((Operator::And, next), others)) = rest.split_first() else { return always() };
    match (without_key(first), others) {
        (first, _) if first != always() => Expression::Operation(Box::new(first), rest.clone()),
        (_, []) => next.clone(),
        (_, others) => Expression::Operation(Box::new(next.clone()), others.to_vec()),
    }
}

fn always() -> Expression {
    Expression::Call(Function::True, Vec::new())
}
/// Whether an expression asks which of those it is that a condition is tried on.
pub(super) fn counts(expression: &Expression) -> bool {
    expression.any(&|inner| {
        matches!(inner, Expression::Rare(rare) if matches!(**rare, Rare::Place | Rare::Last))
    })
}
