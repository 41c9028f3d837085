//! Texts. Places and lengths count characters (code points), never bytes.

use super::super::{Evaluation, Expression, Number, Outcome};

pub(super) fn string<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Text(e.text(&a[0]))
}

pub(super) fn concat<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.texts(a).concat())
}

/// Negative places count from the end.
pub(super) fn substr<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = e.text(&a[0]);
    let from = e.double(&a[1]);
    let to = a.get(2).map_or(f64::INFINITY, |end| e.double(end));
    if from.is_nan() || to.is_nan() {
        return Outcome::text("");
    }
    let is_counted = from < 0.0 || to < 0.0;
    let length = if is_counted { text.chars().count() as f64 } else { f64::INFINITY };
    let place = |value: f64| (if value < 0.0 { length + value } else { value }).max(0.0);
    let (from, to) = (place(from) as usize, place(to) as usize);
    let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
    let from = byte(from);
    Outcome::text(text[from..byte(to).max(from)].to_owned())
}

pub(super) fn string_length<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.text(&a[0]).chars().count()))
}
