//! What an expression comes to, given the facts.

use core::cmp::Ordering;
use std::borrow::Cow;

use time::UtcOffset;

use super::library::Library;
use super::{Expression, Filter, Function, Number, Operator, Reference, date};
use crate::instance::{InstanceId, RowId};
use crate::model::{ChoiceList, Form, ListId, NodeId};
use crate::surroundings::Moment;

/// What an expression can ask.
pub trait Facts {
    /// The form.
    fn form(&self) -> &Form;
    /// Calls `visit` with the value of every relevant instance that `reference` means as seen from
    /// `row`, in order; for a repeat with nothing, once for each row.
    fn visit<'f>(&'f self, row: RowId, reference: Reference, visit: &mut dyn FnMut(&'f str));
    /// The same values whether they are relevant or not.
    fn kept(&self, row: RowId, reference: Reference) -> Vec<&str>;
    /// The value of one instance; none where it is not relevant. That of a group or a row is
    /// everything in it, one after the other (XPath 1.0, section 5.2).
    fn value(&self, at: InstanceId) -> Option<Cow<'_, str>>;
    /// The rows of a repeat; none where it is not relevant.
    fn rows(&self, repeat: InstanceId) -> &[RowId];
    /// The row that lies `up` scopes above.
    fn above(&self, row: RowId, up: u32) -> RowId;
    /// The places of the choices of a list whose `column` says `value`.
    fn choices(&self, list: ListId, column: u32, value: &str) -> Cow<'_, [u32]>;
    /// The label of a choice in the language at hand.
    fn choice_label(&self, list: ListId, place: u32) -> Cow<'_, str>;
    /// The label of the choice of a question that is stored as `value`.
    fn choice_name(&self, row: RowId, question: NodeId, value: &str) -> String;
    /// The text called `id` in the language at hand (`jr:itext`).
    fn text(&self, id: &str) -> String;
    /// The present moment.
    fn now(&self) -> Moment;
    /// Sixteen random bytes.
    fn random(&self) -> [u8; 16];
    /// What this answer was in the last application on this form.
    fn last_saved(&self, path: &str) -> String;
    /// What works out the rare parts of the language.
    fn library(&self) -> Library;
}

/// One evaluation.
#[derive(Clone, Copy)]
pub struct Evaluation<'a> {
    /// The facts.
    pub facts: &'a dyn Facts,
    /// The row that the expression is seen from.
    pub row: RowId,
    /// The value of the node that the expression is about.
    pub this: &'a str,
    /// The choice that a condition is tried on.
    pub item: Option<Item<'a>>,
    /// Which of how many a condition is tried on, from 1.
    pub place: (usize, usize),
    /// What the condition stands in.
    pub outer: Option<&'a Evaluation<'a>>,
}

