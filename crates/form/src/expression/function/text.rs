//! Texts. Places and lengths count characters (code points), never bytes.

use super::super::{Evaluation, Expression, Outcome};

pub(super) fn string(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Text(e.text(&a[0]))
}

pub(super) fn concat(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Text(e.texts(a).concat())
}

pub(super) fn join(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Text(e.texts(&a[1..]).join(&e.text(&a[0])))
}

/// Negative places count from the end.
pub(super) fn substr(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let text = e.text(&a[0]);
    let length = text.chars().count() as f64;
    let place = |value: f64| {
        let from_end = if value < 0.0 { length + value } else { value };
        from_end.clamp(0.0, length)
    };
    let from = e.number(&a[1]);
    let to = a.get(2).map_or(length, |end| e.number(end));
    if from.is_nan() || to.is_nan() {
        return Outcome::Text(String::new());
    }
    let (from, to) = (place(from) as usize, place(to) as usize);
    Outcome::Text(text.chars().skip(from).take(to.saturating_sub(from)).collect())
}

/// XPath 1.0, section 4.2: both numbers are rounded, and the character at 1 is the first.
pub(super) fn substring(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let text = e.text(&a[0]);
    let from = (e.number(&a[1]) + 0.5).floor();
    let to = a.get(2).map_or(f64::INFINITY, |length| from + (e.number(length) + 0.5).floor());
    let inside = |place: f64| place >= from && place < to;
    Outcome::Text(
        (1u32..)
            .zip(text.chars())
            .filter(|(place, _)| inside(f64::from(*place)))
            .map(|(_, c)| c)
            .collect(),
    )
}

pub(super) fn substring_before(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let text = e.text(&a[0]);
    Outcome::Text(
        text.split_once(&*e.text(&a[1])).map_or_else(String::new, |(before, _)| before.to_owned()),
    )
}

pub(super) fn substring_after(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let text = e.text(&a[0]);
    Outcome::Text(
        text.split_once(&*e.text(&a[1])).map_or_else(String::new, |(_, after)| after.to_owned()),
    )
}

pub(super) fn string_length(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Number(e.text(&a[0]).chars().count() as f64)
}

pub(super) fn normalize_space(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Text(e.text(&a[0]).split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn contains(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Truth(e.text(&a[0]).contains(&*e.text(&a[1])))
}

pub(super) fn starts_with(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Truth(e.text(&a[0]).starts_with(&*e.text(&a[1])))
}

pub(super) fn ends_with(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    Outcome::Truth(e.text(&a[0]).ends_with(&*e.text(&a[1])))
}

/// XPath 1.0, section 4.2: a character without a partner is removed.
pub(super) fn translate(e: &Evaluation<'_>, a: &[Expression]) -> Outcome {
    let (from, to) = (e.text(&a[1]), e.text(&a[2]));
    let replace = |c: char| match from.chars().position(|own| own == c) {
        None => Some(c),
        Some(place) => to.chars().nth(place),
    };
    Outcome::Text(e.text(&a[0]).chars().filter_map(replace).collect())
}

pub(super) fn uuid(e: &Evaluation<'_>, _: &[Expression]) -> Outcome {
    let mut bytes = e.facts.random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(half.into(), 16));
        }
    }
    Outcome::Text(text)
}
