//! Numbers.

use super::super::evaluate::number_of;
use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn number<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(e.number(&a[0]))
}

pub(super) fn int<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(e.number(&a[0]).truncated())
}

/// Halves go up, towards positive infinity (XPath 1.0, section 4.4).
pub(super) fn round<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let places = a.get(1).map_or(0.0, |places| e.double(places));
    Outcome::Number(e.number(&a[0]).rounded(places.clamp(-30.0, 30.0) as i32))
}

pub(super) fn sum<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (offset, mut sum) = (e.offset(), Number::ZERO);
    e.each(&a[0], &mut |text| {
        if !text.is_empty() {
            sum = sum + number_of(text, offset);
        }
    });
    Outcome::Number(sum)
}
