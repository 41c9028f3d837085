//! `gateways.toml`: where things leave to, and the secrets that are shared with whoever is there. A file of
//! the server and not of the pack, which is public.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::http::Uri;
use serde::Deserialize;

use super::http::{Answer, HttpSender, Letter, NoRoots, Sender};
use super::key::Kind;
use crate::cases::Phase;
use crate::storage::Eventually;

/// The file in the data folder.
pub(crate) const FILE: &str = "gateways.toml";
/// What a text of an SMS and its phone stand for in the body that a gateway is sent.
const USUAL_SMS: &str = r#"{"phone":"{phone}","text":"{text}"}"#;
/// The fewest characters of a secret: 128 bits in hexadecimal are 32, and 16 are what people still type.
const LEAST_SECRET: usize = 16;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum NotGateways {
    /// It cannot be read.
    #[error("{0} 打不开：{1}")]
    File(PathBuf, std::io::Error),
    /// Others on the machine may read it.
    #[error("{0} 里有密钥，别人也能读。改法：chmod 600 {0}")]
    Open(PathBuf),
    /// It is no TOML, or has what is not known.
    #[error("{0} 读不懂：{1}")]
    Unreadable(PathBuf, String),
    /// Something in it cannot be.
    #[error("{0}：{1}")]
    Fault(PathBuf, String),
    /// The certificates that it names cannot be read.
    #[error(transparent)]
    Roots(#[from] NoRoots),
}

/// Where nothing is named, nothing is sent.
struct Nobody;

impl Sender for Nobody {
    fn send<'a>(&'a self, _: &'a Letter) -> Eventually<'a, Answer> {
        Box::pin(async { Answer::Unreachable })
    }
}

/// A secret that is shared with another system.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Where things leave to.
#[derive(Debug)]
pub(crate) struct Gateways {
    pub(super) sms: Option<Sms>,
    pub(super) webhooks: Vec<Webhook>,
    pub(super) departments: Vec<Department>,
    /// For how long something is tried.
    pub(super) give_up: Duration,
    /// Certificates that are trusted beside the machine's.
    roots: Option<PathBuf>,
}

impl Default for Gateways {
    fn default() -> Self {
        let give_up = DAY * usual_days();
        Self { sms: None, webhooks: Vec::new(), departments: Vec::new(), give_up, roots: None }
    }
}

/// What takes messages to phones.
#[derive(Debug)]
pub(super) enum Sms {
    /// A gateway that is asked by HTTP.
    Http(SmsGateway),
    /// The console's page and the log: a demonstration.
    Screen,
}

/// A gateway for SMS.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmsGateway {
    pub(super) url: String,
    pub(super) secret: Secret,
    /// What it is sent: JSON in which `{phone}` and `{text}` stand inside of strings.
    #[serde(default = "usual_sms")]
    body: String,
}

/// A program that is told what cases come to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) secret: Secret,
    /// Phases that it is told of; every end that the township makes, where none are named.
    #[serde(default)]
    events: Vec<String>,
}

/// A department of the county.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    pub(super) name: String,
    pub(super) url: String,
    pub(crate) secret: Secret,
    /// What names it in requests; it is ASCII, as headers are.
    pub(super) id: String,
    /// Items whose cases go there.
    pub(super) items: Vec<String>,
    /// Stages of their workflows that it answers; every one that goes to the county, where none are named.
    #[serde(default)]
    stages: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "usual_days")]
    give_up_days: u32,
    ca: Option<PathBuf>,
    sms: Option<SmsGateway>,
    #[serde(default)]
    webhook: Vec<Webhook>,
    #[serde(default)]
    county: Vec<Department>,
}

fn usual_days() -> u32 {
    7
}

fn usual_sms() -> String {
    USUAL_SMS.to_owned()
}

impl Gateways {
    /// The file that `named` says, which must be there; else the one in the data folder, which need not.
    pub(crate) fn open(
        named: Option<&Path>,
        data: &Path,
        is_demonstration: bool,
    ) -> Result<Self, NotGateways> {
        let usual = data.join(FILE);
        let mut gateways = match named {
            Some(file) => Self::load(file)?,
            None if usual.exists() => Self::load(&usual)?,
            None => Self::default(),
        };
        if is_demonstration && gateways.sms.is_none() {
            gateways.sms = Some(Sms::Screen);
        }
        Ok(gateways)
    }

