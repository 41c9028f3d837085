//! Working days, limits and pauses; and the Chinese calendar.
//!
//! The State Council tells each November which days of the next year are off and which weekend
//! days are worked instead. That is data; this crate only counts. It has no clock.

mod limit;
mod lunar;
mod pause;

use std::collections::{BTreeMap, BTreeSet};

pub use limit::{Deadline, Limit};
pub use lunar::{LunarDate, LunarMonth, day_name, months as lunar_months};
pub use pause::Pause;
pub use time::{Date, OffsetDateTime};

/// The working calendar of as many years as are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

/// What the notice of one year says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// Days off.
    pub off: BTreeSet<Date>,
    /// Weekend days that are worked.
    pub work: BTreeSet<Date>,
}

/// A day that was counted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub date: Date,
    /// Whether the notices of all years on the way are known. Where not, people are told 预计 and
    /// the day is counted anew when the notice arrives.
    pub certain: bool,
}

impl Calendar {
    /// From the years that are known.
    pub fn new(years: BTreeMap<i32, Year>) -> Self {
        Self { years }
    }

    /// Whether `date` is worked: named as worked, else named as off, else Monday to Friday.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.years.get(&date.year()) {
            Some(year) if year.work.contains(&date) => true,
            Some(year) if year.off.contains(&date) => false,
            _ => date.weekday().number_days_from_monday() < 5,
        }
    }

    /// Whether the notice of the year of `date` is known.
    pub fn is_known(&self, date: Date) -> bool {
        self.years.contains_key(&date.year())
    }

    /// The `days`-th working day after `start`, where days on which the clock stands still do not
    /// count. The first day is never counted (民法典 article 201).
    pub fn due(&self, start: Date, days: u32, pauses: &[Pause]) -> Due {
        self.nth(start, days, pauses, |day| self.is_working_day(day))
    }

    /// The `days`-th day after `start` that `counts`.
    fn nth(&self, start: Date, days: u32, pauses: &[Pause], counts: impl Fn(Date) -> bool) -> Due {
        let mut due = Due { date: start, certain: self.is_known(start) };
        let mut left = days;
        while left > 0 {
            let Some(next) = due.date.next_day() else { break };
            due = Due { date: next, certain: due.certain && self.is_known(next) };
            if !pauses.iter().any(|pause| pause.covers(next)) && counts(next) {
                left -= 1;
            }
        }
        due
    }

    /// How many working days come after `from`, up to `to` and with it. None where `to` is past.
    pub fn working_days_left(&self, from: Date, to: Date) -> Option<u32> {
        if to < from {
            return None;
        }
        Some(self.count(from.next_day(), to))
    }

    /// How many days of `year` are worked.
    pub fn working_days_in(&self, year: i32) -> u32 {
        let first = Date::from_ordinal_date(year, 1).ok();
        let last = Date::from_calendar_date(year, time::Month::December, 31);
        last.map_or(0, |last| self.count(first, last))
    }

    fn count(&self, first: Option<Date>, last: Date) -> u32 {
        let days = std::iter::successors(first, |day| day.next_day());
        days.take_while(|day| *day <= last).filter(|day| self.is_working_day(*day)).count() as u32
    }
}

#[cfg(test)]
mod tests;
