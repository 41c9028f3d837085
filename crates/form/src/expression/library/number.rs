//! Mathematics.

use core::cmp::Ordering;

use super::super::evaluate::number_of;
use super::super::{Evaluation, Expression, Number, Outcome, date};
use super::only;

/// A function of one double.
fn of<'a>(e: &Evaluation<'a>, a: &'a [Expression], compute: fn(f64) -> f64) -> Outcome<'a> {
    Outcome::Number(Number::from(compute(e.double(&a[0]))))
}

pub(super) fn floor<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(e.number(&a[0]).floor())
}

pub(super) fn ceiling<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(-(-e.number(&a[0])).floor())
}

pub(super) fn abs<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(e.number(&a[0]).size())
}

/// Whole powers of exact numbers are exact while they fit.
pub(super) fn pow<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (base, power) = (e.number(&a[0]), e.number(&a[1]));
    Outcome::Number(match power.as_whole() {
        Some(times @ 0..=64) => (0..times).fold(Number::whole(1), |product, _| product * base),
        _ => Number::from(base.double().powf(power.double())),
    })
}

pub(super) fn log<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::ln)
}

pub(super) fn log10<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::log10)
}

pub(super) fn sqrt<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::sqrt)
}

pub(super) fn exp<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::exp)
}

pub(super) fn exp10<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, |power| 10f64.powf(power))
}

pub(super) fn pi<'a>(_: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(core::f64::consts::PI))
}

pub(super) fn sin<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::sin)
}

pub(super) fn cos<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::cos)
}

pub(super) fn tan<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::tan)
}

pub(super) fn asin<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::asin)
}

pub(super) fn acos<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::acos)
}

pub(super) fn atan<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    of(e, a, f64::atan)
}

pub(super) fn atan2<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(e.double(&a[0]).atan2(e.double(&a[1]))))
}

pub(super) fn date_time<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(e.moment(&a[0]).map(date::moment_text).unwrap_or_default())
}

/// Of a time alone, or of a date with a time in the offset of the phone.
pub(super) fn decimal_time<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = only(e, a);
    let time = match date::parse_time(&text, e.offset()) {
        Some((time, offset)) if !text.is_empty() => {
            let day = e.facts.now().date();
            let moment = time::OffsetDateTime::new_in_offset(day, time, offset);
            Some(moment.to_offset(e.offset()).time())
        }
        _ => date::parse(&text, e.offset()).map(|moment| moment.to_offset(e.offset()).time()),
    };
    let part = time.map(|time| (time - time::Time::MIDNIGHT).as_seconds_f64() / 86_400.0);
    Outcome::Number(part.map_or(Number::NAN, Number::from))
}

pub(super) fn max<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    furthest(e, a, Ordering::Greater)
}

pub(super) fn min<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    furthest(e, a, Ordering::Less)
}

/// The one that is `beyond` all others; none where one of them is not a number.
fn furthest<'a>(e: &Evaluation<'a>, a: &'a [Expression], beyond: Ordering) -> Outcome<'a> {
    let offset = e.offset();
    let mut found: Option<Number> = None;
    for argument in a {
        e.each(argument, &mut |text| {
            if text.is_empty() {
                return;
            }
            let other = number_of(text, offset);
            found = Some(match found {
                None => other,
                Some(one) => match other.compare(one) {
                    Some(order) if order == beyond => other,
                    Some(_) => one,
                    None => Number::NAN,
                },
            });
        });
    }
    Outcome::Number(found.unwrap_or(Number::NAN))
}
