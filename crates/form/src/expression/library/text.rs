//! Texts. Places and lengths count characters (code points), never bytes.

use super::super::{Evaluation, Expression, Outcome};
use super::only;

pub(super) fn join<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.texts(&a[1..]).join(&*e.text(&a[0])))
}

/// XPath 1.0, section 4.2: both numbers are rounded, and the character at 1 is the first.
pub(super) fn substring<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = e.text(&a[0]);
    let from = (e.double(&a[1]) + 0.5).floor();
    let to = a.get(2).map_or(f64::INFINITY, |length| from + (e.double(length) + 0.5).floor());
    let inside = |place: f64| place >= from && place < to;
    let characters = (1u32..).zip(text.chars());
    let kept = characters.filter(|(place, _)| inside(f64::from(*place)));
    Outcome::text(kept.map(|(_, character)| character).collect::<String>())
}

pub(super) fn substring_before<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (text, mark) = (e.text(&a[0]), e.text(&a[1]));
    Outcome::text(text.split_once(&*mark).map_or("", |(before, _)| before).to_owned())
}

pub(super) fn substring_after<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (text, mark) = (e.text(&a[0]), e.text(&a[1]));
    Outcome::text(text.split_once(&*mark).map_or("", |(_, after)| after).to_owned())
}

pub(super) fn normalize_space<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = only(e, a);
    // XPath's blanks; others are letters like any other.
    let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
    Outcome::text(words.collect::<Vec<_>>().join(" "))
}

pub(super) fn contains<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(e.text(&a[0]).contains(&*e.text(&a[1])))
}

pub(super) fn starts_with<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(e.text(&a[0]).starts_with(&*e.text(&a[1])))
}

pub(super) fn ends_with<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(e.text(&a[0]).ends_with(&*e.text(&a[1])))
}

/// XPath 1.0, section 4.2: a character without a partner is removed.
pub(super) fn translate<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (text, from, to) = (e.text(&a[0]), e.text(&a[1]), e.text(&a[2]));
    let replace = |character: char| match from.chars().position(|own| own == character) {
        None => Some(character),
        Some(place) => to.chars().nth(place),
    };
    Outcome::text(text.chars().filter_map(replace).collect::<String>())
}

/// What is not base64, or not a text, is nothing.
pub(super) fn base64_decode<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let bytes = STANDARD.decode(only(e, a).trim()).unwrap_or_default();
    Outcome::text(String::from_utf8(bytes).unwrap_or_default())
}

pub(super) fn itext<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.facts.text(&only(e, a)))
}

pub(super) fn last_saved<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.facts.last_saved(&only(e, a)))
}

pub(super) fn selected_at<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let place = e.number(&a[1]).truncated().as_whole().and_then(|place| place.try_into().ok());
    let text = e.text(&a[0]);
    let chosen = place.and_then(|place| text.split_whitespace().nth(place));
    Outcome::text(chosen.unwrap_or_default().to_owned())
}
