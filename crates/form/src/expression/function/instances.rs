//! Sets of instances.

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn count<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.texts(a).len()))
}

pub(super) fn count_non_empty<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let filled = e.texts(a).iter().filter(|text| !text.is_empty()).count();
    Outcome::Number(Number::from(filled))
}
