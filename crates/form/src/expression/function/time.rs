//! Dates and times.

use super::super::date::{self, format};
use super::super::{Evaluation, Expression, Outcome};

pub(super) fn today(e: &Evaluation<'_>, _: &[Expression]) -> Outcome {
    Outcome::Text(date::date_text(e.facts.now()))
}

pub(super) fn now(e: &Evaluation<'_>, _: &[Expression]) -> Outcome {
    Outcome::Text(date::moment_text(e.facts.now()))
}

pub(super) fn date(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Text(e.moment(&a[0]).map(date::date_text).unwrap_or_default())
}

pub(super) fn format_date(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let pattern = e.text(&a[1]);
    Outcome::Text(e.moment(&a[0]).map(|moment| format(moment, &pattern)).unwrap_or_default())
}
