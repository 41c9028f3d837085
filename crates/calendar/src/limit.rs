//! Limits, and the moments at which they end.

use time::{Date, Duration, OffsetDateTime, Time};

use crate::{Calendar, Pause};

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Working days (行政许可法 article 82).
    WorkingDays(u32),
    /// Days. A limit that would end on a day off ends on the next working day (民法典 article 203).
    Days(u32),
    /// Hours, nights and days off among them.
    Hours(u32),
}

/// When a limit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last moment is just before this one.
    pub end: OffsetDateTime,
    /// The last day, in the same offset.
    pub date: Date,
    /// See [`Due::certain`](crate::Due::certain).
    pub certain: bool,
}

impl Limit {
    /// When the limit ends that began at `start`, by the days of the offset of `start`. Limits in
    /// days end when the last day does (民法典 article 203); pauses do not stop hours.
    pub fn deadline(
        self,
        calendar: &Calendar,
        start: OffsetDateTime,
        pauses: &[Pause],
    ) -> Deadline {
        match self {
            Self::WorkingDays(days) => {
                let due = calendar.due(start.date(), days, pauses);
                end_of(due.date, due.certain, start)
            }
            Self::Days(days) => {
                let last = start.date().saturating_add(Duration::days(days.into()));
                let certain = calendar.is_known(start.date()) && calendar.is_known(last);
                match calendar.is_working_day(last) {
                    true => end_of(last, certain, start),
                    false => {
                        let due = calendar.due(last, 1, &[]);
                        end_of(due.date, certain && due.certain, start)
                    }
                }
            }
            Self::Hours(hours) => {
                let end = start.saturating_add(Duration::hours(hours.into()));
                Deadline { end, date: end.date(), certain: true }
            }
        }
    }
}

fn end_of(date: Date, certain: bool, start: OffsetDateTime) -> Deadline {
    let day = OffsetDateTime::new_in_offset(date, Time::MIDNIGHT, start.offset());
    Deadline { end: day.saturating_add(Duration::DAY), date, certain }
}
