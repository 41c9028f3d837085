//! Dates and times, in the phone's own pickers.

use leptos::prelude::*;

use super::Asked;
use crate::device::clock;
use crate::surroundings::moment;
use crate::words;

/// What is asked of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The day.
    Date,
    /// The time of the day.
    Time,
    /// Both.
    Both,
}

impl Part {
    fn input_type(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Both => "datetime-local",
        }
    }

    /// What is kept of what the picker says: the moment with the offset of the phone.
    fn kept(self, picked: &str, offset: &str) -> String {
        match self {
            Self::Both if picked.len() >= 16 => format!("{}:00.000{offset}", &picked[..16]),
            _ => picked.to_owned(),
        }
    }

    /// What the picker is told.
    fn shown(self, kept: &str) -> String {
        let length = match self {
            Self::Date => 10,
            Self::Time => 5,
            Self::Both => 16,
        };
        kept.get(..length).unwrap_or_default().to_owned()
    }

    /// The present moment, as the picker would say it.
    fn of(self, now: form::Moment) -> String {
        let date = format!("{:04}-{:02}-{:02}", now.year(), u8::from(now.month()), now.day());
        let time = format!("{:02}:{:02}", now.hour(), now.minute());
        match self {
            Self::Date => date,
            Self::Time => time,
            Self::Both => format!("{date}T{time}"),
        }
    }
}

/// A moment.
#[component]
pub(super) fn MomentQuestion(asked: Asked, kind: Part) -> impl IntoView {
    let take = move |picked: &str| {
        asked.answer(&kind.kept(picked, &offset(moment(clock::now()))));
    };
    let now = move |_| {
        take(&kind.of(moment(clock::now())));
        asked.left();
    };
    view! {
        <div class="field-row">
            <input class="field" id=asked.id_of("answer") type=kind.input_type() prop:value=move || kind.shown(&asked.value())
                aria-invalid=move || asked.is_invalid().then_some("true") aria-describedby=asked.described_by()
                on:input=move |event| {
                    asked.form.hush(asked.at);
                    take(&event_target_value(&event));
                }
                on:blur=move |_| {
                    if !asked.form.look(|session, _| session.value(asked.at).is_empty()) {
                        asked.left();
                    }
                } />
            <button type="button" class="button button--now" data-action="now" on:click=now>{words::filling().now()}</button>
        </div>
    }
}

/// `+08:00`
fn offset(moment: form::Moment) -> String {
    let minutes = moment.offset().whole_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_kept_with_its_offset_and_shown_without() {
        let now = form::Moment::from_unix_timestamp(1_795_400_000).unwrap();
        let now = now.to_offset(time::UtcOffset::from_hms(8, 0, 0).unwrap());
        let kept = Part::Both.kept(&Part::Both.of(now), &offset(now));
        assert_eq!(kept, "2026-11-23T10:13:00.000+08:00");
        assert_eq!(Part::Both.shown(&kept), "2026-11-23T10:13");
        assert_eq!(Part::Date.shown(""), "");
    }
}
