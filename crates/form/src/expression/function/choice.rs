//! What is chosen: names separated by blanks.

use std::borrow::Cow;

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn selected<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (chosen, wanted) = (e.text(&a[0]), e.text(&a[1]));
    Outcome::Truth(match wanted.trim() {
        "" => chosen.trim().is_empty(),
        wanted => chosen.split_whitespace().any(|name| name == wanted),
    })
}

pub(super) fn selected_at<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let place = e.number(&a[1]).truncated().as_whole().and_then(|place| place.try_into().ok());
    let text = e.text(&a[0]);
    let chosen = place.and_then(|place| text.split_whitespace().nth(place));
    Outcome::Text(Cow::Owned(chosen.unwrap_or_default().to_owned()))
}

pub(super) fn count_selected<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.text(&a[0]).split_whitespace().count()))
}
