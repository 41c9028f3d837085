//! Identifiers and dates that people and offices write (crates `checks`, `calendar`). Only our own program knows these
//! functions, which the prefix `cn:` tells.

use calendar::LunarDate;
use checks::credit_code::CreditCode;
use checks::disability::DisabilityCertificate;
use checks::division::Division;
use checks::name::Name;
use checks::resident_id::{ResidentId, Sex};
use checks::{bank_card, phone};

use super::super::{Evaluation, Expression, Number, Outcome, date};
use super::only;

fn resident<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Option<ResidentId> {
    let (text, today) = (only(e, a), e.facts.now().date());
    ResidentId::read(&text, today).or_else(|_| ResidentId::read_old(&text, today)).ok()
}

pub(super) fn resident_id<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(resident(e, a).is_some())
}

pub(super) fn resident_id_normal<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(resident(e, a).map_or_else(String::new, |id| id.as_str().to_owned()))
}

pub(super) fn birthday<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let birthday = resident(e, a).map(|id| id.birthday().midnight().assume_offset(e.offset()));
    Outcome::text(birthday.map(date::date_text).unwrap_or_default())
}

pub(super) fn sex<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::text(match resident(e, a).map(|id| id.sex()) {
        Some(Sex::Male) => "1",
        Some(Sex::Female) => "2",
        None => "",
    })
}

pub(super) fn age<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let on = match a.get(1) {
        Some(on) => e.moment(on),
        None => Some(e.facts.now()),
    };
    let years = e.moment(&a[0]).zip(on);
    let years = years.map(|(from, on)| checks::resident_id::age(from.date(), on.date()));
    Outcome::Number(years.map_or(Number::NAN, |years| Number::whole(years.into())))
}

pub(super) fn credit_code<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(CreditCode::read(&only(e, a)).is_ok())
}

pub(super) fn name<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(Name::read(&only(e, a)).is_ok())
}

pub(super) fn name_normal<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let text = only(e, a);
    Outcome::text(match Name::read(&text) {
        Ok(name) => name.as_str().to_owned(),
        Err(_) => text.into_owned(),
    })
}

pub(super) fn phone<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(phone::read(&only(e, a)).is_ok())
}

pub(super) fn mobile<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(phone::read(&only(e, a)).is_ok_and(|number| number.starts_with('1')))
}

pub(super) fn bank_card<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(bank_card::is_usual(&only(e, a)))
}

pub(super) fn disability<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(DisabilityCertificate::read(&only(e, a), e.facts.now().date()).is_ok())
}

pub(super) fn division<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(Division::read(&only(e, a)).is_ok())
}

/// Nothing for a date that the calendar's table does not reach.
pub(super) fn lunar<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let day = e.moment(&a[0]).and_then(|moment| LunarDate::of(moment.date()));
    Outcome::text(day.map(|day| day.to_string()).unwrap_or_default())
}