    fn load(file: &Path) -> Result<Self, NotGateways> {
        let unopened = |error| NotGateways::File(file.to_owned(), error);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(file).map_err(unopened)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(NotGateways::Open(file.to_owned()));
            }
        }
        let text = std::fs::read_to_string(file).map_err(unopened)?;
        let beside = file.parent().unwrap_or(Path::new("."));
        Self::read(&text, beside).map_err(|fault| match fault {
            Fault::Unreadable(what) => NotGateways::Unreadable(file.to_owned(), what),
            Fault::Wrong(what) => NotGateways::Fault(file.to_owned(), what),
        })
    }

    fn read(text: &str, beside: &Path) -> Result<Self, Fault> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            // Not the error itself: it shows the line, in which a secret may stand.
            Fault::Unreadable(format!("第 {line} 行：{}", error.message()))
        })?;
        written.check().map_err(Fault::Wrong)?;
        Ok(Self {
            sms: written.sms.map(Sms::Http),
            webhooks: written.webhook,
            departments: written.county,
            give_up: DAY * written.give_up_days,
            roots: written.ca.map(|ca| beside.join(ca)),
        })
    }

    /// What carries things there: HTTP.
    pub(crate) fn sender(&self) -> Result<Arc<dyn Sender>, NotGateways> {
        let is_anywhere = matches!(self.sms, Some(Sms::Http(_)))
            || !self.webhooks.is_empty()
            || !self.departments.is_empty();
        match is_anywhere {
            true => Ok(Arc::new(HttpSender::new(self.roots.as_deref())?)),
            // Whom a machine trusts takes a moment to read.
            false => Ok(Arc::new(Nobody)),
        }
    }

    /// All that it names: what it does not, another server may know.
    pub(super) fn destinations(&self) -> impl Iterator<Item = (Kind, &str)> {
        let sms = self.sms.iter().map(|_| (Kind::Sms, Kind::Sms.name()));
        let hooks = self.webhooks.iter().map(|hook| (Kind::Webhook, hook.name.as_str()));
        let departments = self.departments.iter().map(|one| (Kind::County, one.id.as_str()));
        sms.chain(hooks).chain(departments)
    }

    /// Whether messages are only shown: a demonstration.
    pub(crate) fn shows_messages(&self) -> bool {
        matches!(self.sms, Some(Sms::Screen))
    }

    /// Who answers a stage of an item's cases.
    pub(super) fn department_of(&self, item: &str, stage: &str) -> Option<&Department> {
        let has = |names: &[String], name: &str| names.iter().any(|one| one == name);
        self.departments.iter().find(|department| {
            has(&department.items, item)
                && (department.stages.is_empty() || has(&department.stages, stage))
        })
    }

    /// The department of this id.
    pub(crate) fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == id)
    }
}

enum Fault {
    Unreadable(String),
    Wrong(String),
}

impl SmsGateway {
    /// What it is sent.
    pub(super) fn body(&self, phone: &str, text: &str) -> String {
        // A text may hold what looks like a place: it is put in last, and once.
        let mut parts = self.body.split("{text}");
        let filled = |part: &str| part.replace("{phone}", &in_json(phone));
        let first = parts.next().map(filled).unwrap_or_default();
        parts.fold(first, |body, part| body + &in_json(text) + &filled(part))
    }
}

/// As it stands inside of a string of JSON.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

impl Webhook {
    /// Whether it is told that a case came to `phase`.
    pub(super) fn wants(&self, phase: Phase) -> bool {
        match self.events.is_empty() {
            true => phase.is_rated(),
            false => self.events.iter().any(|name| name == phase.name()),
        }
    }
}

