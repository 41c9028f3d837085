//! Moments and sizes, as people say them.

use form::Moment;
use protocol::{DeviceTime, ServerTime};
use time::Duration;

use crate::surroundings::moment;
use crate::words;

/// How long ago, in as many words as are needed: 「今天 9:12」, 「昨天 9:12」, 「11 月 3 日」.
pub(crate) fn when(then: Moment, now: Moment) -> String {
    let then = then.to_offset(now.offset());
    let said = words::time();
    if then.date() == now.date() {
        said.today(&time_of_day(then))
    } else if Some(then.date()) == now.date().previous_day() {
        said.yesterday(&time_of_day(then))
    } else {
        said.day(u32::from(u8::from(then.month())), u32::from(then.day()))
    }
}

/// Year, month, day and time: for a receipt.
pub(crate) fn in_full(then: Moment) -> String {
    let (month, day) = (u32::from(u8::from(then.month())), u32::from(then.day()));
    let date = words::value().date(then.year().unsigned_abs(), month, day);
    format!("{date} {}", time_of_day(then))
}

/// `9:12`
pub(crate) fn time_of_day(then: Moment) -> String {
    format!("{}:{:02}", then.hour(), then.minute())
}

/// What the phone's clock said.
pub(crate) fn by_phone(time: DeviceTime) -> Moment {
    moment(time)
}

/// What the township's clock said, read on this phone.
pub(crate) fn by_township(time: ServerTime, here: Moment) -> Moment {
    let utc = Moment::UNIX_EPOCH.saturating_add(Duration::milliseconds(time.0));
    utc.to_offset(here.offset())
}

/// `12 GB`, `3.1 MB`, `180 KB`
pub(crate) fn size(bytes: u64) -> String {
    if bytes >= 1024 * 1024 * 1024 {
        format!("{} GB", bytes / (1024 * 1024 * 1024))
    } else if bytes >= 1024 * 1024 {
        let tenths = bytes * 10 / (1024 * 1024);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

/// About so many: the first two digits. More would promise what nobody knows.
pub(crate) fn about(count: u64) -> u32 {
    let rest = 10_u64.pow(count.checked_ilog10().unwrap_or_default().saturating_sub(1));
    u32::try_from(count / rest * rest).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::UtcOffset;

    fn at(unix: i64) -> Moment {
        let china = UtcOffset::from_hms(8, 0, 0).unwrap();
        Moment::from_unix_timestamp(unix).unwrap().to_offset(china)
    }

    #[test]
    fn times_are_told_as_people_do() {
        let now = at(1_795_400_000);
        assert_eq!(when(at(1_795_396_000), now), "今天 9:06");
        assert_eq!(when(at(1_795_313_600), now), "昨天 10:13");
        assert_eq!(when(at(1_795_000_000), now), "11 月 18 日");
        assert_eq!(in_full(now), "2026 年 11 月 23 日 10:13");
    }

    #[test]
    fn what_nobody_knows_exactly_is_told_by_two_digits() {
        let told = [0, 9, 14, 148, 21_474].map(about);
        assert_eq!(told, [0, 9, 14, 140, 21_000]);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(3_250_586), "3.1 MB");
        assert_eq!(size(10 << 30), "10 GB");
    }
}
