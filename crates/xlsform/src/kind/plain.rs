//! Types without a list, with the spellings that pyxform accepts (its
//! `question_type_dictionary.py`).

use form::model::Recording;

/// A type without a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    Note,
    Calculate,
    Hidden,
    /// When the form was begun.
    Start,
    /// When it was finished.
    End,
    /// The day on which it was begun.
    Today,
    /// What whoever runs the form knows.
    Property(&'static str),
    Recorded(Recording),
    Text,
    Integer,
    Decimal,
    Date,
    Time,
    DateTime,
    Range,
    Place,
    Trace,
    Shape,
    Barcode,
    Image,
    Audio,
    Video,
    File,
    Acknowledge,
    Osm,
    /// Makes a file known to expressions, and asks nothing.
    External(&'static str),
    /// A whole number from 0.
    UpTo(u32),
    /// Digits.
    PhoneNumber,
}

/// The types that are written with one word, for suggestions.
pub(super) const KNOWN: [&str; 46] = [
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "note",
    "calculate",
    "select_one",
    "select_multiple",
    "rank",
    "begin group",
    "end group",
    "begin repeat",
    "end repeat",
    "image",
    "audio",
    "video",
    "file",
    "geopoint",
    "geotrace",
    "geoshape",
    "range",
    "barcode",
    "acknowledge",
    "hidden",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "email",
    "audit",
    "select_one_from_file",
    "select_multiple_from_file",
    "select_one_external",
    "start-geopoint",
    "background-geopoint",
    "background-audio",
    "csv-external",
    "xml-external",
    "string",
    "photo",
    "trigger",
    "int",
];

/// The types that most forms use.
pub(super) const COMMON: &str = "text、integer、decimal、date、time、dateTime、select_one 选项表、select_multiple 选项表、\
                     geopoint、image、audio、file、note、calculate、acknowledge、begin group、begin repeat";

/// The type that is written so, in small letters and with blanks for underscores.
pub(super) fn find(folded: &str) -> Option<Plain> {
    // `q string`, `add text prompt` and `get device id` are what the oldest forms write.
    let bare = folded
        .strip_prefix("q ")
        .or_else(|| folded.strip_prefix("add ").and_then(|rest| rest.strip_suffix(" prompt")));
    let bare = bare.or_else(|| folded.strip_prefix("get ")).unwrap_or(folded);
    Some(match bare {
        "text" | "string" => Plain::Text,
        "integer" | "int" => Plain::Integer,
        "decimal" => Plain::Decimal,
        "date" => Plain::Date,
        "time" => Plain::Time,
        "datetime" | "date time" => Plain::DateTime,
        "note" => Plain::Note,
        "calculate" | "calculation" => Plain::Calculate,
        "hidden" => Plain::Hidden,
        "range" => Plain::Range,
        "geopoint" | "gps" | "location" => Plain::Place,
        "geotrace" => Plain::Trace,
        "geoshape" => Plain::Shape,
        "barcode" => Plain::Barcode,
        "image" | "photo" | "picture" => Plain::Image,
        "audio" => Plain::Audio,
        "video" => Plain::Video,
        "file" => Plain::File,
        "acknowledge" | "trigger" => Plain::Acknowledge,
        "start" | "start time" => Plain::Start,
        "end" | "end time" => Plain::End,
        "today" => Plain::Today,
        "audit" => Plain::Recorded(Recording::Audit),
        "start-geopoint" => Plain::Recorded(Recording::StartPlace),
        "background-geopoint" => Plain::Recorded(Recording::Place),
        "background-audio" => Plain::Recorded(Recording::Audio),
        "csv-external" => Plain::External(".csv"),
        "xml-external" => Plain::External(".xml"),
        "percentage" => Plain::UpTo(100),
        "number of days in last month" => Plain::UpTo(31),
        "number of days in last six months" => Plain::UpTo(183),
        "number of days in last year" => Plain::UpTo(365),
        "phone number" if folded == "get phone number" => Plain::Property("phonenumber"),
        "phone number" => Plain::PhoneNumber,
        _ if bare == "osm" || bare.starts_with("osm ") => Plain::Osm,
        _ => return property(bare).map(Plain::Property),
    })
}

fn property(bare: &str) -> Option<&'static str> {
    Some(match bare {
        "deviceid" | "device id" | "imei" => "deviceid",
        "phonenumber" => "phonenumber",
        "username" => "username",
        "email" => "email",
        "simserial" | "sim id" => "simserial",
        "subscriberid" | "subscriber id" => "subscriberid",
        "uri:deviceid" => "uri:deviceid",
        "uri:phonenumber" => "uri:phonenumber",
        "uri:username" => "uri:username",
        "uri:email" => "uri:email",
        "uri:simserial" => "uri:simserial",
        "uri:subscriberid" => "uri:subscriberid",
        _ => return None,
    })
}

impl Plain {
    /// Whether a person sees it, so that it must be said what it is.
    pub(crate) fn is_shown(self) -> bool {
        !matches!(
            self,
            Self::Calculate
                | Self::Hidden
                | Self::Start
                | Self::End
                | Self::Today
                | Self::Property(_)
                | Self::Recorded(_)
                | Self::External(_)
        )
    }

    /// Whether its values have hyphens that subtract nothing.
    pub(crate) fn has_hyphens(self) -> bool {
        matches!(self, Self::Date | Self::DateTime | Self::Place | Self::Trace | Self::Shape)
    }

    /// The parameters that it has.
    pub(crate) fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["rows"],
            Self::Image => &["max-pixels", "app", "crop", "min-kb", "max-kb"],
            Self::Audio | Self::Recorded(Recording::Audio) => &["quality"],
            Self::Range => {
                &["start", "end", "step", "tick_interval", "tick_labelset", "placeholder"]
            }
            Self::Place => &[
                "capture-accuracy",
                "warning-accuracy",
                "allow-mock-accuracy",
                "reference-geometry",
            ],
            Self::Trace | Self::Shape => {
                &["incremental", "allow-mock-accuracy", "reference-geometry"]
            }
            Self::Recorded(Recording::Audit) => &[
                "location-priority",
                "location-min-interval",
                "location-max-age",
                "track-changes",
                "track-changes-reasons",
                "identify-user",
            ],
            _ => &[],
        }
    }
}
