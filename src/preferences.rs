//! How this phone's people like the app: 长辈版, size of letters, light, language. On `<html>`, for
//! the style sheets, and in the browser's small store, from where `public/boot.js` puts it back
//! before the app is there. Nothing of it tells anything about a person.

use std::cell::Cell;

use leptos::prelude::*;

use crate::device::preferences::{chosen, remember};

/// A way the whole app can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As most want it.
    Usual,
    /// 长辈版: one question at a time, large, read aloud (工信部《移动互联网应用适老化通用设计规范》).
    Elder,
}

impl Mode {
    /// The present one.
    fn here() -> Self {
        if chosen("mode").as_deref() == Some("elder") { Self::Elder } else { Self::Usual }
    }

    fn remember(self) {
        remember("mode", (self == Self::Elder).then_some("elder"));
    }
}

/// What the screens follow of it; the style sheets follow `<html>` itself.
#[derive(Clone, Copy)]
pub(crate) struct Preferences {
    mode: RwSignal<Mode>,
}

thread_local! {
    // Not a context: what comes late, such as a code that the camera found, has none.
    static HERE: Cell<Option<Preferences>> = const { Cell::new(None) };
}

impl Preferences {
    /// Begins as chosen on this phone.
    pub(crate) fn begin() {
        HERE.set(Some(Self { mode: RwSignal::new(Mode::here()) }));
    }

    /// The present mode.
    pub(crate) fn mode(self) -> Mode {
        self.mode.get()
    }

    /// Whether questions are read aloud: in 长辈版, unless somebody chose otherwise.
    pub(crate) fn reads_aloud(self) -> bool {
        match chosen("aloud").as_deref() {
            Some(chosen) => chosen == "yes",
            None => self.mode() == Mode::Elder,
        }
    }

    /// Changes the mode, for good.
    pub(crate) fn choose_mode(self, mode: Mode) {
        mode.remember();
        self.mode.set(mode);
    }
}

/// The preferences of this phone.
///
/// # Panics
/// Before the app begins.
pub(crate) fn preferences() -> Preferences {
    HERE.get().expect("the app has begun")
}
