//! Truth.

use super::super::{Evaluation, Expression, Outcome};
use super::only;

pub(super) fn boolean<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(e.truth(&a[0]))
}

pub(super) fn boolean_from_string<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = only(e, a);
    Outcome::Truth(text == "1" || text.eq_ignore_ascii_case("true"))
}

/// The compiler adds what the value is so far as the second argument.
pub(super) fn once<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let before = e.evaluate(&a[1]);
    if before.is_empty() { e.evaluate(&a[0]) } else { before }
}
