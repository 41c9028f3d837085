//! Until when a case is promised to be answered, in words.

use calendar::OffsetDateTime;
use pack::Pack;
use protocol::ServerTime;
use time::{Duration, Time};

use crate::storage::cases::Case;

/// `time` on the township's clock.
pub(crate) fn local(pack: &Pack, time: ServerTime) -> OffsetDateTime {
    let nanoseconds = i128::from(time.0) * 1_000_000;
    let utc = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds);
    utc.unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(pack.township.utc_offset)
}

/// A time on the township's clock, as it is kept.
pub(crate) fn server_time(at: OffsetDateTime) -> ServerTime {
    // Years up to 9999 are far below 2^63 milliseconds.
    ServerTime((at.unix_timestamp_nanos() / 1_000_000) as i64)
}

/// As in 「11 月 27 日」, or 「11 月 24 日 9:05」 where it is not a whole day; 「预计」 before it where
/// the notice about that year's days off is not out yet.
pub(crate) fn deadline_words(pack: &Pack, case: &Case) -> String {
    let end = local(pack, case.promised_by);
    if end.time() != Time::MIDNIGHT {
        let (month, day) = (u8::from(end.month()), end.day());
        return format!(" {month} 月 {day} 日 {}:{:02} ", end.hour(), end.minute());
    }
    let last = end.saturating_sub(Duration::DAY).date();
    let expected = if pack.calendar.is_known(last) { "" } else { "预计" };
    format!("{expected} {} 月 {} 日", u8::from(last.month()), last.day())
}
