//! Truth and decisions.

use super::super::{Evaluation, Expression, Outcome};

pub(super) fn if_<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    e.evaluate(if e.truth(&a[0]) { &a[1] } else { &a[2] })
}

pub(super) fn coalesce<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let mut all = a.iter().map(|one| e.evaluate(one));
    all.find(|one| !one.is_empty()).unwrap_or_else(|| Outcome::text(""))
}

pub(super) fn not<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(!e.truth(&a[0]))
}

pub(super) fn true_<'a>(_: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(true)
}

pub(super) fn false_<'a>(_: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(false)
}

pub(super) fn regex<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let is_match = matches!(&a[1], Expression::Pattern(pattern) if pattern.matches(&e.text(&a[0])));
    Outcome::Truth(is_match)
}
