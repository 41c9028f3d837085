//! Limits, and the moments at which they end.

use time::{Date, Duration, OffsetDateTime, Time};

use crate::{Calendar, Due, Pause, pause};

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
    /// When the limit ends that began at `start`, by the days of the offset of `start`, where the clock
    /// stood still in `pauses`. Limits in days end when the last day does (民法典 article 203).
    pub fn deadline(
        self,
        calendar: &Calendar,
        start: OffsetDateTime,
        pauses: &[Pause],
    ) -> Deadline {
        match self {
            Self::WorkingDays(days) => end_of(calendar.due(start.date(), days, pauses), start),
            Self::Days(days) => {
                let last = calendar.nth(start.date(), days, pauses, |_| true);
                match calendar.is_working_day(last.date) {
                    true => end_of(last, start),
                    false => {
                        let next = calendar.due(last.date, 1, pauses);
                        end_of(Due { certain: last.certain && next.certain, ..next }, start)
                    }
                }
            }
            Self::Hours(hours) => {
                let end = pause::run(start, Duration::hours(hours.into()), pauses);
                Deadline { end, date: end.date(), certain: true }
            }
        }
    }
}

fn end_of(due: Due, start: OffsetDateTime) -> Deadline {
    let day = OffsetDateTime::new_in_offset(due.date, Time::MIDNIGHT, start.offset());
    Deadline { end: day.saturating_add(Duration::DAY), date: due.date, certain: due.certain }
}
