//! How many of several conditions hold (ODK XForms, `checklist` and `weighted-checklist`).

use super::super::evaluate::number_of;
use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn checklist<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let truths = a[2..].iter().flat_map(|one| truths(e, one));
    within(e, a, Number::from(truths.filter(|truth| *truth).count()))
}

pub(super) fn weighted_checklist<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let mut sum = Number::ZERO;
    for pair in a[2..].chunks_exact(2) {
        let weights = e.texts(&pair[1..]);
        for (holds, weight) in truths(e, &pair[0]).into_iter().zip(weights) {
            if holds {
                sum = sum + number_of(&weight, e.offset());
            }
        }
    }
    within(e, a, sum)
}

/// What holds: of an argument that means several instances, each. A zero does not.
fn truths<'a>(e: &Evaluation<'a>, one: &'a Expression) -> Vec<bool> {
    let offset = e.offset();
    let holds = |text: &str| !text.is_empty() && !number_of(text, offset).is_zero();
    match e.evaluate(one) {
        Outcome::Many(many) => many.iter().map(|text| holds(text)).collect(),
        Outcome::Text(text) => vec![holds(&text)],
        other => vec![other.to_truth()],
    }
}

fn within<'a>(e: &Evaluation<'a>, a: &'a [Expression], sum: Number) -> Outcome<'a> {
    let (least, most) = (e.double(&a[0]), e.double(&a[1]));
    let sum = sum.double();
    Outcome::Truth((least < 0.0 || sum >= least) && (most < 0.0 || sum <= most))
}
