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
    /// Take a picture.
    Camera,
    /// A picture that is there.
    Picture,
    /// Speak.
    Microphone,
    /// Speak no more.
    Stop,
    /// A recording that is there.
    Sound,
    /// A place on the earth.
    Place,
    /// Away with it.
    Trash,
    /// Change it.
    Pencil,
    /// A document.
    Paper,
    /// Sealed.
    Seal,
    /// Read aloud.
    Speak,
    /// Somebody.
    Person,
    /// Closed.
    Lock,
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
            Self::Camera => {
                "M4 8.5h3.5L9 6h6l1.5 2.5H20V19H4zM12 10.3a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z"
            }
            Self::Picture => {
                "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 7.7a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z"
            }
            Self::Microphone => {
                "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5"
            }
            Self::Stop => "M7.5 7.5h9v9h-9z",
            Self::Sound => "M5 10v4M9 7v10M13 4.5v15M17 8v8M21 10.5v3",
            Self::Place => {
                "M12 20.5s6.5-5.7 6.5-10.5a6.5 6.5 0 0 0-13 0c0 4.8 6.5 10.5 6.5 10.5zM12 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z"
            }
            Self::Trash => "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5",
            Self::Pencil => "M5 19h3.5L19 8.5 15.5 5 5 15.5zM13 7.5l3.5 3.5",
            Self::Paper => "M6 3.5h8.5L18.5 8v12.5H6zM9 12h6.5M9 16h6.5M14 4v4.5h4",
            Self::Seal => "M4 6h16v12.5H4zM4.5 6.5 12 13l7.5-6.5",
            Self::Speak => {
                "M4.5 9.5v5h3.5l5 4v-13l-5 4zM16 9.2a4 4 0 0 1 0 5.6M18.3 6.8a7.3 7.3 0 0 1 0 10.4"
            }
            Self::Person => {
                "M12 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM5 19.5c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5"
            }
            Self::Lock => "M6 10.5h12v9H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14v2.5",
            Self::Undo => "M9 6 4.5 10.5 9 15M4.5 10.5H14a5 5 0 0 1 0 10h-3",
        }
    }

    /// The icon.
    pub(crate) fn drawn(self) -> AnyView {
        let class = match self {
            // Where one writes from right to left, back is the other way.
            Self::Undo => "icon icon--turns",
            Self::Stop => "icon icon--full",
            _ => "icon",
        };
        view! {
            <svg class=class viewBox="0 0 24 24" aria-hidden="true"><path d=self.path() /></svg>
        }
        .into_any()
    }
}
