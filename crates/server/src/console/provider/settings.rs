//! The file that says by whom people sign in.

use openidconnect::url::{Host, Url};
use serde::Deserialize;

/// By whom people sign in. It holds a secret: its file is for the server alone to read.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Where the provider says everything about itself: `https://sso.example.cn`.
    pub issuer: String,
    /// What the township is called there.
    pub client_id: String,
    /// What it proves itself with.
    pub client_secret: String,
    /// Which claim names a person: one that nobody can set for themselves, and that never becomes
    /// another's. `sub`, where nothing is said.
    #[serde(default = "sub")]
    pub claim: String,
    /// What it is called on the button: 县统一认证.
    pub name: String,
    /// Which words in `amr` or `acr` mean that it has asked for a second factor; where none does, the
    /// township asks for its own as ever.
    #[serde(default)]
    pub second: Vec<String>,
    /// What is asked for beside `openid`, where a claim needs it.
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// Why a file does not say it.
#[derive(Debug, thiserror::Error)]
pub enum NotSettings {
    /// It is not TOML, or lacks something. What stands there is not told: a secret may.
    #[error("统一认证的设置读不懂：{0}。要有 issuer、client_id、client_secret、name")]
    Unreadable(String),
    /// Anybody on the way could say who somebody is.
    #[error("issuer 要用 https:// 开头的地址")]
    Open,
    /// Something that must be said is empty.
    #[error("统一认证的设置里，{0} 是空的")]
    Empty(&'static str),
}

fn sub() -> String {
    "sub".to_owned()
}

impl ProviderSettings {
    /// Reads them from the TOML of a file.
    ///
    /// # Errors
    /// See [`NotSettings`].
    pub fn read(text: &str) -> Result<Self, NotSettings> {
        let read: Self = toml::from_str(text)
            .map_err(|error| NotSettings::Unreadable(error.message().to_owned()))?;
        let must = [
            ("client_id", &read.client_id),
            ("client_secret", &read.client_secret),
            ("claim", &read.claim),
            ("name", &read.name),
        ];
        if let Some((name, _)) = must.into_iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(NotSettings::Empty(name));
        }
        match Url::parse(&read.issuer).is_ok_and(|issuer| is_safe(&issuer)) {
            true => Ok(read),
            false => Err(NotSettings::Open),
        }
    }
}

/// Whether what is asked there reaches nobody else: TLS, or the same machine.
pub(super) fn is_safe(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}
