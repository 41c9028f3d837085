//! An author's words with their styles, as elements of ours: nothing of a form becomes markup.

use leptos::prelude::*;

use crate::filling::{LineKind, Span, lines};

/// The words of `text`. They may stand in a label or a paragraph: there are no blocks among them.
pub(crate) fn rich(text: &str) -> AnyView {
    let line = |line: crate::filling::MarkedLine| {
        let class = match line.kind {
            LineKind::Plain => "line",
            LineKind::Heading => "line line--heading",
            LineKind::Item(_) => "line line--item",
        };
        let mark = match line.kind {
            LineKind::Item(None) => Some("• ".to_owned()),
            LineKind::Item(Some(number)) => Some(format!("{number}. ")),
            LineKind::Plain | LineKind::Heading => None,
        };
        let spans = line.spans.into_iter().map(span).collect_view();
        view! { <span class=class dir="auto">{mark}{spans}</span> }
    };
    lines(text).into_iter().map(line).collect_view().into_any()
}

fn span(span: Span) -> AnyView {
    let Span { words, is_bold, is_italic } = span;
    match (is_bold, is_italic) {
        (false, false) => words.into_any(),
        (true, false) => view! { <strong>{words}</strong> }.into_any(),
        (false, true) => view! { <em>{words}</em> }.into_any(),
        (true, true) => view! { <strong><em>{words}</em></strong> }.into_any(),
    }
}
