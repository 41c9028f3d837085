//! What forms may ask of this phone: its clock and its randomness.

use form::expression::library::Library;
use form::{Answers, Moment, Surroundings};
use protocol::DeviceTime;
use time::{Duration, UtcOffset};

use crate::device::{clock, random};
use crate::later;

/// This phone.
pub(crate) struct ThisPhone;

impl Surroundings for ThisPhone {
    fn now(&self) -> Moment {
        moment(clock::now())
    }

    fn random(&self) -> [u8; 16] {
        random::bytes()
    }

    fn library(&self) -> Library {
        later::library()
    }
}

/// This phone, where something was filled in before on the same form.
pub(crate) struct AfterAnother {
    /// What was answered then.
    pub(crate) last: Answers,
}

impl Surroundings for AfterAnother {
    fn now(&self) -> Moment {
        ThisPhone.now()
    }

    fn random(&self) -> [u8; 16] {
        ThisPhone.random()
    }

    fn last_saved(&self, path: &str) -> Option<String> {
        self.last.value(path).map(str::to_owned)
    }

    fn library(&self) -> Library {
        ThisPhone.library()
    }
}

/// A time of the phone's clock, with its offset.
pub(crate) fn moment(time: DeviceTime) -> Moment {
    let offset = UtcOffset::from_whole_seconds(i32::from(time.offset_minutes) * 60);
    let utc = Moment::UNIX_EPOCH.saturating_add(Duration::milliseconds(time.unix_ms));
    utc.to_offset(offset.unwrap_or(UtcOffset::UTC))
}

/// The other way round.
pub(crate) fn device_time(moment: Moment) -> DeviceTime {
    DeviceTime {
        unix_ms: (moment.unix_timestamp_nanos() / 1_000_000) as i64,
        offset_minutes: moment.offset().whole_minutes(),
    }
}
