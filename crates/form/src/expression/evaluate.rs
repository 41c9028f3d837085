//! What an expression comes to, given the facts.

use time::UtcOffset;

use super::{Expression, Function, Operator, Reference, date, decimal};
use crate::surroundings::Moment;

/// What an expression can ask: the form's values as seen from one row, the clock, randomness.
pub trait Facts {
    /// Calls `visit` with the value of every instance that `reference` means, in order. A value
    /// that is not relevant is empty.
    fn visit(&self, reference: Reference, visit: &mut dyn FnMut(&str));
    /// The present moment.
    fn now(&self) -> Moment;
    /// Sixteen random bytes.
    fn random(&self) -> [u8; 16];
}

/// One evaluation.
pub struct Evaluation<'a> {
    /// The facts.
    pub facts: &'a dyn Facts,
    /// The value of the node that the expression is about.
    pub this: &'a str,
    /// The cells of the choice at hand, within a `choice_filter`.
    pub cells: &'a [String],
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A text. Dates are texts.
    Text(String),
    /// A number; NaN where something is not one.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// The values of several instances.
    Many(Vec<String>),
}

impl Evaluation<'_> {
    /// Evaluates `expression`.
    pub fn evaluate(&self, expression: &Expression) -> Outcome {
        match expression {
            Expression::Number(value) => Outcome::Number(*value),
            Expression::Text(text) => Outcome::Text(text.clone()),
            Expression::Pattern(_) => Outcome::Text(String::new()),
            Expression::This => Outcome::Text(self.this.to_owned()),
            Expression::Node(reference) => self.node(*reference),
            Expression::Column(column) => {
                Outcome::Text(self.cells.get(*column as usize).cloned().unwrap_or_default())
            }
            Expression::Call(function, arguments) => Function::call(*function, self, arguments),
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Negation(inner) => Outcome::Number(-self.number(inner)),
        }
    }

    /// As a text.
    pub fn text(&self, expression: &Expression) -> String {
        self.evaluate(expression).to_text()
    }

    /// As a number.
    pub fn number(&self, expression: &Expression) -> f64 {
        self.evaluate(expression).to_number(self.offset())
    }

    /// The offset from UTC in which days begin and end.
    pub fn offset(&self) -> UtcOffset {
        self.facts.now().offset()
    }

    /// As a truth value.
    pub fn truth(&self, expression: &Expression) -> bool {
        self.evaluate(expression).to_truth()
    }

    /// As texts, several where an argument means several instances.
    pub fn texts(&self, expressions: &[Expression]) -> Vec<String> {
        let mut texts = Vec::with_capacity(expressions.len());
        for expression in expressions {
            match self.evaluate(expression) {
                Outcome::Many(many) => texts.extend(many),
                one => texts.push(one.to_text()),
            }
        }
        texts
    }

    /// As a moment: a date, a date with a time, or days since 1970-01-01.
    pub fn moment(&self, expression: &Expression) -> Option<Moment> {
        let offset = self.offset();
        match self.evaluate(expression) {
            Outcome::Number(days) => date::from_days(days, offset),
            other => {
                let text = other.to_text();
                let days = || decimal::parse(&text).and_then(|days| date::from_days(days, offset));
                date::parse(&text, offset).or_else(days)
            }
        }
    }

    fn node(&self, reference: Reference) -> Outcome {
        let mut found = Vec::new();
        self.facts.visit(reference, &mut |value| found.push(value.to_owned()));
        match found.len() {
            1 => Outcome::Text(found.swap_remove(0)),
            _ => Outcome::Many(found),
        }
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Outcome {
        use Operator as O;
        match operator {
            O::Or => Outcome::Truth(self.truth(left) || self.truth(right)),
            O::And => Outcome::Truth(self.truth(left) && self.truth(right)),
            O::Add => Outcome::Number(self.number(left) + self.number(right)),
            O::Subtract => Outcome::Number(self.number(left) - self.number(right)),
            O::Multiply => Outcome::Number(self.number(left) * self.number(right)),
            O::Divide => Outcome::Number(self.number(left) / self.number(right)),
            O::Remainder => Outcome::Number(self.number(left) % self.number(right)),
            O::Equal | O::Unequal | O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual => {
                let (left, right) = (self.evaluate(left), self.evaluate(right));
                Outcome::Truth(compare(operator, &left, &right, self.offset()))
            }
        }
    }
}

/// XPath 1.0, section 3.4. Several instances fulfil a comparison when any of them does; no
/// instance at all counts as an empty one, as in both reference engines.
fn compare(operator: Operator, left: &Outcome, right: &Outcome, offset: UtcOffset) -> bool {
    match (left, right) {
        (Outcome::Many(many), other) if !many.is_empty() => {
            many.iter().any(|one| compare(operator, &Outcome::Text(one.clone()), other, offset))
        }
        (other, Outcome::Many(many)) if !many.is_empty() => {
            many.iter().any(|one| compare(operator, other, &Outcome::Text(one.clone()), offset))
        }
        _ => compare_single(operator, left, right, offset),
    }
}

fn compare_single(operator: Operator, left: &Outcome, right: &Outcome, offset: UtcOffset) -> bool {
    use Outcome::{Number, Truth};
    let equal = |equal: bool| (operator == Operator::Equal) == equal;
    if matches!(operator, Operator::Equal | Operator::Unequal) {
        return match (left, right) {
            (Truth(_), _) | (_, Truth(_)) => equal(left.to_truth() == right.to_truth()),
            (Number(_), _) | (_, Number(_)) => {
                let (left, right) = (left.to_number(offset), right.to_number(offset));
                if operator == Operator::Equal { left == right } else { left != right }
            }
            _ => equal(left.to_text() == right.to_text()),
        };
    }
    let (left, right) = (left.to_number(offset), right.to_number(offset));
    match operator {
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::Greater => left > right,
        _ => left >= right,
    }
}

impl Outcome {
    /// As XPath 1.0's `string()`: of several the first.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => decimal::text(*value),
            Self::Truth(truth) => truth.to_string(),
            Self::Many(many) => many.first().cloned().unwrap_or_default(),
        }
    }

    /// As XPath 1.0's `number()`, extended to dates.
    pub fn to_number(&self, offset: UtcOffset) -> f64 {
        match self {
            Self::Text(text) => number_of(text, offset),
            Self::Number(value) => *value,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            Self::Many(many) => many.first().map_or(f64::NAN, |text| number_of(text, offset)),
        }
    }

    /// As XPath 1.0's `boolean()`: a text is true when it is not empty.
    pub fn to_truth(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::Truth(truth) => *truth,
            Self::Many(many) => many.iter().any(|text| !text.is_empty()),
        }
    }

    /// As a value is stored: what is not a number is nothing.
    pub fn into_value(self) -> String {
        match self {
            Self::Number(value) if value.is_nan() => String::new(),
            Self::Text(text) => text,
            other => other.to_text(),
        }
    }
}

/// The number that a text says. A date or a date with a time says days since 1970-01-01 began in
/// `offset`, so that moments written in different offsets compare as they follow each other.
pub fn number_of(text: &str, offset: UtcOffset) -> f64 {
    let text = text.trim();
    let days = || {
        date::parse(text, offset).map_or(f64::NAN, |moment| date::days(moment.to_offset(offset)))
    };
    decimal::parse(text).unwrap_or_else(days)
}
