//! Signing in by a provider's word: OpenID Connect Core 1.0, the authorization code flow with PKCE
//! (RFC 7636), what comes back bound to the browser that went.
//!
//! # Invariants
//! * Nobody gets an account by coming: whose it is stands in a table that an administrator keeps.
//! * What comes back is taken once, within ten minutes, from the browser that it went off from.
//! * The word is believed only when signed by the provider's published keys, for this township, for this
//!   very sign-in, and now.
//! * The township's own second factor is asked for as ever, unless the settings say which words of the
//!   provider's mean that it has asked for one.
//! * No token of the provider's is kept, and none is in a log or on a page.

mod enter;
mod link;
mod settings;
mod talk;

use tokio::sync::Mutex;

use crate::outgoing::{self, Https};

pub(super) use enter::{BACK, back, code, go};
pub use link::{LinkedAccount, NotLinked};
pub(super) use link::{link, mark, unlink};
pub use settings::{NotSettings, ProviderSettings};
use talk::Known;

/// The provider that a township's people sign in by.
pub(crate) struct Provider {
    settings: ProviderSettings,
    /// Where it sends them back to.
    back: String,
    http: Https,
    /// What it said of itself last.
    known: Mutex<Option<Known>>,
}

impl Provider {
    /// The provider of these settings, which sends people back to `origin`; or what is wrong.
    pub(crate) fn new(settings: ProviderSettings, origin: Option<&str>) -> Result<Self, String> {
        let origin = origin.ok_or("no --origin")?.trim_end_matches('/');
        let http = outgoing::client(None).map_err(|error| error.to_string())?;
        let back = format!("{origin}/console{BACK}");
        Ok(Self { settings, back, http, known: Mutex::default() })
    }

    /// What it is called on the button.
    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// Whose names for people are meant.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }
}
