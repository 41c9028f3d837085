//! Numbers.

use super::super::evaluate::number_of;
use super::super::{Evaluation, Expression, Outcome};

pub(super) fn number(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]))
}

pub(super) fn int(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]).trunc())
}

/// Halves go up, towards positive infinity (XPath 1.0, section 4.4).
pub(super) fn round(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let places = a.get(1).map_or(0.0, |places| e.number(places).trunc());
    let scale = 10f64.powi(places.clamp(-30.0, 30.0) as i32);
    Outcome::Number((e.number(&a[0]) * scale + 0.5).floor() / scale)
}

pub(super) fn floor(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]).floor())
}

pub(super) fn ceiling(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]).ceil())
}

pub(super) fn abs(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]).abs())
}

pub(super) fn pow(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.number(&a[0]).powf(e.number(&a[1])))
}

pub(super) fn sum(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(filled(e, a).sum())
}

pub(super) fn max(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(filled(e, a).reduce(f64::max).unwrap_or(f64::NAN))
}

pub(super) fn min(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(filled(e, a).reduce(f64::min).unwrap_or(f64::NAN))
}

fn filled(e: &Evaluation<'_>, a: &[Expression]) -> impl Iterator<Item = f64> + use<> {
    let offset = e.offset();
    e.texts(a).into_iter().filter(|text| !text.is_empty()).map(move |text| number_of(&text, offset))
}
