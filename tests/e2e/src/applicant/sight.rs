//! What an applicant sees of a form: the page with its questions.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;

/// Looks at the page; see there.
const LOOK: &str = include_str!("look.js");

/// A screen.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub(super) screen: String,
    /// Where it is.
    pub(super) page: String,
    /// The repeat and row (from 1) that the page asks about.
    pub(super) row: Option<(String, usize)>,
    pub(super) questions: Vec<Asked>,
    /// What is said to be wrong.
    pub(super) problems: Vec<String>,
}

/// A question that is asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) control: Control,
    pub(super) is_answered: bool,
    pub(super) is_optional: bool,
    /// Whether digits are typed.
    pub(super) is_numeric: bool,
    /// The names of the choices that are shown.
    pub(super) choices: Vec<String>,
    /// How many rows are listed.
    pub(super) rows: usize,
    /// Whether no row can be added.
    pub(super) is_full: bool,
}

/// What a question is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// A line or several, typed.
    Text,
    /// A date, a time.
    Moment,
    /// Choices on the page.
    Choices,
    /// Choices in a sheet that opens.
    List,
    /// Pictures and other files.
    Files,
    /// A sound.
    Sound,
    /// A name, written with the finger.
    Signature,
    /// Where one is.
    Place,
    /// The rows of a repeat.
    Rows,
    /// Nothing: it is only read.
    None,
}

impl Sight {
    pub(super) async fn look(browser: &Browser) -> Result<Self> {
        Self::read(&browser.until("a screen", LOOK, Value::Null).await?).context("a sight")
    }

    /// Waits until another page is there, or this one says that something is wrong.
    pub(super) async fn after(&self, browser: &Browser) -> Result<Self> {
        let script = format!(
            "const sight = await (async () => {{ {LOOK} }})();
            return sight !== null && (sight.page !== args || sight.problems.length > 0) && sight;"
        );
        let seen = browser.until("another page", &script, json!(self.page)).await?;
        Self::read(&seen).context("a sight")
    }

    fn read(seen: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts = |value: &Value| value.as_array()?.iter().map(text).collect::<Option<Vec<_>>>();
        let asked = |one: &Value| {
            Some(Asked {
                name: text(&one["name"])?,
                control: Control::read(one["control"].as_str()?),
                is_answered: one["answered"].as_bool()?,
                is_optional: one["optional"].as_bool()?,
                is_numeric: one["numeric"].as_bool()?,
                choices: texts(&one["choices"])?,
                rows: usize::try_from(one["rows"].as_u64()?).ok()?,
                is_full: one["full"].as_bool()?,
            })
        };
        let row = |row: &Value| Some((text(&row[0])?, usize::try_from(row[1].as_u64()?).ok()?));
        Some(Self {
            screen: text(&seen["screen"])?,
            page: text(&seen["page"])?,
            row: row(&seen["row"]),
            questions: seen["questions"].as_array()?.iter().map(asked).collect::<Option<_>>()?,
            problems: texts(&seen["problems"])?,
        })
    }
}

impl Control {
    fn read(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "moment" => Self::Moment,
            "choices" => Self::Choices,
            "list" => Self::List,
            "files" => Self::Files,
            "sound" => Self::Sound,
            "signature" => Self::Signature,
            "place" => Self::Place,
            "rows" => Self::Rows,
            _ => Self::None,
        }
    }
}
