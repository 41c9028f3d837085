//! Answers to text questions that were spoken instead of typed: for who cannot write. The office
//! listens, and writes them down.
//!
//! The value is `spoken:` and the name of the recording, so that it stands where the text would, and
//! whoever does not know about it sees what it is. No constraint can judge what was said.

use crate::model::{Question, TextKind};

/// How such a value begins.
const BEGINS: &str = "spoken:";

/// The value for a recording with this name.
pub fn value(file: &str) -> String {
    [BEGINS, file].concat()
}

/// The name of the recording in the value of a question.
pub fn file<'v>(question: &Question, value: &'v str) -> Option<&'v str> {
    match question {
        Question::Text(TextKind::Line | TextKind::Lines) => file_in(value),
        _ => None,
    }
}

/// The name of the recording in a value, whatever it is the value of.
pub fn file_in(value: &str) -> Option<&str> {
    let name = value.strip_prefix(BEGINS)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}
