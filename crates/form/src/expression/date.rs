//! Dates and times as XForms writes them (ISO 8601), and as days since 1970-01-01.

use core::fmt::Write as _;

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

use crate::surroundings::Moment;

/// The furthest that any clock on earth is from UTC.
const MOST_HOURS: i32 = 14;

const DAY: f64 = 86_400.0;

/// `2026-11-23`
pub fn date_text(moment: Moment) -> String {
    format(moment, "%Y-%m-%d")
}

/// `2026-11-23T09:05:00.000+08:00`
pub fn moment_text(moment: Moment) -> String {
    let mut text = format(moment, "%Y-%m-%dT%H:%M:%S.%3");
    let minutes = moment.offset().whole_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{sign}{hours:02}:{rest:02}");
    text
}

/// Reads a date or a date with a time. What has no offset of its own is in `offset`.
pub fn parse(text: &str, offset: UtcOffset) -> Option<Moment> {
    let (date, rest) = match text.split_once('T') {
        Some((date, rest)) => (lenient_date(date)?, rest),
        None => (lenient_date(text)?, ""),
    };
    let (time, offset) = parse_time(rest, offset)?;
    Some(OffsetDateTime::new_in_offset(date, time, offset))
}

/// Reads `YYYY-MM-DD`, or with one digit where one is enough.
fn lenient_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    parse_date(text).or_else(|| parse_date(&format!("{year}-{month:0>2}-{day:0>2}")))
}

/// Reads `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let month = Month::try_from(digits(month)? as u8).ok()?;
    Date::from_calendar_date(digits(year)? as i32, month, digits(day)? as u8).ok()
}

/// Reads `HH:MM[:SS[.fff]][offset]`; nothing is midnight.
pub fn parse_time(text: &str, offset: UtcOffset) -> Option<(Time, UtcOffset)> {
    let end = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let offset = if zone.is_empty() { offset } else { parse_offset(zone)? };
    if clock.is_empty() {
        return zone.is_empty().then_some((Time::MIDNIGHT, offset));
    }
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = whole.split(':');
    let mut next = || parts.next().map_or(Some(0), digits);
    let (hour, minute, second) = (next()?, next()?, next()?);
    let milliseconds = digits(&format!("{fraction:0<3}")[..3])?;
    let time =
        Time::from_hms_milli(hour as u8, minute as u8, second as u8, milliseconds as u16).ok()?;
    (parts.next().is_none() && whole.contains(':')).then_some((time, offset))
}

fn parse_offset(text: &str) -> Option<UtcOffset> {
    if text == "Z" {
        return Some(UtcOffset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text[1..].split_once(':').unwrap_or((&text[1..], "0"));
    let (hours, minutes) = (digits(hours)? as i32, digits(minutes)? as i32);
    if hours > MOST_HOURS || minutes > 59 {
        return None;
    }
    UtcOffset::from_whole_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

fn digits(text: &str) -> Option<u32> {
    let plain =
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')))
}

/// Days since 1970-01-01 began in the moment's own offset, with the part of the day.
pub fn days(moment: Moment) -> f64 {
    let local = moment.unix_timestamp() + i64::from(moment.offset().whole_seconds());
    (local as f64 + f64::from(moment.millisecond()) / 1000.0) / DAY
}

/// The moment that lies so many days after 1970-01-01 in `offset`.
pub fn from_days(days: f64, offset: UtcOffset) -> Option<Moment> {
    if !days.is_finite() {
        return None;
    }
    let start = OffsetDateTime::UNIX_EPOCH.replace_offset(offset);
    start.checked_add(Duration::milliseconds((days * DAY * 1000.0).round() as i64))
}

/// Writes a moment by the pattern of `format-date` and `format-date-time` (ODK XForms, section
/// on functions): `%Y %y %m %n %b %d %e %H %h %M %S %3 %W %a`. Any other letter stands for itself.
pub fn format(moment: Moment, pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        // Writing to a `String` cannot fail.
        let _ = match rest.next() {
            Some('Y') => write!(text, "{:04}", moment.year()),
            Some('y') => write!(text, "{:02}", moment.year() % 100),
            Some('m') => write!(text, "{:02}", u8::from(moment.month())),
            Some('n') => write!(text, "{}", u8::from(moment.month())),
            Some('b') => write!(text, "{}", &moment.month().to_string()[..3]),
            Some('d') => write!(text, "{:02}", moment.day()),
            Some('e') => write!(text, "{}", moment.day()),
            Some('H') => write!(text, "{:02}", moment.hour()),
            Some('h') => write!(text, "{}", moment.hour()),
            Some('M') => write!(text, "{:02}", moment.minute()),
            Some('S') => write!(text, "{:02}", moment.second()),
            Some('3') => write!(text, "{:03}", moment.millisecond()),
            Some('W') => write!(text, "{}", moment.iso_week()),
            Some('a') => write!(text, "{}", &moment.weekday().to_string()[..3]),
            Some(other) => write!(text, "{other}"),
            None => Ok(()),
        };
    }
    text
}