impl Written {
    fn check(&self) -> Result<(), String> {
        if !(1..=365).contains(&self.give_up_days) {
            return Err("give_up_days 填 1 到 365".into());
        }
        let sms = self.sms.iter().map(|sms| ("[sms]".to_owned(), &sms.url, &sms.secret));
        let hook = |one: &Webhook| format!("[[webhook]] {}", one.name);
        let hooks = self.webhook.iter().map(|one| (hook(one), &one.url, &one.secret));
        let county = |one: &Department| format!("[[county]] {}", one.name);
        let counties = self.county.iter().map(|one| (county(one), &one.url, &one.secret));
        for (place, url, secret) in sms.chain(hooks).chain(counties) {
            address(url).map_err(|what| format!("{place} 的 url {what}"))?;
            if secret.0.len() < LEAST_SECRET {
                return Err(format!("{place} 的 secret 太短，至少 {LEAST_SECRET} 个字符"));
            }
        }
        if let Some(sms) = &self.sms {
            let body = sms.body("13900000000", "【镇】\"\\\n");
            if serde_json::from_str::<serde_json::Value>(&body).is_err()
                || !sms.body.contains("{phone}")
                || !sms.body.contains("{text}")
            {
                return Err(format!("[sms] 的 body 要是 JSON，号码和内容写 {USUAL_SMS} 这样"));
            }
        }
        for event in self.webhook.iter().flat_map(|one| &one.events) {
            if Phase::named(event).is_err() {
                let known = Phase::ALL.map(Phase::name).join("、");
                return Err(format!("events 里不认识 {event}，可用 {known}"));
            }
        }
        let names = self.webhook.iter().map(|one| &one.name);
        let ids = self.county.iter().map(|one| &one.id);
        once(names).and_then(|()| once(ids))?;
        match self.county.iter().find(|one| !is_id(&one.id)) {
            Some(one) => Err(format!("[[county]] 的 id {} 只用小写字母、数字和 -", one.id)),
            None => Ok(()),
        }
    }
}

fn once<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() || !seen.insert(name) {
            return Err(format!("名字“{name}”是空的，或者写了两次"));
        }
    }
    Ok(())
}

fn is_id(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && id.bytes().all(fits)
}

/// What leaves says whose it is: it goes over TLS, or not beyond this machine.
fn address(url: &str) -> Result<(), &'static str> {
    let uri: Uri = url.parse().map_err(|_| "不是网址")?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => Ok(()),
        (Some("http"), Some("localhost" | "127.0.0.1" | "[::1]")) => Ok(()),
        _ => Err("要用 https；本机上的转发程序可以用 http://127.0.0.1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match Gateways::read(text, Path::new("/data")) {
            Ok(_) => "none".into(),
            Err(Fault::Unreadable(what) | Fault::Wrong(what)) => what,
        }
    }

    const SMS: &str = "[sms]\nurl = \"https://sms.example/\"\nsecret = \"0123456789abcdef\"\n";

    #[test]
    fn what_is_wrong_is_told_without_the_secret() {
        assert_eq!(fault(SMS), "none");
        assert!(fault(&SMS.replace("https", "http")).contains("要用 https"));
        assert_eq!(fault(&SMS.replace("https://sms.example", "http://127.0.0.1:9")), "none");
        assert!(fault(&SMS.replace("89abcdef", "")).contains("太短"));
        assert!(fault(&format!("{SMS}body = \"phone={{phone}}&text={{text}}\"")).contains("JSON"));
        let unread = fault(&format!("{SMS}secrets = \"topsecret\""));
        assert!(unread.contains("第 4 行") && !unread.contains("topsecret"), "{unread}");
        let hook = "[[webhook]]\nname = \"a\"\nurl = \"https://a.example\"\n\
                    secret = \"0123456789abcdef\"\nevents = [\"over\"]";
        assert!(fault(hook).contains("不认识 over"));
        assert!(fault(&format!("{hook}\n{hook}").replace("over", "finished")).contains("两次"));
    }

    #[test]
    fn a_text_breaks_out_of_no_string() {
        let gateway = Gateways::read(SMS, Path::new("/data")).ok().and_then(|all| all.sms);
        let Some(Sms::Http(gateway)) = gateway else { panic!("there is one") };
        let text = "\",\"phone\":\"1\" {phone} \\ {text}\n";
        let body: serde_json::Value =
            serde_json::from_str(&gateway.body("13900000000", text)).unwrap();
        assert_eq!(body["text"], text);
        assert_eq!(body["phone"], "13900000000");
    }
}
