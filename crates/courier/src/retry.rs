//! When to try again.

/// Milliseconds on a clock that mostly goes forward. One that jumps makes the courier impatient,
/// never idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

/// How long to wait after a failure: twice as long each time, up to a most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    first_ms: u64,
    most_ms: u64,
}

/// Never, unless somebody asks or the clock jumps back.
pub(crate) const NEVER: Moment = Moment(u64::MAX);

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Nobody answers. With the jitter at most 15 s: so soon after the network returns delivery goes
/// on without anybody's doing, while the app is open.
pub(crate) const LINK: Schedule = Schedule { first_ms: SECOND, most_ms: 12 * SECOND };
/// The township is there and asks to come later, or has not yet said what it will.
pub(crate) const BUSY: Schedule = Schedule { first_ms: 2 * SECOND, most_ms: MINUTE };
/// The township cannot take this one now.
pub(crate) const LATER: Schedule = Schedule { first_ms: 5 * SECOND, most_ms: 5 * MINUTE };
/// Altered on the way, or a file that came out wrong: another connection may help.
pub(crate) const ALTERED: Schedule = Schedule { first_ms: 10 * SECOND, most_ms: 10 * MINUTE };
/// Refused for good, as far as an unsigned word can say so: somebody on the way may have said it,
/// and the township may learn a form that it did not know.
pub(crate) const REFUSED: Schedule = Schedule { first_ms: HOUR, most_ms: 24 * HOUR };

/// Failures of one thing in a row, and until when it rests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Retry {
    failures: u32,
    rest: Option<(Moment, Moment)>,
}

impl Retry {
    /// Rests from `now` on; `chance` spreads phones that failed together.
    pub(crate) fn failed(&mut self, schedule: Schedule, now: Moment, chance: u16) {
        let wait = schedule.first_ms.saturating_mul(1 << self.failures.min(20));
        let wait = wait.min(schedule.most_ms);
        let wait = wait * 3 / 4 + wait * u64::from(chance) / u64::from(u16::MAX) / 2;
        self.failures += 1;
        self.rest = Some((now, Moment(now.0.saturating_add(wait))));
    }

    /// Rests until somebody wakes it.
    pub(crate) fn sleep(&mut self, now: Moment) {
        self.failures += 1;
        self.rest = Some((now, NEVER));
    }

    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// Ends the rest, but not what the failures taught.
    pub(crate) fn wake(&mut self) {
        self.rest = None;
    }

    pub(crate) fn is_due(&self, now: Moment) -> bool {
        self.until(now).is_none()
    }

    /// Until when it rests; a clock that jumped back before the failure ends the rest.
    pub(crate) fn until(&self, now: Moment) -> Option<Moment> {
        self.rest.filter(|(since, until)| *since <= now && now < *until).map(|(_, until)| until)
    }

    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_link_is_tried_again_within_fifteen_seconds_however_long_it_was_dead() {
        let mut retry = Retry::default();
        for _ in 0..1000 {
            retry.failed(LINK, Moment(5), u16::MAX);
            assert!(retry.until(Moment(5)) <= Some(Moment(5 + 15_000)));
        }
    }

    #[test]
    fn a_clock_set_back_by_years_does_not_stop_the_delivery() {
        let mut retry = Retry::default();
        retry.failed(REFUSED, Moment(1_795_000_000_000), 0);
        assert!(!retry.is_due(Moment(1_795_000_000_001)));
        assert!(retry.is_due(Moment(0)));
    }
}
