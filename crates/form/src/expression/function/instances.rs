//! Sets of instances.

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn count<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let mut count = 0;
    e.each(&a[0], &mut |_| count += 1);
    Outcome::Number(Number::whole(count))
}
