//! The `type` column.

use form::definition::DeclaredKind;
use form::model::{Bounds, Question, TextKind};

use crate::sheet::Row;

/// What a `type` says.
#[derive(Debug, PartialEq)]
pub(crate) enum Type {
    /// `begin group` and `begin repeat`
    Begin(Container),
    /// `end group` and `end repeat`
    End(Container),
    /// Anything else.
    One(DeclaredKind),
}

/// What can hold other rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Group,
    Repeat,
}

impl Container {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Repeat => "repeat",
        }
    }
}

/// Why a `type` says nothing.
pub(crate) struct UnknownType {
    pub(crate) what: String,
    pub(crate) remedy: String,
}

/// The types, for the remedy.
const KNOWN: &str = "可用的有：text、integer、decimal、date、time、dateTime、select_one 选项表、select_multiple 选项表、\
                     geopoint、image、audio、file、note、calculate、acknowledge、begin group、begin repeat";

/// Reads a row's `type`, with what other columns say about it.
pub(crate) fn read(written: &str, row: Row<'_>) -> Result<Type, UnknownType> {
    let mut words = written.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let rest: Vec<&str> = words.collect();
    let joined =
        std::iter::once(first.as_str()).chain(rest.iter().copied()).collect::<Vec<_>>().join("_");
    let select = |list: Option<&&str>, multiple| match list {
        Some(list) => Ok(Type::One(DeclaredKind::Select { list: (*list).to_owned(), multiple })),
        None => Err(UnknownType {
            what: format!("“{written}”没有写选项表"),
            remedy: format!("写成 {first} 选项表的名字"),
        }),
    };
    let question = |question| Ok(Type::One(DeclaredKind::Question(question)));
    match joined.to_lowercase().as_str() {
        "begin_group" => Ok(Type::Begin(Container::Group)),
        "begin_repeat" => Ok(Type::Begin(Container::Repeat)),
        "end_group" => Ok(Type::End(Container::Group)),
        "end_repeat" => Ok(Type::End(Container::Repeat)),
        "note" => Ok(Type::One(DeclaredKind::Note)),
        "calculate" | "calculation" => Ok(Type::One(DeclaredKind::Calculated)),
        "text" | "string" => question(Question::Text(text_kind(row))),
        "integer" | "int" => question(Question::Integer),
        "decimal" => question(Question::Decimal),
        "date" => question(Question::Date),
        "time" => question(Question::Time),
        "datetime" | "date_time" => question(Question::DateTime),
        "geopoint" | "gps" | "location" => question(Question::Place),
        "image" | "photo" | "picture" => question(Question::Image {
            files: Bounds {
                min: number(row, "min_files").unwrap_or(0),
                max: Some(number(row, "max_files").unwrap_or(1)),
            },
            max_pixels: parameter(row, "max-pixels"),
        }),
        "audio" => question(Question::Audio { max_seconds: number(row, "max_seconds") }),
        "file" => question(Question::File),
        "acknowledge" | "trigger" => question(Question::Acknowledge),
        _ if first == "select_one" => select(rest.first(), false),
        _ if first == "select_multiple" => select(rest.first(), true),
        _ => Err(UnknownType {
            what: format!("没有“{written}”这种 type"),
            remedy: KNOWN.to_owned(),
        }),
    }
}

/// What a repeat's columns say: `min_count`, `max_count`, `repeat_count`. Without `min_count` a
/// new form begins with one row, as ODK's do.
pub(crate) fn repeat(row: Row<'_>) -> DeclaredKind {
    let min = number(row, "min_count");
    DeclaredKind::Repeat {
        bounds: Bounds { min: min.unwrap_or(0), max: number(row, "max_count") },
        initial: min.unwrap_or(1),
        count: row.text("repeat_count").map(str::to_owned),
    }
}

fn text_kind(row: Row<'_>) -> TextKind {
    let appearance = row.text("appearance").unwrap_or_default();
    match appearance.split_whitespace().find(|word| matches!(*word, "multiline" | "numbers")) {
        Some("multiline") => TextKind::Lines,
        Some(_) => TextKind::Digits,
        None => TextKind::Line,
    }
}

fn number(row: Row<'_>, column: &str) -> Option<u32> {
    row.text(column)?.parse().ok()
}

/// A value of the `parameters` column: `max-pixels=1600 quality=low`.
fn parameter(row: Row<'_>, name: &str) -> Option<u32> {
    let pairs =
        row.text("parameters")?.split([' ', ',', ';']).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(own, _)| own.trim() == name).find_map(|(_, value)| value.trim().parse().ok())
}
