//! What is wrong with answers.

use core::cmp::Ordering;

use super::{Problem, Session};
use crate::expression::{Number, date};
use crate::instance::InstanceId;
use crate::model::{Kind, Question, Range};
use crate::spoken;

impl Session {
    /// What is wrong with the answer now, if anything is. Nothing ever is with one that is not
    /// relevant.
    pub fn problem(&self, at: InstanceId) -> Option<Problem> {
        let cell = self.table.cell(&self.form, at).filter(|cell| cell.relevant)?;
        match &self.form.node(at.node).kind {
            Kind::Repeat { bounds, .. } => match cell.rows.len() as u32 {
                few if few < bounds.min => Some(Problem::TooFewRows(bounds.min)),
                many => bounds.max.filter(|max| many > *max).map(Problem::TooManyRows),
            },
            Kind::Question(_) if cell.value.is_empty() => cell.required.then_some(Problem::Missing),
            Kind::Question(question) if spoken::file(question, &cell.value).is_some() => None,
            Kind::Question(question) => {
                let unfit = || (!cell.fits).then_some(Problem::Unfit);
                self.wrong_type(question, at, &cell.value).or_else(unfit)
            }
            _ => None,
        }
    }

    /// Everything that is wrong, in document order.
    pub fn problems(&self) -> Vec<(InstanceId, Problem)> {
        let mut found = Vec::new();
        self.visit_problems(self.root(), &mut found);
        found
    }

    fn visit_problems(&self, at: InstanceId, found: &mut Vec<(InstanceId, Problem)>) {
        found.extend(self.problem(at).map(|problem| (at, problem)));
        self.children(at)
            .into_iter()
            .chain(self.rows(at))
            .for_each(|inner| self.visit_problems(inner, found));
    }

    /// The names of the files that the answer names: pictures, recordings, a text that was spoken.
    pub fn files(&self, at: InstanceId) -> Vec<&str> {
        let Kind::Question(question) = &self.form.node(at.node).kind else { return Vec::new() };
        let value = self.value(at);
        match question.files() {
            Some(_) => value.split_ascii_whitespace().collect(),
            None => spoken::file(question, value).into_iter().collect(),
        }
    }

    pub(super) fn wrong_type(
        &self,
        question: &Question,
        at: InstanceId,
        value: &str,
    ) -> Option<Problem> {
        let offset = self.moment.offset();
        let fits = match question {
            Question::Text(_) => true,
            Question::Integer => is_integer(value),
            Question::Decimal => is_decimal(value),
            Question::Date => date::parse_date(value).is_some(),
            Question::Time => date::parse_time(value, offset).is_some(),
            Question::DateTime => value.contains('T') && date::parse(value, offset).is_some(),
            Question::SelectOne(_) => self.is_offered(at, value),
            Question::SelectMultiple(_) => {
                value.split_whitespace().all(|name| self.is_offered(at, name))
            }
            Question::Rank(_) => self.is_ranking(at, value),
            Question::Range(range) => is_in_range(range, value),
            Question::Place => is_place(value),
            Question::Trace => are_places(value, 2),
            Question::Shape => are_places(value, 4) && is_closed(value),
            Question::Barcode => true,
            Question::Acknowledge => value == "OK",
            Question::Image { .. }
            | Question::Audio { .. }
            | Question::Video { .. }
            | Question::File => return self.wrong_number(question, value),
        };
        (!fits).then_some(Problem::NotOfItsType)
    }

    fn wrong_number(&self, question: &Question, value: &str) -> Option<Problem> {
        let bounds = question.files()?;
        let number = value.split_whitespace().count() as u32;
        if number < bounds.min {
            return Some(Problem::TooFewFiles(bounds.min));
        }
        bounds.max.filter(|max| number > *max).map(Problem::TooManyFiles)
    }

    /// Whether `value` is no choice at all, or one that is on offer.
    pub(super) fn may_choose(&self, at: InstanceId, value: &str) -> bool {
        match &self.form.node(at.node).kind {
            Kind::Question(Question::SelectOne(_)) => {
                value.is_empty() || self.is_offered(at, value)
            }
            Kind::Question(Question::SelectMultiple(_) | Question::Rank(_)) => {
                value.split_whitespace().all(|name| self.is_offered(at, name))
            }
            _ => true,
        }
    }

    /// Every choice on offer, each once.
    fn is_ranking(&self, at: InstanceId, value: &str) -> bool {
        let offered = self.choices(at);
        let mut ranked = vec![false; offered.len()];
        let is_each_new = value.split_whitespace().all(|name| {
            let place = offered.iter().position(|choice| self.choice_name(at, *choice) == name);
            place.is_some_and(|place| !std::mem::replace(&mut ranked[place], true))
        });
        is_each_new && ranked.iter().all(|ranked| *ranked)
    }
}

/// Between both ends, and so many whole steps from the start.
fn is_in_range(range: &Range, value: &str) -> bool {
    let Some(value) = Number::parse(value).filter(|_| is_decimal(value)) else { return false };
    let (low, high) = match range.start.compare(range.end) {
        Some(Ordering::Greater) => (range.end, range.start),
        _ => (range.start, range.end),
    };
    let is_between = value.compare(low).is_some_and(Ordering::is_ge)
        && value.compare(high).is_some_and(Ordering::is_le);
    is_between && (range.step.is_zero() || ((value - range.start) % range.step).is_zero())
}

/// So many places or more, with `;` between (ODK XForms, `geotrace` and `geoshape`).
fn are_places(value: &str, least: usize) -> bool {
    let places: Vec<&str> = split_places(value).collect();
    places.len() >= least && places.iter().all(|place| is_place(place))
}

fn is_closed(value: &str) -> bool {
    let ends = (split_places(value).next(), split_places(value).last());
    ends.0 == ends.1
}

fn split_places(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|place| !place.is_empty())
}

/// As XML Schema's `xsd:int` that XForms binds integers to, without a plus sign.
fn is_integer(value: &str) -> bool {
    value.parse::<i32>().is_ok() && !value.starts_with('+')
}

/// As XML Schema's `xsd:decimal`, without a plus sign: no exponent.
fn is_decimal(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction) && !(whole.is_empty() && fraction.is_empty())
}

/// Latitude and longitude in degrees, then altitude and accuracy in metres (ODK XForms,
/// `geopoint`).
fn is_place(value: &str) -> bool {
    let parts: Vec<&str> = value.split_whitespace().collect();
    let within = |part: Option<&&str>, most: f64| {
        part.is_some_and(|text| {
            is_decimal(text)
                && Number::parse(text).is_some_and(|degrees| degrees.double().abs() <= most)
        })
    };
    (2..=4).contains(&parts.len())
        && within(parts.first(), 90.0)
        && within(parts.get(1), 180.0)
        && parts.iter().all(|part| is_decimal(part))
}
