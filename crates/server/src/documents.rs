//! Documents: what people are told in writing of their cases, with a number, a seal and the township's
//! signature.
//!
//! # Invariants
//! * Of an event there is one document of each kind, however often and by however many it is asked for.
//! * Numbers of a year have no gaps: one is taken in the transaction that keeps its document.
//! * A document is the bytes that were kept; it is never drawn again.
//! * What the proof tells strangers is kept as they may read it, and nothing else is read for it.

mod called_for;
mod compose;
mod fonts;
mod issue;

pub(crate) use called_for::{Called, called_for};
pub(crate) use issue::{NotIssued, Wish, issue};

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use document::{Document, Fonts, NotDrawn, Pdf};

/// What issuing documents needs of a server.
pub(crate) struct Documents {
    /// The folder of the fonts.
    folder: PathBuf,
    /// Looked through when the first document is drawn: it takes some seconds.
    fonts: Mutex<Option<Arc<Fonts>>>,
    /// The address that browsers see, where somebody said.
    origin: Option<String>,
    /// Those who issue documents wait for each other: each draws its own under the number that comes next.
    turn: tokio::sync::Mutex<()>,
}

impl Documents {
    pub(crate) fn new(folder: PathBuf, origin: Option<String>) -> Self {
        let origin = origin.map(|origin| origin.trim_end_matches('/').to_owned());
        Self { folder, fonts: Mutex::default(), origin, turn: tokio::sync::Mutex::default() }
    }

    /// The address that browsers see; where nobody said, the one that whoever asks has come to.
    pub(crate) fn origin(&self, host: Option<&str>) -> Option<String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        let host = host.filter(|host| !host.is_empty() && host.chars().all(is_plain));
        self.origin.clone().or_else(|| host.map(|host| format!("http://{host}")))
    }

    /// Draws a document, which takes up to a second: for a thread that may be held up.
    fn draw(&self, document: &Document) -> Result<Pdf, NotIssued> {
        let mut ready = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        let fonts = match ready.take() {
            Some(fonts) => fonts,
            None => Arc::new(Fonts::of(fonts::files(&self.folder))),
        };
        if !fonts.has('中') {
            return Err(NotIssued::NoFonts);
        }
        let drawn = document.draw(&fonts);
        // Where a character is missing, somebody will put a font there: then it is looked for again.
        if !matches!(drawn, Err(NotDrawn::Missing(_))) {
            *ready = Some(fonts);
        }
        Ok(drawn?)
    }
}
