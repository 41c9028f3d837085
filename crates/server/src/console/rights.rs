//! Who may see what. This is the one place that decides it, and what it does not grant is denied.
//!
//! Storage gives cases to people only through a [`Scope`], and only this module makes one.

use pack::Officer;
use protocol::Township;

/// The cases that somebody may see and work: those that an office has.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    township: Township,
    office: String,
}

impl Scope {
    /// What an officer's post reaches over: the cases of their own office. Rights follow the
    /// post, not the unit that employs them.
    pub(crate) fn of(township: &Township, officer: &Officer) -> Self {
        Self { township: township.clone(), office: officer.office.clone() }
    }

    /// In which township.
    pub(crate) fn township(&self) -> &Township {
        &self.township
    }

    /// Of which office.
    pub(crate) fn office(&self) -> &str {
        &self.office
    }
}
