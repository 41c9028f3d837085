//! What a correction changes, in lines to read.

use super::record::{Line, Part};
use crate::words;

/// A question whose answer is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// In which row of how many, and the question.
    pub(crate) label: String,
    /// The answer before; none where there was none.
    pub(crate) before: Option<String>,
    /// The answer now; none where there is none.
    pub(crate) after: Option<String>,
}

/// What is another in `after` than it was in `before`: by the words that people read, and by the very
/// pictures.
pub(crate) fn changes(before: &[Part], after: &[Part]) -> Vec<Changed> {
    let (before, after) = (lines(before), lines(after));
    let find = |all: &[(String, Line)], label: &str| {
        all.iter().find(|(own, _)| own == label).map(|(_, line)| line.clone())
    };
    let value = |line: &Option<Line>| line.as_ref().and_then(|line| line.value.clone());
    let kept = after.iter().map(|(label, now)| {
        let was = find(&before, label);
        let pictures = was.as_ref().map(|was| &was.pictures);
        let is_same = value(&was) == now.value
            && (pictures == Some(&now.pictures) || now.pictures.is_empty());
        (!is_same).then(|| Changed {
            label: label.clone(),
            before: value(&was),
            after: now.value.clone(),
        })
    });
    let gone = before.iter().filter(|(label, _)| find(&after, label).is_none());
    let gone = gone.filter(|(_, line)| line.value.is_some()).map(|(label, line)| {
        Some(Changed { label: label.clone(), before: line.value.clone(), after: None })
    });
    kept.chain(gone).flatten().collect()
}

fn lines(parts: &[Part]) -> Vec<(String, Line)> {
    let of_part = |part: &Part| {
        let row = part.title.row.map(|(row, rows)| words::rows().of(row, rows));
        let label = move |line: &Line| match &row {
            Some(row) => format!("{row} · {}", line.label),
            None => line.label.clone(),
        };
        let asked = part.lines.iter().filter(|line| !line.note);
        asked.map(|line| (label(line), line.clone())).collect::<Vec<_>>()
    };
    parts.iter().flat_map(of_part).collect()
}