/// A choice of a list.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// The list.
    pub list: &'a ChoiceList,
    /// Which of its choices.
    pub place: u32,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<'a> {
    /// A text. Dates are texts.
    Text(Cow<'a, str>),
    /// A number; NaN where something is not one.
    Number(Number),
    /// A truth value.
    Truth(bool),
    /// The values of several instances, or of none.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> Evaluation<'a> {
    /// Of an expression about the instance in `row` whose value is `this`.
    pub fn new(facts: &'a dyn Facts, row: RowId, this: &'a str) -> Self {
        Self { facts, row, this, item: None, place: (1, 1), outer: None }
    }

    /// Evaluates `expression`.
    pub fn evaluate(&self, expression: &'a Expression) -> Outcome<'a> {
        match expression {
            Expression::Number(value) => Outcome::Number(*value),
            Expression::Text(text) => Outcome::text(text.as_str()),
            Expression::Pattern(_) => Outcome::text(""),
            Expression::This => Outcome::text(self.this),
            Expression::Node(reference) => self.node(*reference),
            Expression::Column(column) => Outcome::text(self.cell(*column)),
            Expression::Call(function, arguments) => Function::call(*function, self, arguments),
            Expression::Operation(first, rest) => self.operation(first, rest),
            Expression::Negation(inner) => Outcome::Number(-self.number(inner)),
            Expression::Rare(rare) => (self.facts.library().compute)(rare, self),
        }
    }

    /// As a text.
    pub fn text(&self, expression: &'a Expression) -> Cow<'a, str> {
        self.evaluate(expression).into_text()
    }

    /// As a number.
    pub fn number(&self, expression: &'a Expression) -> Number {
        self.evaluate(expression).to_number(self.offset())
    }

    /// As a double.
    pub fn double(&self, expression: &'a Expression) -> f64 {
        self.number(expression).double()
    }

    /// The offset from UTC in which days begin and end.
    pub fn offset(&self) -> UtcOffset {
        self.facts.now().offset()
    }

    /// As a truth value.
    pub fn truth(&self, expression: &'a Expression) -> bool {
        self.evaluate(expression).to_truth()
    }

    /// Whether a condition holds: a number is the place that is meant (XPath 1.0, section 2.4).
    pub fn holds(&self, condition: &'a Expression) -> bool {
        match self.evaluate(condition) {
            Outcome::Number(place) => place == Number::from(self.place.0),
            other => other.to_truth(),
        }
    }

    /// As texts, several where an argument means several instances.
    pub fn texts(&self, expressions: &'a [Expression]) -> Vec<Cow<'a, str>> {
        let mut texts = Vec::with_capacity(expressions.len());
        for expression in expressions {
            match self.evaluate(expression) {
                Outcome::Many(many) => texts.extend(many),
                one => texts.push(one.into_text()),
            }
        }
        texts
    }

    /// Calls `visit` with every text that an expression means, in order: without a list of them
    /// where it only names a node.
    pub(super) fn each(&self, expression: &'a Expression, visit: &mut dyn FnMut(&str)) {
        match expression {
            Expression::Node(reference) => {
                self.facts.visit(self.row, *reference, &mut |text| visit(text));
            }
            other => match self.evaluate(other) {
                Outcome::Many(many) => many.iter().for_each(|text| visit(text)),
                one => visit(&one.into_text()),
            },
        }
    }

    /// As a moment, in the offset of the phone: a date, a date with a time, or days since
    /// 1970-01-01.
    pub fn moment(&self, expression: &'a Expression) -> Option<Moment> {
        let offset = self.offset();
        match self.evaluate(expression) {
            Outcome::Number(days) => date::from_days(days.double(), offset),
            other => {
                let text = other.to_text();
                let days = || date::from_days(Number::parse(text)?.double(), offset);
                date::parse(text, offset).map(|moment| moment.to_offset(offset)).or_else(days)
            }
        }
    }

    fn node(&self, reference: Reference) -> Outcome<'a> {
        let mut first = None;
        let mut more: Vec<Cow<'a, str>> = Vec::new();
        self.facts.visit(self.row, reference, &mut |value| match first {
            None => first = Some(value),
            Some(_) => more.push(value.into()),
        });
        match first {
            Some(only) if more.is_empty() => Outcome::text(only),
            Some(first) => {
                more.insert(0, first.into());
                Outcome::Many(more)
            }
            None => Outcome::Many(more),
        }
    }

    fn cell(&self, column: u32) -> &'a str {
        self.item.map_or("", |item| item.list.cell(column, item.place))
    }

    fn operation(&self, first: &'a Expression, rest: &'a [(Operator, Expression)]) -> Outcome<'a> {
        use Operator as O;
        let mut left = self.evaluate(first);
        for (operator, operand) in rest {
            let number = |left: Outcome<'a>| (left.to_number(self.offset()), self.number(operand));
            left = match operator {
                O::Or => Outcome::Truth(left.to_truth() || self.truth(operand)),
                O::And => Outcome::Truth(left.to_truth() && self.truth(operand)),
                O::Add => {
                    let (left, right) = number(left);
                    Outcome::Number(left + right)
                }
                O::Subtract => {
                    let (left, right) = number(left);
                    Outcome::Number(left - right)
                }
                O::Multiply => {
                    let (left, right) = number(left);
                    Outcome::Number(left * right)
                }
                O::Divide => {
                    let (left, right) = number(left);
                    Outcome::Number(left / right)
                }
                O::Remainder => {
                    let (left, right) = number(left);
                    Outcome::Number(left % right)
                }
                O::Equal
                | O::Unequal
                | O::Less
                | O::LessOrEqual
                | O::Greater
                | O::GreaterOrEqual => {
                    let right = self.evaluate(operand);
                    Outcome::Truth(compare(*operator, &left, &right, self.offset()))
                }
            };
        }
        left
    }
}

