//! One answer as an officer reads it.

use std::borrow::Cow;

use form::model::{Kind, Question};
use form::{InstanceId, Session};
use pack::Sensitive;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::words::groups;

/// One answer as an officer reads it: words in groups that can be read aloud.
pub(super) fn read(session: &Session, at: InstanceId) -> Vec<String> {
    let value = session.value(at);
    match &session.form().node(at.node).kind {
        Kind::Question(
            Question::SelectOne(_) | Question::SelectMultiple(_) | Question::Rank(_),
        ) => {
            let label = |name| session.label_of(at, name).unwrap_or(Cow::Borrowed(name));
            vec![value.split(' ').map(label).collect::<Vec<_>>().join("、")]
        }
        Kind::Question(Question::DateTime) => vec![date_time(value)],
        Kind::Question(Question::Place) => vec![place(value)],
        Kind::Question(Question::Acknowledge) => vec!["已确认".into()],
        Kind::Question(Question::Text(_)) if is_number(value) => groups(value),
        _ => vec![value.to_owned()],
    }
}

/// What stands for an answer that is to be asked for: of numbers their last four characters, to tell one from
/// another by.
pub(super) fn masked(kind: Sensitive, value: &str) -> String {
    let length = value.chars().count();
    match kind {
        Sensitive::Identity | Sensitive::Account if length > 8 => {
            format!("••••{}", value.chars().skip(length - 4).collect::<String>())
        }
        Sensitive::Identity | Sensitive::Account | Sensitive::Health => "••••".to_owned(),
    }
}

/// Identity cards and mobile phones, which are compared with paper group by group.
fn is_number(value: &str) -> bool {
    let digits = value.strip_suffix('X').unwrap_or(value);
    matches!(value.len(), 11 | 18) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn date_time(value: &str) -> String {
    let Ok(at) = OffsetDateTime::parse(value, &Rfc3339) else {
        return value.get(..16).unwrap_or(value).replace('T', " ");
    };
    let (year, month, day) = at.to_calendar_date();
    let month = u8::from(month);
    format!("{year} 年 {month} 月 {day} 日 {:02}:{:02}", at.hour(), at.minute())
}

/// From `latitude longitude altitude accuracy`.
fn place(value: &str) -> String {
    let numbers: Vec<f64> = value.split(' ').filter_map(|part| part.parse().ok()).collect();
    let &[latitude, longitude, ref rest @ ..] = numbers.as_slice() else { return value.to_owned() };
    let accuracy = match rest.get(1) {
        Some(metres) if *metres > 0.0 => format!("，误差约 {metres:.0} 米"),
        _ => String::new(),
    };
    let (north, east) = (
        if latitude < 0.0 { "南纬" } else { "北纬" },
        if longitude < 0.0 { "西经" } else { "东经" },
    );
    format!("{north} {:.5}，{east} {:.5}{accuracy}", latitude.abs(), longitude.abs())
}
