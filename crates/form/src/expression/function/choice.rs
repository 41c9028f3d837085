//! What is chosen: names separated by blanks.

use super::super::{Evaluation, Expression, Outcome};

pub(super) fn selected(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let wanted = e.text(&a[1]);
    Outcome::Truth(e.text(&a[0]).split_whitespace().any(|name| name == wanted.trim()))
}

pub(super) fn selected_at(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let place = e.number(&a[1]);
    let text = e.text(&a[0]);
    let chosen = if place >= 0.0 { text.split_whitespace().nth(place as usize) } else { None };
    Outcome::Text(chosen.unwrap_or_default().to_owned())
}

pub(super) fn count_selected(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.text(&a[0]).split_whitespace().count() as f64)
}
