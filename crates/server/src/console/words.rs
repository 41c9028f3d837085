//! Times, limits and numbers as officers read them.

use pack::Pack;
use protocol::ServerTime;
use time::{Duration, OffsetDateTime, Time};

use crate::cases::{Phase, local};
use crate::storage::cases::Case;

/// As in 「11 月 10 日 07:41」; with the year where it is not this one.
pub(crate) fn moment(at: OffsetDateTime, now: OffsetDateTime) -> String {
    let year = match at.year() == now.year() {
        true => String::new(),
        false => format!("{} 年 ", at.year()),
    };
    let (month, day, hour, minute) = (u8::from(at.month()), at.day(), at.hour(), at.minute());
    format!("{year}{month} 月 {day} 日 {hour:02}:{minute:02}")
}

/// When a limit ends: the last day of it, or the minute; 「预计」 before it where the notice about that
/// year's days off is not out yet.
pub(crate) fn end(end: OffsetDateTime, now: OffsetDateTime, is_certain: bool) -> String {
    if end.time() != Time::MIDNIGHT {
        return moment(end, now);
    }
    let last = end.saturating_sub(Duration::DAY);
    let expected = if is_certain { "" } else { "预计 " };
    format!("{expected}{} 月 {} 日", u8::from(last.month()), last.day())
}

/// How a case stands against a limit; what it came to, once that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lamp {
    /// `green`, `amber`, `orange`, `red`, or `done`; the words say it too.
    pub(crate) colour: &'static str,
    /// As in 「剩 4 个工作日」.
    pub(crate) words: String,
}

/// How a case in a list stands against its promise now.
pub(crate) fn lamp(pack: &Pack, case: &Case, now: ServerTime) -> Lamp {
    let phase = Phase::named(&case.phase);
    if let Ok(phase) = phase
        && (phase.is_over() || matches!(phase, Phase::Returned | Phase::Paused))
    {
        return Lamp { colour: "done", words: phase.of(&pack.township.phases).name.clone() };
    }
    // What is lit is what whoever answers for the case was told.
    let lit = ["green", "amber", "orange", "red"];
    let place = usize::try_from(case.lamp).unwrap_or(0).min(lit.len() - 1);
    let left = left(pack, local(pack, case.promised_by), local(pack, now), "超承诺");
    let places = lit.iter().position(|colour| *colour == left.colour);
    Lamp { colour: lit[places.unwrap_or(0).max(place)], ..left }
}

/// How much time is left until `end`; `passed` stands before how long ago that was.
pub(crate) fn left(pack: &Pack, end: OffsetDateTime, now: OffsetDateTime, passed: &str) -> Lamp {
    if end.time() != Time::MIDNIGHT {
        return hours(end - now, passed);
    }
    let last = end.saturating_sub(Duration::DAY).date();
    match pack.calendar.working_days_left(now.date(), last) {
        None => {
            let days = (now.date() - last).whole_days();
            Lamp { colour: "orange", words: format!("{passed} {days} 天") }
        }
        Some(0) => Lamp { colour: "amber", words: "今天到期".into() },
        Some(1) => Lamp { colour: "amber", words: "剩 1 个工作日".into() },
        Some(days) => Lamp { colour: "green", words: format!("剩 {days} 个工作日") },
    }
}

fn hours(left: Duration, passed: &str) -> Lamp {
    let hours = left.whole_hours();
    match hours {
        _ if left.is_negative() => {
            Lamp { colour: "orange", words: format!("{passed} {} 小时", -hours) }
        }
        0 => Lamp { colour: "amber", words: "不到 1 小时".into() },
        1..=5 => Lamp { colour: "amber", words: format!("剩 {hours} 小时") },
        _ => Lamp { colour: "green", words: format!("剩 {hours} 小时") },
    }
}

/// A long number in groups that can be read aloud.
pub(crate) fn groups(number: &str) -> Vec<String> {
    let sizes: &[usize] = match number.len() {
        // A case number by the usual template: division, date, item, serial, check.
        30 => &[12, 6, 5, 7],
        // An identity card: area, birthday, rest.
        18 => &[6, 8, 4],
        11 => &[3, 4, 4],
        _ => return vec![number.to_owned()],
    };
    if !number.is_ascii() {
        return vec![number.to_owned()];
    }
    let mut rest = number;
    sizes
        .iter()
        .map(|size| {
            let (group, after) = rest.split_at(*size);
            rest = after;
            group.to_owned()
        })
        .collect()
}
