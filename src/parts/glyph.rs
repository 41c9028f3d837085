//! Icons of the second file: drawn where they stand, so that no first visit loads them.

use leptos::prelude::*;

/// An icon that only later controls show. It says nothing by itself: words stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// More.
    Plus,
    /// Less.
    Minus,
    /// Further up.
    Up,
    /// Further down.
    Down,
    /// A star, to be filled.
    Star,
    /// To be seen.
    Eye,
    /// A film.
    Film,
    /// Away with the last one.
    Undo,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Up => "m6 14.5 6-6 6 6",
            Self::Down => "m6 9.5 6 6 6-6",
            Self::Star => "m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
            Self::Eye => {
                "M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6zM12 9.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z"
            }
            Self::Film => "M4 6h11v12H4zM15 10.5 20 7.5v9l-5-3z",
            Self::Undo => "M9 6 4.5 10.5 9 15M4.5 10.5H14a5 5 0 0 1 0 10h-3",
        }
    }

    /// The icon.
    pub(crate) fn drawn(self) -> AnyView {
        // Where one writes from right to left, back is the other way.
        let class = if self == Self::Undo { "icon icon--turns" } else { "icon" };
        view! {
            <svg class=class viewBox="0 0 24 24" aria-hidden="true"><path d=self.path() /></svg>
        }
        .into_any()
    }
}
