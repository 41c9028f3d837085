//! A part of what was asked and answered.

use leptos::prelude::*;

use super::Icon;
use crate::filling::{Line, Part};
use crate::questions::{Picture, rich};
use crate::words;

/// Shows `part`. Where `change` leads to a page, every line is a way to it.
pub(crate) fn record_part(
    part: Part,
    untitled: &str,
    change: Option<&dyn Fn(&Line) -> AnyView>,
) -> AnyView {
    let row = part.title.row.map(|(row, rows)| format!(" {}", words::rows().of(row, rows)));
    let title = part.title.section.unwrap_or_else(|| untitled.to_owned());
    // Between answers, the form says what follows from them.
    let runs = part.lines.chunk_by(|one, next| one.note == next.note).map(|run| match run {
        [note, ..] if note.note => {
            let notes = run.iter().map(|note| {
                view! { <p class="record__note">{rich(&note.label)}</p> }
            });
            notes.collect_view().into_any()
        }
        _ => {
            let lines = run.iter().cloned().map(|line| record_line(line, change));
            view! { <dl>{lines.collect_view()}</dl> }.into_any()
        }
    });
    view! {
        <section class="record">
            <h2 class="record__head">{title}{row}</h2>
            {runs.collect_view()}
        </section>
    }
    .into_any()
}

fn record_line(line: Line, change: Option<&dyn Fn(&Line) -> AnyView>) -> AnyView {
    let change = change.filter(|_| line.open).map(|change| change(&line));
    let Line { label, value, pictures, wrong, .. } = line;
    let is_empty = value.is_none();
    // Where nothing can be changed any more, the pictures themselves are with the township.
    let pictures = change.is_some().then(|| {
        let shown = pictures.into_iter().map(|name| view! { <Picture name /> });
        view! { <div class="record__pictures">{shown.collect_view()}</div> }
    });
    view! {
        <div class="record__line" class:record__line--missing=wrong class:record__line--empty=is_empty>
            <dt>{rich(&label)}</dt>
            <dd>
                {wrong.then(|| view! { <Icon name="alert" /> })}
                {value.unwrap_or_else(|| words::value().none().to_owned())}
                {pictures}
                {change}
            </dd>
        </div>
    }
    .into_any()
}
