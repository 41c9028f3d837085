//! Truth and decisions.

use super::super::{Evaluation, Expression, Outcome};

pub(super) fn if_(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    e.evaluate(if e.truth(&a[0]) { &a[1] } else { &a[2] })
}

pub(super) fn coalesce(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    match e.evaluate(&a[0]) {
        first if first.to_text().is_empty() => e.evaluate(&a[1]),
        first => first,
    }
}

pub(super) fn not(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Truth(!e.truth(&a[0]))
}

pub(super) fn true_(_: &Evaluation<'_>, _: &[Expression]) -> Outcome {
    Outcome::Truth(true)
}

pub(super) fn false_(_: &Evaluation<'_>, _: &[Expression]) -> Outcome {
    Outcome::Truth(false)
}

pub(super) fn boolean(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Truth(e.truth(&a[0]))
}

pub(super) fn boolean_from_string(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let text = e.text(&a[0]);
    Outcome::Truth(text == "1" || text.eq_ignore_ascii_case("true"))
}

pub(super) fn regex(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let is_match = matches!(&a[1], Expression::Pattern(pattern) if pattern.matches(&e.text(&a[0])));
    Outcome::Truth(is_match)
}

pub(super) fn once(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    if e.this.is_empty() { e.evaluate(&a[0]) } else { Outcome::Text(e.this.to_owned()) }
}
