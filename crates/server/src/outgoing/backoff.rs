//! When something is tried again, and when no more.

use std::time::Duration;

use super::http::Answer;

/// How long after the first try comes the second; each wait is twice the one before.
const FIRST_WAIT: Duration = Duration::from_secs(30);
/// No wait is longer: whoever is there again should not wait for half a day.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 3600);

/// What comes after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It was taken.
    Delivered,
    /// It will not be, or was not for too long.
    GivenUp,
    /// Another try, so long from now.
    After(Duration),
}

/// What comes after the `tries`th try, counted from 1, of something that has been tried for `age` and is
/// for `give_up` at most.
pub(super) fn next_try(tries: u64, age: Duration, give_up: Duration, answer: Answer) -> Next {
    match answer {
        Answer::Status(200..=299) => Next::Delivered,
        // 408 and 429 say when, and not what: any other 4xx would be said again.
        Answer::Status(code @ 400..=499) if !matches!(code, 408 | 429) => Next::GivenUp,
        Answer::Status(_) | Answer::Unreachable => {
            let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX).min(31);
            let wait = FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT);
            match age + wait > give_up {
                true => Next::GivenUp,
                false => Next::After(wait),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

    fn after(tries: u64, answer: Answer) -> Next {
        next_try(tries, Duration::ZERO, WEEK, answer)
    }

    #[test]
    fn only_what_would_be_answered_otherwise_is_tried_again() {
        assert_eq!(after(1, Answer::Status(204)), Next::Delivered);
        for code in [400, 401, 404, 410, 422] {
            assert_eq!(after(1, Answer::Status(code)), Next::GivenUp, "{code}");
        }
        for code in [302, 408, 429, 500, 503] {
            assert_eq!(after(1, Answer::Status(code)), Next::After(FIRST_WAIT), "{code}");
        }
        assert_eq!(after(1, Answer::Unreachable), Next::After(FIRST_WAIT));
    }

    #[test]
    fn each_wait_is_longer_and_none_too_long() {
        let waits = (1..100).map(|tries| match after(tries, Answer::Unreachable) {
            Next::After(wait) => wait,
            next => panic!("{next:?}"),
        });
        let waits: Vec<Duration> = waits.collect();
        assert!(waits.is_sorted() && waits[1] == 2 * FIRST_WAIT);
        assert_eq!(waits.last(), Some(&LONGEST_WAIT));
        assert_eq!(after(u64::MAX, Answer::Unreachable), Next::After(LONGEST_WAIT));
    }

    #[test]
    fn it_is_given_up_after_its_days() {
        let late = WEEK - LONGEST_WAIT;
        assert_eq!(next_try(40, late, WEEK, Answer::Unreachable), Next::After(LONGEST_WAIT));
        let later = late + Duration::from_secs(1);
        assert_eq!(next_try(40, later, WEEK, Answer::Unreachable), Next::GivenUp);
    }
}