/// The places of the choices of a list that a filter leaves, as seen from `e`.
pub(crate) fn filtered(e: &Evaluation<'_>, list: ListId, filter: &Filter) -> Vec<u32> {
    let choices = e.facts.form().list(list);
    let mut places = match filter.key.as_ref().map(|(column, value)| (*column, e.evaluate(value))) {
        None => (0..choices.length).collect(),
        Some((column, Outcome::Text(text))) => e.facts.choices(list, column, &text).into_owned(),
        Some((column, other)) => {
            let cell = |place| Outcome::text(choices.cell(column, place));
            let fits = |place: &u32| compare(Operator::Equal, &cell(*place), &other, e.offset());
            (0..choices.length).filter(fits).collect()
        }
    };
    for condition in &filter.only {
        let count = places.len();
        let mut place = 0;
        places.retain(|choice| {
            place += 1;
            let item = Some(Item { list: choices, place: *choice });
            Evaluation { item, place: (place, count), ..*e }.holds(condition)
        });
    }
    places
}

/// XPath 1.0, section 3.4. Several instances fulfil a comparison when any of them does; no
/// instance at all counts as an empty one, as in both reference engines.
fn compare(operator: Operator, left: &Outcome<'_>, right: &Outcome<'_>, offset: UtcOffset) -> bool {
    match (left, right) {
        (Outcome::Many(many), other) if !many.is_empty() && !other.is_truth() => {
            many.iter().any(|one| compare(operator, &Outcome::text(&**one), other, offset))
        }
        (other, Outcome::Many(many)) if !many.is_empty() && !other.is_truth() => {
            many.iter().any(|one| compare(operator, other, &Outcome::text(&**one), offset))
        }
        _ => compare_single(operator, left, right, offset),
    }
}

fn compare_single(
    operator: Operator,
    left: &Outcome<'_>,
    right: &Outcome<'_>,
    offset: UtcOffset,
) -> bool {
    use Outcome::{Number, Truth};
    let equality = matches!(operator, Operator::Equal | Operator::Unequal);
    let order = match (left, right) {
        (Truth(_), _) | (_, Truth(_)) if equality => Some(left.to_truth().cmp(&right.to_truth())),
        (Number(_), _) | (_, Number(_)) => left.to_number(offset).compare(right.to_number(offset)),
        (Truth(one), Outcome::Many(_)) => Some(one.cmp(&right.to_truth())),
        (Outcome::Many(_), Truth(one)) => Some(left.to_truth().cmp(one)),
        _ if equality => Some(left.to_text().cmp(right.to_text())),
        _ => left.to_number(offset).compare(right.to_number(offset)),
    };
    match operator {
        Operator::Equal => order == Some(Ordering::Equal),
        Operator::Unequal => order != Some(Ordering::Equal),
        Operator::Less => order == Some(Ordering::Less),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
        _ => order.is_some_and(Ordering::is_ge),
    }
}

impl<'a> Outcome<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// As XPath 1.0's `string()`: of several the first.
    pub fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::Number(value) => value.text().into(),
            Self::Truth(truth) => truth_text(truth).into(),
            Self::Many(many) => many.into_iter().next().unwrap_or_default(),
        }
    }

    /// The same of what is a text already; empty for others.
    fn to_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Truth(truth) => truth_text(*truth),
            Self::Number(_) => "",
            Self::Many(many) => many.first().map_or("", |first| first),
        }
    }

    /// As XPath 1.0's `number()`, extended to dates.
    pub fn to_number(&self, offset: UtcOffset) -> Number {
        match self {
            Self::Number(value) => *value,
            Self::Truth(truth) => Number::whole(i64::from(*truth)),
            Self::Text(_) | Self::Many(_) => number_of(self.to_text(), offset),
        }
    }

    /// As XPath 1.0's `boolean()`: a text is true when it is not empty.
    pub fn to_truth(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(value) => !value.is_zero() && !value.is_nan(),
            Self::Truth(truth) => *truth,
            Self::Many(many) => many.iter().any(|text| !text.is_empty()),
        }
    }

    /// As a value is stored: what is not a number is nothing.
    pub fn into_value(self) -> Cow<'a, str> {
        match self {
            Self::Number(value) if value.is_nan() => Cow::Borrowed(""),
            other => other.into_text(),
        }
    }

    /// Whether nothing would be stored.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Number(value) => value.is_nan(),
            other => other.to_text().is_empty(),
        }
    }

    fn is_truth(&self) -> bool {
        matches!(self, Self::Truth(_))
    }
}

fn truth_text(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// The number that a text says. A date or a date with a time says days since 1970-01-01 began in
/// `offset`, so that moments written in different offsets compare as they follow each other.
pub fn number_of(text: &str, offset: UtcOffset) -> Number {
    let text = text.trim();
    let days = || {
        let moment = date::parse(text, offset)?;
        Some(Number::from(date::days(moment.to_offset(offset))))
    };
    Number::parse(text).or_else(days).unwrap_or(Number::NAN)
}
