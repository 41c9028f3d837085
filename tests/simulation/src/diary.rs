//! What happened, for whoever looks for the reason of a failure: `XST_DIARY=1` prints it.

use std::fmt::Debug;
use std::io::Write as _;

/// Prints what happens, where that is wanted.
pub(crate) struct Diary(bool);

impl Diary {
    pub(crate) fn kept_if_wanted() -> Self {
        Self(std::env::var_os("XST_DIARY").is_some())
    }

    pub(crate) fn tell(&self, at_ms: u64, what: &impl Debug) {
        if self.0 {
            // Whoever closed the pipe has seen enough.
            let _ = writeln!(std::io::stderr(), "{at_ms:>10} {what:?}");
        }
    }
}
