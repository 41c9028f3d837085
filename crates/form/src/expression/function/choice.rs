//! What is chosen: names separated by blanks.

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn selected<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (chosen, wanted) = (e.text(&a[0]), e.text(&a[1]));
    Outcome::Truth(match wanted.trim() {
        "" => chosen.trim().is_empty(),
        wanted => chosen.split_whitespace().any(|name| name == wanted),
    })
}

pub(super) fn count_selected<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.text(&a[0]).split_whitespace().count()))
}
