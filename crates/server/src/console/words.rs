//! Times, limits and numbers as officers read them.

use pack::Pack;
use protocol::ServerTime;
use time::{Duration, OffsetDateTime, Time};

use crate::cases::{Stage, local};
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

/// How a case stands against its promise; what it came to, once that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lamp {
    /// `green`, `amber`, `red`, or `done`; the words say it too.
    pub(crate) colour: &'static str,
    /// As in 「剩 4 个工作日」.
    pub(crate) words: String,
}

/// How a case stands against its promise now.
pub(crate) fn lamp(pack: &Pack, case: &Case, now: ServerTime) -> Lamp {
    if let Ok(stage) = Stage::named(&case.stage)
        && !stage.is_open()
    {
        return Lamp { colour: "done", words: stage.of(&pack.township.stages).name.clone() };
    }
    let (now, end) = (local(pack, now), local(pack, case.promised_by));
    if end.time() != Time::MIDNIGHT {
        return hours(end - now);
    }
    let last = end.saturating_sub(Duration::DAY).date();
    match pack.calendar.working_days_left(now.date(), last) {
        None => {
            let days = (now.date() - last).whole_days();
            Lamp { colour: "red", words: format!("超承诺 {days} 天") }
        }
        Some(0) => Lamp { colour: "amber", words: "今天到期".into() },
        Some(1) => Lamp { colour: "amber", words: "剩 1 个工作日".into() },
        Some(days) => Lamp { colour: "green", words: format!("剩 {days} 个工作日") },
    }
}

fn hours(left: Duration) -> Lamp {
    let hours = left.whole_hours();
    match hours {
        _ if left.is_negative() => {
            Lamp { colour: "red", words: format!("超承诺 {} 小时", -hours) }
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
