//! How many of several conditions hold (ODK XForms, `checklist` and `weighted-checklist`).

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn checklist<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let holding = a[2..].iter().map(|one| truths(e, one)).sum::<usize>();
    within(e, a, Number::from(holding))
}

pub(super) fn weighted_checklist<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let pairs = a[2..].chunks_exact(2);
    let weights = pairs.map(|pair| match truths(e, &pair[0]) {
        0 => Number::ZERO,
        _ => e.number(&pair[1]),
    });
    within(e, a, weights.fold(Number::ZERO, |sum, weight| sum + weight))
}

/// How many hold: of an argument that means several instances, each counts.
fn truths<'a>(e: &Evaluation<'a>, one: &'a Expression) -> usize {
    let offset = e.offset();
    let holds = |text: &str| match Outcome::text(text).to_number(offset) {
        number if number.is_nan() => text.eq_ignore_ascii_case("true"),
        number => !number.is_zero(),
    };
    match e.evaluate(one) {
        Outcome::Many(many) => many.iter().filter(|text| holds(text)).count(),
        Outcome::Text(text) => usize::from(holds(&text)),
        other => usize::from(other.to_truth()),
    }
}

fn within<'a>(e: &Evaluation<'a>, a: &'a [Expression], sum: Number) -> Outcome<'a> {
    let (least, most) = (e.double(&a[0]), e.double(&a[1]));
    let sum = sum.double();
    Outcome::Truth((least < 0.0 || sum >= least) && (most < 0.0 || sum <= most))
}
