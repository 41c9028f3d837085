//! Times in which a clock stands still.

use time::{Date, Duration, OffsetDateTime};

/// A time in which a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// From when.
    pub from: OffsetDateTime,
    /// When it goes on.
    pub to: OffsetDateTime,
}

impl Pause {
    /// Whether `date` does not count for it: the day on which the clock stopped, and all before the one
    /// on which it went on. So a 公示 of seven whole days takes away seven, and what is stopped and goes
    /// on within a day takes away none.
    pub fn covers(&self, date: Date) -> bool {
        self.from.date() <= date && date < self.to.date()
    }
}

/// The moment at which `length` has run from `start`, without the times in which the clock stood still.
pub(crate) fn run(start: OffsetDateTime, length: Duration, pauses: &[Pause]) -> OffsetDateTime {
    let mut pauses = pauses.to_vec();
    pauses.sort_by_key(|pause| pause.from);
    let (mut now, mut left) = (start, length);
    for pause in pauses {
        let runs = pause.from - now;
        if left.is_zero() || runs >= left {
            break;
        }
        // One within another, or before the start, stops nothing that runs.
        left -= runs.max(Duration::ZERO);
        now = now.max(pause.to);
    }
    now.saturating_add(left)
}
