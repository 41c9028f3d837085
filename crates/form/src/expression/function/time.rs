//! Dates and times.

use super::super::date::{self, format};
use super::super::{Evaluation, Expression, Outcome};

pub(super) fn today<'a>(e: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(date::date_text(e.facts.now()))
}

pub(super) fn now<'a>(e: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(date::moment_text(e.facts.now()))
}

pub(super) fn date<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.moment(&a[0]).map(date::date_text).unwrap_or_default())
}

pub(super) fn format_date<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let pattern = e.text(&a[1]);
    Outcome::text(e.moment(&a[0]).map(|moment| format(moment, &pattern)).unwrap_or_default())
}
