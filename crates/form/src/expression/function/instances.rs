//! Sets of instances.

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn count<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.texts(a).len()))
}
