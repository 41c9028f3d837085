//! Long lists in pieces: the browser lays out and draws only those near the screen
//! (`content-visibility`), so that a list of a thousand moves as smoothly as one of ten.

use std::hash::Hash;

use leptos::prelude::*;

/// So many rows are one piece: about two screens of a phone. Fewer make more pieces to watch, more
/// take longer when they come near.
const ROWS: usize = 16;
/// A list of no more pieces is laid out as a whole: what is drawn late moves what stands below it.
const FEW: usize = 2;

/// The rows of a list that changes.
pub(crate) fn pieces<T>(
    rows: Memo<Vec<T>>,
    row: impl Fn(T) -> AnyView + Copy + Send + 'static,
) -> AnyView
where
    T: Clone + Eq + Hash + Send + Sync + 'static,
{
    let count = Memo::new(move |_| rows.with(Vec::len).div_ceil(ROWS));
    let one = move |place: usize| {
        let own = Memo::new(move |_| {
            let from = |rows: &Vec<T>| rows.iter().skip(place * ROWS).take(ROWS).cloned().collect();
            rows.with(|rows| -> Vec<T> { from(rows) })
        });
        let count = Signal::derive(move || own.with(Vec::len));
        let is_apart = Signal::derive(move || rows.with(Vec::len) > FEW * ROWS);
        let rows = view! { <For each=move || own.get() key=T::clone children=row /> };
        piece(count, is_apart, rows.into_any())
    };
    view! { <For each=move || 0..count.get() key=|place| *place children=one /> }.into_any()
}

/// The rows of a list that stays as it is.
pub(crate) fn in_pieces(mut rows: Vec<AnyView>) -> Vec<AnyView> {
    let is_apart = rows.len() > FEW * ROWS;
    let mut pieces = Vec::new();
    while !rows.is_empty() {
        let own: Vec<_> = rows.drain(..rows.len().min(ROWS)).collect();
        pieces.push(piece(own.len().into(), is_apart.into(), own.into_any()));
    }
    pieces
}

fn piece(count: Signal<usize>, is_apart: Signal<bool>, rows: AnyView) -> AnyView {
    view! { <div class="piece" class:piece--apart=move || is_apart.get() style=("--rows", move || count.get().to_string())>{rows}</div> }
        .into_any()
}
