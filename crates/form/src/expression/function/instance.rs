//! Sets of instances.

use super::super::{Evaluation, Expression, Outcome};

pub(super) fn count(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.texts(a).len() as f64)
}

pub(super) fn count_non_empty(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.texts(a).iter().filter(|text| !text.is_empty()).count() as f64)
}
