//! The engines, and what was found out about each.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// What shows the app. See `tests/README.md` for what each can and cannot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Today's Chromium, from Debian, without its windows, which cost half of what a test costs.
    Chromium,
    /// The same with its windows: it calls service workers of its own accord, refuses what it was told
    /// to, and is what figures are taken with.
    WholeChromium,
    /// Chromium 102: close to the oldest that the app promises to work on.
    Chromium102,
    /// Firefox ESR, from Debian.
    Firefox,
    /// Safari's engine: WebKitGTK, from Debian.
    WebKit,
}

impl Engine {
    /// Whether it is one of the Chromiums.
    pub fn is_chromium(self) -> bool {
        matches!(self, Self::Chromium | Self::WholeChromium | Self::Chromium102)
    }

    /// Whether its browser, as it is started here, hears anything: `WebKitGTK` looks for a real
    /// microphone, the others are given one.
    pub fn has_microphone(self) -> bool {
        self != Self::WebKit
    }
}

/// What the browser is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// 360 x 780 points.
    Phone,
    /// 1366 x 768 points.
    Desk,
}

impl Window {
    /// Width and height.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (360, 780),
            Self::Desk => (1366, 768),
        }
    }
}

/// A path that `cargo xtask test` hands over.
pub(crate) fn given(variable: &str) -> Result<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .with_context(|| format!("{variable} is not set: call `cargo xtask test e2e`"))
}
